import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileWildcard, compileWildcards } from './wildcard.ts';

/** The definition, without any cleverness. */
function fits(pattern: readonly string[], text: readonly string[]): boolean {
  const [mark, ...rest] = pattern;
  if (mark === undefined) return text.length === 0;
  if (mark === '*') return text.some((_, index) => fits(rest, text.slice(index))) || fits(rest, []);
  return text.length > 0 && (mark === '?' || mark === text[0]) && fits(rest, text.slice(1));
}

describe('wildcards', () => {
  test.each([
    ['ice:List*', 'ice:ListSmartJobs', true],
    ['ice:List*', 'ice:List', true],
    ['ice:List*', 'ice:GetList', false],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['?', '', false],
    ['ice:???', 'ice:Get', true],
    ['ice:???', 'ice:Lists', false],
    ['a*a', 'a', false],
    ['ab*ba', 'aba', false],
    ['*b*d', 'abcd', true],
    ['*b*d', 'abcde', false],
    ['**a**', 'bab', true],
    ['a.c', 'abc', false],
    ['[a]+$', '[a]+$', true],
    ['?', '😀', true],
    ['??', '😀', false],
    ['*?b', '😀b', true],
  ])('%j for %j is %s', (pattern, text, expected) => {
    expect(compileWildcard(pattern)(text)).toBe(expected);
  });

  test('agree with the plain definition', () => {
    const letters = (marks: string[], maxLength: number) => fc.array(fc.constantFrom(...marks), { maxLength });
    fc.assert(
      fc.property(letters(['a', 'b', '😀', '*', '*', '?'], 9), letters(['a', 'b', '😀'], 9), (pattern, text) => {
        expect(compileWildcard(pattern.join(''))(text.join(''))).toBe(fits(pattern, text));
      }),
      { numRuns: 5000 },
    );
  });

  test('a list passes where one of its patterns does', () => {
    const fitsPattern = compileWildcards(['ice:ListSmartJobs', 'ice:Get*', 'oss:?et']);
    expect(['ice:ListSmartJobs', 'ice:GetX', 'oss:Put', 'oss:Get', 'ice:List'].map(fitsPattern)).toEqual([
      true,
      true,
      false,
      true,
      false,
    ]);
    expect(compileWildcards([])('')).toBe(false);
  });

  // A matcher that goes back to earlier stars does not end for the first of these; this one takes milliseconds.
  test.each([
    ['stars between letters', `${'*a'.repeat(3000)}*b*`, 'a'.repeat(100_000), false],
    ['stars between question marks', `${'*?'.repeat(3000)}b`, 'a'.repeat(100_000), false],
    ['stars between pairs', '*a?'.repeat(2000), 'ab'.repeat(50_000).concat('a'), false],
    ['a long piece that nearly fits everywhere', `*${'a'.repeat(3000)}b*`, 'a'.repeat(100_000), false],
  ])('hostile patterns stay linear: %s', (_, pattern, text, fitsHostile) => {
    const fitsPattern = compileWildcard(pattern);
    const start = performance.now();
    expect(fitsPattern(text)).toBe(fitsHostile);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
