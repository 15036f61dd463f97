import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealPageToken } from '../jobs/page-token.ts';
import { seededPick, StrangeTokens } from '../jobs/strange-tokens.ts';
import { openTestGateway, type TestGateway } from './test-gateway.ts';

const TOKENS = 2000;

let gateway: TestGateway;
beforeAll(() => {
  gateway = openTestGateway();
});
afterAll(() => gateway.close());

describe('NextToken', () => {
  const seed = randomInt(2 ** 32);

  test(`that is strange is one documented error, whatever is wrong with it: ${TOKENS} of them, seed ${seed}`, async () => {
    const scope = { account: gateway.account, filter: { type: 'ASR' }, order: 'Desc' } as const;
    const tokens = new StrangeTokens(gateway.pageTokenKey, scope, seededPick(seed));
    /** The first token of each answer. */
    const answers = new Map<string, string>();
    for (let count = 0; count < TOKENS; count += 1) {
      const NextToken = tokens.next();
      const { status, body } = await gateway.call('ListSmartJobs', { JobType: 'ASR', NextToken });
      const answer = `${status} ${String(body.Code)} ${String(body.Message)}`;
      if (!answers.has(answer)) answers.set(answer, NextToken);
    }
    expect([...answers]).toEqual([
      [expect.stringMatching(/^400 InvalidParameter 'NextToken' is invalid: /), expect.any(String)],
    ]);
    const NextToken = sealPageToken(gateway.pageTokenKey, scope, 7);
    expect(await gateway.call('ListSmartJobs', { JobType: 'ASR', NextToken })).toMatchObject({ status: 200 });
  });
});
