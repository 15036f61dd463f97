import { expect, test } from 'vitest';
import { BoundedText, LineReader } from './bounded-text.ts';

test('the end of a text is kept', () => {
  const kept = new BoundedText(4);
  for (const chunk of ['ab', 'cdef', 'ghijklmnop', 'q']) kept.add(chunk);
  expect(kept.text).toBe('nopq');
});

test('lines are put together over chunks', () => {
  const lines: string[] = [];
  const reader = new LineReader(10, (line) => lines.push(line));
  for (const chunk of ['a', 'b\nc', '\n\nd']) reader.add(chunk);
  reader.end();
  expect(lines).toEqual(['ab', 'c', '', 'd']);
});

test('a line over the limit is dropped, and the next one is not', () => {
  const lines: string[] = [];
  const reader = new LineReader(3, (line) => lines.push(line));
  for (const chunk of ['abcd', 'efgh', 'ij\nk\nlmnop\nq\n']) reader.add(chunk);
  reader.end();
  expect(lines).toEqual(['k', 'q']);
});
