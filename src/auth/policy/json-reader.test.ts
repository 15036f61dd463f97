import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson, type JsonValue } from './json-reader.ts';

function plain(value: JsonValue): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('reading JSON', () => {
  test('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 1, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const reading = readJson(text);
        expect(reading.kind === 'json' && plain(reading.value)).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  test('refuses every text that JSON.parse refuses, and equal names', () => {
    const marks = [...Array.from('{}[]",:\\tfn1.-e0 \n'), 'true', 'null', '"a"', '\\u00e9'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...marks), { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const reading = readJson(text);
        const hasEqualNames = reading.kind === 'malformed' && reading.message.includes('stands twice');
        expect(reading.kind === 'json' || hasEqualNames, text).toBe(isJson(text));
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    ['', 1, 1, 'A value is expected, but the text ends here.'],
    ['{"a": 1,}', 1, 9, 'A name in double quotes is expected, but "}" stands here.'],
    ['{\n  "a": [1 2]\n}', 2, 11, '"]" is expected, but "2" stands here.'],
    ['{\n  "a": 1\n', 3, 1, '"}" is expected, but the text ends here.'],
    ["{'a': 1}", 1, 2, 'A name in double quotes is expected, but "\'" stands here.'],
    ['{"a" 1}', 1, 6, '":" is expected, but "1" stands here.'],
    ['["open\n"]', 1, 2, 'This string does not end in its line.'],
    ['["\\x"]', 1, 2, 'This string holds an escape or a control character that JSON does not allow.'],
    ['{} {}', 1, 4, 'Nothing may follow the document, but "{" stands here.'],
    ['[😀]', 1, 2, 'A value is expected, but "😀" stands here.'],
    ['{"a": 1, "a": 2}', 1, 10, 'The name "a" stands twice in one object.'],
    ['{"a": 1, "\\u0061": 2}', 1, 10, 'The name "a" stands twice in one object.'],
  ])('tells the place of the mistake in %j', (text, line, column, message) => {
    expect(readJson(text)).toEqual({ kind: 'malformed', line, column, message });
  });

  test('gives no name a meaning', () => {
    const reading = readJson('{"__proto__": {"polluted": true}, "constructor": 1}');
    const value = reading.kind === 'json' ? reading.value : null;
    expect(value instanceof Map && [...value.keys()]).toEqual(['__proto__', 'constructor']);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('refuses nesting that would exhaust the stack', () => {
    const message = 'The document is nested more than 32 levels deep.';
    expect(readJson('['.repeat(100_000))).toEqual({ kind: 'malformed', line: 1, column: 34, message });
    expect(readJson('{"a":'.repeat(100_000))).toMatchObject({ kind: 'malformed', message });
  });
});
