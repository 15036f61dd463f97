import { expect, test } from 'vitest';
import { quoted, shortened } from './shortened.ts';

test('a text is cut between characters, and says so', () => {
  expect(shortened('abc', 3)).toBe('abc');
  expect(shortened('abcd', 3)).toBe('ab…');
  expect(shortened('😀😀😀', 3)).toBe('😀😀😀');
  expect(shortened('😀😀😀😀', 3)).toBe('😀😀…');
  expect(quoted('x'.repeat(5_000_000))).toHaveLength(102);
});
