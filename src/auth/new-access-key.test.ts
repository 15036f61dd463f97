import { expect, test } from 'vitest';
import { newAccessKey } from './new-access-key.ts';

test('new access keys have the shape of the cloud and are never alike', () => {
  const keys = Array.from({ length: 200 }, newAccessKey);
  for (const { id, secret } of keys) {
    expect(id).toMatch(/^LTAI[A-Za-z0-9]{20}$/);
    expect(secret).toMatch(/^[A-Za-z0-9]{30}$/);
  }
  expect(new Set(keys.map(({ id }) => id)).size).toBe(200);
  expect(new Set(keys.map(({ secret }) => secret)).size).toBe(200);
  // All 62 characters turn up among 6,000: the chance that one is missing is below 10^-40.
  expect(new Set(keys.map(({ secret }) => secret).join('')).size).toBe(62);
});
