import { expect, test } from 'vitest';
import { promptOf } from './hotword-prompt.ts';

test('no words are no prompt', () => {
  expect(promptOf([])).toBe('');
});

test('words stand in a list, the heaviest last, equal ones with the first last', () => {
  const words = [
    { text: 'Norland Park', weight: 2 },
    { text: 'Dashwood', weight: 5 },
    { text: '达什伍德', weight: 2 },
  ];
  expect(promptOf(words)).toBe('达什伍德, Norland Park, Dashwood.');
});

test.each(['Dashwood', '达什伍德'])(
  'of three hundred words like %s the heaviest have room, and no more',
  (text) => {
    const words = Array.from({ length: 300 }, (_, index) => ({
      text: `${text} ${index}`,
      weight: index === 299 ? 5 : 1,
    }));
    const prompt = promptOf(words);
    expect(prompt.endsWith(`${text} 299.`)).toBe(true);
    expect(prompt).toContain(`${text} 0,`);
    // 224 tokens are some 700 letters of English, and 150 characters of Chinese at least.
    expect(prompt.length).toBeLessThan(700);
    expect(prompt.length).toBeGreaterThan(120);
  },
);
