import { describe, expect, test } from 'vitest';
import { printable, printableJson } from './printable-text.ts';

describe('printable', () => {
  test.each([
    ['a\nb\r\tc', String.raw`a\nb\r\tc`],
    ['\u001b[2J\u0007', String.raw`\u001b[2J\u0007`],
    ['\u009b31m\u007f', String.raw`\u009b31m\u007f`],
    ['\u202etxt.exe\u2066', String.raw`\u202etxt.exe\u2066`],
    ['a\u2028b', String.raw`a\u2028b`],
    ['中文 🎤 é — plain', '中文 🎤 é — plain'],
  ])('makes %j safe for a terminal', (text, expected) => {
    expect(printable(text)).toBe(expected);
  });
});

describe('printableJson', () => {
  test('has no raw control characters, and means the same', () => {
    const value = { title: '\u009b31m\u007f\u202e\u001b\n', list: [1, 'é'] };
    const text = printableJson(value);
    expect(text).toContain(String.raw`"\u009b31m\u007f\u202e\u001b\n"`);
    expect(JSON.parse(text)).toEqual(value);
  });
});
