import { describe, expect, test } from 'vitest';
import { percentEncode, percentEncodeTwice } from './percent-encoding.ts';

describe('percent encoding', () => {
  test('leaves the unreserved characters as they are', () => {
    const unreserved = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~';
    expect(percentEncode(unreserved)).toBe(unreserved);
    expect(percentEncode('')).toBe('');
  });

  test('encodes every other ASCII character, in upper-case hex', () => {
    for (let code = 0; code < 128; code += 1) {
      const character = String.fromCharCode(code);
      if (/[A-Za-z0-9\-_.~]/.test(character)) continue;
      const hex = code.toString(16).toUpperCase().padStart(2, '0');
      expect(percentEncode(`a${character}`)).toBe(`a%${hex}`);
    }
  });

  test.each([
    ["!'()*", '%21%27%28%29%2A'],
    ['a b+c', 'a%20b%2Bc'],
    ['测试', '%E6%B5%8B%E8%AF%95'],
    ['é', '%C3%A9'],
    ['😀', '%F0%9F%98%80'],
  ])('encodes %s as %s', (text, encoded) => {
    expect(percentEncode(text)).toBe(encoded);
  });

  test('turns half a surrogate pair into the replacement character', () => {
    expect(percentEncode('a\uD800')).toBe('a%EF%BF%BD');
  });

  test.each(['plain', 'a b', '100%', "oss://b/a b*~.mp4 测试 (1)!'"])(
    'encoding %s twice is the encoder twice',
    (text) => {
      expect(percentEncodeTwice(text)).toBe(percentEncode(percentEncode(text)));
    },
  );
});
