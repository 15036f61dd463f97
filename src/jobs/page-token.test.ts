import { createCipheriv, randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccountId } from './account.ts';
import type { JobId } from './job-id.ts';
import { JOB_STATES } from './job-state.ts';
import { JOB_TYPES } from './job-type.ts';
import { openPageToken, sealPageToken, type PageTokenScope } from './page-token.ts';

const key = randomBytes(32);
const scope: PageTokenScope = {
  account: '1234567890123456' as AccountId,
  filter: { type: 'ASR', state: 'Finished' },
  order: 'Desc',
};

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

describe('page token', () => {
  test('opens to the sequence it was sealed with, for any filter and order', () => {
    const scopes = fc.record({
      account: fc.constantFrom('1234567890123456', '9007199254740991').map((id) => id as AccountId),
      filter: fc.record(
        {
          type: fc.constantFrom(...JOB_TYPES),
          state: fc.constantFrom(...JOB_STATES),
          createdFrom: fc.nat(),
          createdBefore: fc.nat(),
          titleContains: fc.string(),
          ids: fc.array(
            fc.constantFrom('a', 'b').map((id) => id.repeat(32) as JobId),
            { maxLength: 3 },
          ),
        },
        { requiredKeys: [] },
      ),
      order: fc.constantFrom('Asc' as const, 'Desc' as const),
    });
    fc.assert(
      fc.property(scopes, fc.maxSafeNat(), (any, sequence) => {
        expect(openPageToken(key, any, sealPageToken(key, any, sequence))).toBe(sequence);
      }),
    );
  });

  test('is 48 characters that need no escaping in a URL, and tells nothing about the position', () => {
    expect(sealPageToken(key, scope, 1)).toMatch(/^[A-Za-z0-9_-]{48}$/);
    expect(sealPageToken(key, scope, 1)).not.toBe(sealPageToken(key, scope, 1));
  });

  test('does not open with any one character changed', () => {
    const token = sealPageToken(key, scope, 7);
    for (let at = 0; at < token.length; at += 1) {
      for (const other of ALPHABET) {
        if (other === token[at]) continue;
        expect(openPageToken(key, scope, token.slice(0, at) + other + token.slice(at + 1))).toBeUndefined();
      }
    }
  });

  test('does not open cut, lengthened, respelled, or made up', () => {
    const token = sealPageToken(key, scope, 7);
    for (let length = 0; length < token.length; length += 1) {
      expect(openPageToken(key, scope, token.slice(0, length))).toBeUndefined();
    }
    for (const other of [
      `${token}A`,
      `${token}=`,
      ` ${token}`,
      `${token}\n`,
      `${token.slice(0, 47)}+`,
      '\u{1F600}',
    ]) {
      expect(openPageToken(key, scope, other)).toBeUndefined();
    }
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String({ minLength: 48, maxLength: 48 })), (text) => {
        expect(openPageToken(key, scope, text)).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });

  test.each<[string, PageTokenScope]>([
    ['another account', { ...scope, account: '1234567890123457' as AccountId }],
    ['another type', { ...scope, filter: { type: 'TextToSpeech', state: 'Finished' } }],
    ['another state', { ...scope, filter: { type: 'ASR', state: 'Failed' } }],
    ['no state', { ...scope, filter: { type: 'ASR' } }],
    ['no filter', { ...scope, filter: {} }],
    ['a first time', { ...scope, filter: { ...scope.filter, createdFrom: 1 } }],
    ['a last time', { ...scope, filter: { ...scope.filter, createdBefore: 1 } }],
    ['a part of a title', { ...scope, filter: { ...scope.filter, titleContains: 'x' } }],
    ['no ids at all', { ...scope, filter: { ...scope.filter, ids: [] } }],
    ['another order', { ...scope, order: 'Asc' }],
  ])('does not open for %s', (_, other) => {
    expect(openPageToken(key, other, sealPageToken(key, scope, 7))).toBeUndefined();
  });

  test('opens where an absent filter is written as undefined', () => {
    const token = sealPageToken(key, { ...scope, filter: {} }, 7);
    expect(openPageToken(key, { ...scope, filter: { type: undefined, state: undefined } }, token)).toBe(7);
  });

  test('does not open with the key of another server', () => {
    expect(openPageToken(randomBytes(32), scope, sealPageToken(key, scope, 7))).toBeUndefined();
  });

  test('does not open when a later version of the server sealed it', () => {
    const nonce = Buffer.alloc(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    cipher.setAAD(Buffer.from(JSON.stringify(['page-token', scope.account, 'ASR', 'Finished', 'Desc'])));
    const sealed = Buffer.concat([cipher.update(Buffer.from([2, 0, 0, 0, 0, 0, 0, 7])), cipher.final()]);
    const token = Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
    expect(openPageToken(key, scope, token)).toBeUndefined();
    expect(token).toHaveLength(48);
  });
});
