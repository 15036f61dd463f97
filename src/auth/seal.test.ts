import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { open, seal } from './seal.ts';

const key = createSecretKey(randomBytes(32));

describe('sealing', () => {
  test.each(['', 'secret', '测试 😀', 'x'.repeat(10_000)])('opens what was sealed', (secret) => {
    expect(open(key, 'context', seal(key, 'context', secret))).toBe(secret);
  });

  test('hides the secret, and equal secrets look different', () => {
    const sealed = seal(key, 'context', 'secret');
    expect(sealed).not.toContain(Buffer.from('secret').toString('base64url'));
    expect(sealed).not.toBe(seal(key, 'context', 'secret'));
  });

  test('opens under the same context and the same key only', () => {
    const sealed = seal(key, 'access-key/a', 'secret');
    expect(open(key, 'access-key/b', sealed)).toBeUndefined();
    expect(open(createSecretKey(randomBytes(32)), 'access-key/a', sealed)).toBeUndefined();
  });

  test('opens nothing of which a byte was changed, cut or added', () => {
    const sealed = seal(key, 'context', 'secret');
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const damaged = Buffer.from(bytes);
      damaged[index] = (damaged[index] ?? 0) ^ 1;
      expect(open(key, 'context', `v1.${damaged.toString('base64url')}`)).toBeUndefined();
      const cut = bytes.subarray(0, index).toString('base64url');
      expect(open(key, 'context', `v1.${cut}`)).toBeUndefined();
    }
    expect(open(key, 'context', `${sealed}AAAA`)).toBeUndefined();
    expect(open(key, 'context', sealed.slice(3))).toBeUndefined();
    expect(open(key, 'context', '')).toBeUndefined();
  });
});
