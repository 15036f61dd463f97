import { expect, test } from 'vitest';
import { parseServerJson } from './server-json.ts';

test.each([
  ['{"a":1}', { a: 1 }],
  ['\uFEFF{"a":1}', { a: 1 }],
  ['\uFEFF{"a":NaN}', { a: null }],
  ['[NaN,-Infinity,Infinity,-1]', [null, null, null, -1]],
  [String.raw`{"say \"NaN\" ":"NaN, \\\\","b":NaN}`, { 'say "NaN" ': String.raw`NaN, \\`, b: null }],
])('%j is read', (text, json) => {
  expect(parseServerJson(text)).toEqual({ json });
});

test.each(['', '{', 'NaN of it', '{"a":nan}', '"a'])('%j is no JSON', (text) => {
  expect(parseServerJson(text)).toBeUndefined();
});

test('a text of 16 MiB is read, and one that never ends is not', () => {
  const long = 'a'.repeat(16 * 1024 * 1024);
  expect(parseServerJson(`{"a":NaN,"b":"${long}"}`)).toEqual({ json: { a: null, b: long } });
  expect(parseServerJson(`{"a":NaN,"b":"${long}`)).toBeUndefined();
});
