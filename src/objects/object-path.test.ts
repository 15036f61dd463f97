import { isAbsolute, normalize } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asidePath, metaPath, objectPath } from './object-path.ts';

/** Keys that are as hostile as can be: mostly of the characters that mean something to a path or to the escape. */
const segment = fc.oneof(
  fc.constantFrom('', '.', '..', '...', '%', '%2E', '%2e', '%_', '%~', '%tmp', '%meta', 'a', 'A', 'é', 'e\u0301'),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('.', '%', '2', 'E', '\0', '\\', ':', 'a', 'A', '~', '_'), maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('x', '录', 'Y'), minLength: 60, maxLength: 300 }),
);
const anyKey = fc
  .array(segment, { minLength: 1, maxLength: 6 })
  .map((segments) => segments.join('/'))
  .filter((key) => key !== '' && !key.startsWith('/'));

/** A key and another that differs little. */
const twoKeys = fc.oneof(
  fc.tuple(anyKey, anyKey),
  anyKey.map((key) => [key, key.toUpperCase()] as const),
  anyKey.map((key) => [key, key.normalize('NFD')] as const),
  anyKey.map((key) => [key, encodeURIComponent(key)] as const),
  fc.tuple(anyKey, fc.nat(30), fc.constantFrom('.', '%', 'a', '/')).map(([key, at, character]) => {
    const place = at % key.length;
    return [key, key.slice(0, place) + character + key.slice(place + 1)] as const;
  }),
);

const LINUX = { foldsCase: false };
const MACOS = { foldsCase: true };

describe('the path of a key', () => {
  test.each([
    ['talks/monday 1.wav', 'talks/monday 1.wav'],
    ['会议/录音.wav', '会议/录音.wav'],
    ['100%.wav', '100%25.wav'],
    ['a/../b', 'a/%2E%2E/b'],
    ['./..a', '%2E/..a'],
    ['folder/', 'folder/%_'],
    ['a\0b', 'a%00b'],
    ['Interview.WAV', 'Interview.WAV'],
  ])('%j is %j', (key, path) => {
    expect(objectPath(key, LINUX)).toBe(path);
  });

  test('where case is folded, capitals and all beyond ASCII are escaped', () => {
    expect(objectPath('Interview.WAV', MACOS)).toBe('%49nterview.%57%41%56');
    expect(objectPath('café', MACOS)).toBe('caf%C3%A9');
  });

  test('a segment longer than a file name may be becomes a hash', () => {
    expect(objectPath(`a/${'x'.repeat(300)}/b`, LINUX)).toMatch(/^a\/%~[0-9a-f]{64}\/b$/);
  });

  test.each([LINUX, MACOS])('stays inside of the folder, in names that every file system takes: %j', (traits) => {
    fc.assert(
      fc.property(anyKey, (key) => {
        const path = objectPath(key, traits) ?? asidePath(key);
        expect(isAbsolute(path)).toBe(false);
        expect(normalize(path)).toBe(path);
        expect(path).not.toContain('\0');
        for (const name of path.split('/')) {
          expect(['', '.', '..']).not.toContain(name);
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(240);
        }
        expect(path).not.toMatch(/^%(bucket\.json|tmp|meta)/);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([LINUX, MACOS])('is that of no other key, as the file system sees it: %j', (traits) => {
    const seen = (path: string | undefined) => (traits.foldsCase ? path?.normalize('NFC').toLowerCase() : path);
    fc.assert(
      fc.property(twoKeys, ([one, other]) => {
        fc.pre(one !== other);
        const path = seen(objectPath(one, traits));
        expect(path === undefined || path !== seen(objectPath(other, traits))).toBe(true);
        expect(asidePath(one)).not.toBe(asidePath(other));
        expect(metaPath(one)).not.toBe(metaPath(other));
      }),
      { numRuns: 3000 },
    );
  });
});
