import { randomBytes, randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { AccountId } from './account.ts';
import { openPageToken, sealPageToken, type PageTokenScope } from './page-token.ts';
import { seededPick, StrangeTokens } from './strange-tokens.ts';

const TOKENS = 100_000;

const scope: PageTokenScope = {
  account: '1234567890123456' as AccountId,
  filter: { type: 'ASR', state: 'Finished' },
  order: 'Desc',
};

describe('strange tokens', () => {
  const seed = randomInt(2 ** 32);

  test(`are not opened, and nothing is thrown: ${TOKENS} of them, seed ${seed}`, () => {
    const key = randomBytes(32);
    const tokens = new StrangeTokens(key, scope, seededPick(seed));
    const seen = new Set<string>();
    const opened: string[] = [];
    for (let count = 0; count < TOKENS; count += 1) {
      const token = tokens.next();
      seen.add(token);
      if (openPageToken(key, scope, token) !== undefined) opened.push(token);
    }
    expect(opened).toEqual([]);
    expect(seen.size).toBeGreaterThan(TOKENS * 0.9);
    expect(openPageToken(key, scope, sealPageToken(key, scope, 7))).toBe(7);
  });
});
