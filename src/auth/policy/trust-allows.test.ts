import { describe, expect, test } from 'vitest';
import { parseTrustPolicy } from './parse-policy.ts';
import { documentOf, problemsOf, trustAllows, trustPolicyOf } from './test-policies.ts';
import { evaluateTrust } from './trust-allows.ts';

const ACCOUNT = '1234567890123456';
const OTHER = '6543210987654321';
const ALICE = `acs:ram::${ACCOUNT}:user/alice`;
const BOB = `acs:ram::${ACCOUNT}:user/bob`;
const SESSION = `acs:ram::${ACCOUNT}:role/editor/night`;

function trusts(ram: string | readonly string[], principalArn: string, account = ACCOUNT): boolean {
  const policy = trustPolicyOf({ Effect: 'Allow', Principal: { RAM: ram }, Action: 'sts:AssumeRole' });
  return trustAllows(policy, principalArn, account);
}

describe('a trust policy', () => {
  test('that names the root of an account stands for every identity of that account', () => {
    const root = `acs:ram::${ACCOUNT}:root`;
    expect([ALICE, BOB, SESSION].map((arn) => trusts(root, arn))).toEqual([true, true, true]);
    expect(trusts(root, `acs:ram::${OTHER}:user/alice`, OTHER)).toBe(false);
  });

  test('that names a user means that user only', () => {
    expect(trusts([ALICE], ALICE)).toBe(true);
    expect(trusts([ALICE], BOB)).toBe(false);
    expect(trusts([ALICE], `${ALICE}2`)).toBe(false);
    expect(trusts([ALICE], `acs:ram::${OTHER}:user/alice`, OTHER)).toBe(false);
  });

  test('that names a role means every session of that role, in both forms of its ARN', () => {
    const editor = `acs:ram::${ACCOUNT}:role/editor`;
    expect(trusts(editor, SESSION)).toBe(true);
    expect(trusts(editor, `acs:ram::${ACCOUNT}:assumed-role/editor/night`)).toBe(true);
    expect(trusts(editor, `acs:ram::${ACCOUNT}:role/editor2/night`)).toBe(false);
    expect(trusts(editor, `acs:ram::${ACCOUNT}:user/editor`)).toBe(false);
  });

  test('that names a service trusts no caller', () => {
    const policy = trustPolicyOf({
      Effect: 'Allow',
      Principal: { Service: ['ecs.aliyuncs.com'] },
      Action: 'sts:AssumeRole',
    });
    expect(trustAllows(policy, ALICE, ACCOUNT)).toBe(false);
  });

  test('that allows the account and denies one user says which statement decided', () => {
    const policy = trustPolicyOf(
      { Effect: 'Allow', Principal: { RAM: `acs:ram::${ACCOUNT}:root` }, Action: 'sts:*' },
      { Effect: 'Deny', Principal: { RAM: BOB }, Action: 'sts:AssumeRole' },
    );
    const asked = { account: ACCOUNT, context: {} };
    expect(evaluateTrust(policy, { ...asked, principalArn: ALICE })).toEqual({
      kind: 'allowed',
      by: { policyName: 'trust', statement: 0 },
    });
    expect(evaluateTrust(policy, { ...asked, principalArn: BOB })).toEqual({
      kind: 'denied',
      type: 'ExplicitDeny',
      policyType: 'AssumeRolePolicy',
      by: { policyName: 'trust', statement: 1 },
    });
    expect(
      evaluateTrust(policy, { account: OTHER, context: {}, principalArn: `acs:ram::${OTHER}:user/x` }),
    ).toEqual({
      kind: 'denied',
      type: 'ImplicitDeny',
      policyType: 'AssumeRolePolicy',
    });
  });

  test('counts only for the action that assumes roles, and under its conditions', () => {
    const Principal = { RAM: ALICE };
    const other = trustPolicyOf({ Effect: 'Allow', Principal, Action: 'sts:GetCallerIdentity' });
    expect(trustAllows(other, ALICE, ACCOUNT)).toBe(false);
    const secure = { Bool: { 'acs:SecureTransport': 'true' } };
    const conditional = trustPolicyOf({ Effect: 'Allow', Principal, Action: 'STS:assumeROLE', Condition: secure });
    expect(trustAllows(conditional, ALICE, ACCOUNT)).toBe(false);
    expect(trustAllows(conditional, ALICE, ACCOUNT, { 'acs:SecureTransport': 'true' })).toBe(true);
  });

  test.each([
    [{}, 'Statement[0].Principal', 'Principal is missing; in a trust policy it must be an object with "RAM"'],
    [{ Principal: '*' }, 'Statement[0].Principal', 'Principal is "*", but must be an object with "RAM"'],
    [{ Principal: {} }, 'Statement[0].Principal', 'Principal is an empty object, but must be an object with "RAM"'],
    [{ Principal: { RAM: '*' } }, 'Statement[0].Principal.RAM', 'it must be one of "acs:ram::<account>:root"'],
    [{ Principal: { RAM: [] } }, 'Statement[0].Principal.RAM', 'The list is empty'],
    [{ Principal: { RAM: [ALICE, `${ALICE}*`] } }, 'Statement[0].Principal.RAM[1]', 'without wildcards'],
    [
      { Principal: { RAM: 'acs:ram::123:root' } },
      'Statement[0].Principal.RAM',
      '"acs:ram::123:root" is no principal',
    ],
    [{ Principal: { Service: 'ecs' } }, 'Statement[0].Principal.Service', '"ecs" is no service'],
    [
      { Principal: { Federated: 'x' } },
      'Statement[0].Principal.Federated',
      'this server has no identity providers',
    ],
    [{ Principal: { AWS: 'x' } }, 'Statement[0].Principal.AWS', 'There is no kind of principal "AWS"'],
    [
      { Principal: { RAM: ALICE }, Resource: '*' },
      'Statement[0].Resource',
      'Resource does not belong in a trust policy',
    ],
  ])('%j is refused at %s', (change, path, message) => {
    const text = documentOf({ Effect: 'Allow', Action: 'sts:AssumeRole', ...change });
    const [problem] = problemsOf(parseTrustPolicy(text));
    expect(problem?.path).toBe(path);
    expect(problem?.message).toContain(message);
  });
});
