import { createSecretKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseAccountId } from '../jobs/account.ts';
import type { Denial } from './authorize.ts';
import { decodeDiagnosis, encodeDiagnosis } from './diagnostic-message.ts';
import { TEST_KEY, TEST_TOKEN_KEY } from './test-requests.ts';

const { account } = TEST_KEY;
const by = { policyName: 'Custom/no-submits', statement: 2 };
const DENIAL: Denial = {
  caller: { kind: 'user', account, accessKeyId: 'LTAIkey', userId: '200000000000000001', userName: 'alice' },
  request: { action: 'ice:SubmitASRJob', resource: '*', context: { 'acs:SourceIp': '192.0.2.1' } },
  verdict: { kind: 'denied', type: 'ExplicitDeny', policyType: 'AccountLevelIdentityBasedPolicy', by },
};
const message = encodeDiagnosis(TEST_TOKEN_KEY, DENIAL);

test('a diagnosis is decoded for the account of the caller, with the statement that decided', () => {
  expect(message).toMatch(/^AQEAAAAA[\w.-]+$/);
  expect(decodeDiagnosis(TEST_TOKEN_KEY, account, message)).toEqual({
    principal: {
      AuthPrincipalOwnerId: account,
      AuthPrincipalType: 'SubUser',
      AuthPrincipalDisplayName: '200000000000000001',
    },
    action: 'ice:SubmitASRJob',
    resource: '*',
    context: { 'acs:SourceIp': '192.0.2.1' },
    type: 'ExplicitDeny',
    policyType: 'AccountLevelIdentityBasedPolicy',
    by,
  });
});

test('no other account, no other server, and no changed message has a meaning', () => {
  const other = parseAccountId('1084506228123457');
  expect(other && decodeDiagnosis(TEST_TOKEN_KEY, other, message)).toBeUndefined();
  expect(decodeDiagnosis(createSecretKey(Buffer.alloc(32, 1)), account, message)).toBeUndefined();
  for (const text of [message.slice(0, -4), message.slice(1), `AQEAAAAA`, '', 'nonsense']) {
    expect(decodeDiagnosis(TEST_TOKEN_KEY, account, text), text).toBeUndefined();
  }
});
