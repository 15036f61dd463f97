import { expect, test } from 'vitest';
import { detectorNews } from './detector-news.ts';

test('a line is news, half a line of a killed process is none', () => {
  const line = JSON.stringify({ from: 0.5, to: 1.25, sure: true });
  expect(detectorNews(line)).toEqual({ from: 0.5, to: 1.25, sure: true });
  for (let length = 0; length < line.length; length += 1) {
    expect(detectorNews(line.slice(0, length)), line.slice(0, length)).toBeUndefined();
  }
});
