import { describe, expect, test } from 'vitest';
import { evaluate } from './evaluate.ts';
import { ALLOW_ALL, ask, outcomeOf, policyOf } from './test-policies.ts';

const LIST = 'ice:ListSmartJobs';
const ALICE = 'acs:ram::1234567890123456:user/alice';
const DENY_ALL = { ...ALLOW_ALL, Effect: 'Deny' };

const asked = { action: LIST, resource: '*', context: {} };

function outcome(statement: Readonly<Record<string, unknown>>, action: string, resource = '*'): string {
  return outcomeOf(ask([{ ...ALLOW_ALL, ...statement }], action, resource));
}

describe('actions', () => {
  test.each([
    [{ Action: '*' }, LIST, 'Allowed'],
    [{ Action: 'ice:List*' }, LIST, 'Allowed'],
    [{ Action: 'ICE:listsmartjobs' }, LIST, 'Allowed'],
    [{ Action: ['ice:Get*', 'ice:ListSmartJob?'] }, LIST, 'Allowed'],
    [{ Action: 'ice:ListSmartJob' }, LIST, 'ImplicitDeny'],
    [{ Action: 'oss:*' }, LIST, 'ImplicitDeny'],
    [{ NotAction: 'ram:*' }, LIST, 'Allowed'],
    [{ NotAction: 'ram:*' }, 'RAM:CreateUser', 'ImplicitDeny'],
    [{ NotAction: ['ram:*', 'ice:*'] }, LIST, 'ImplicitDeny'],
    [{ Effect: 'Deny', NotAction: 'ice:*' }, 'ram:GetUser', 'ExplicitDeny'],
    [{ Effect: 'Deny', NotAction: 'ice:*' }, LIST, 'ImplicitDeny'],
  ])('%j: %s is %s', (change, action, expected) => {
    expect(outcomeOf(ask([{ Effect: 'Allow', Resource: '*', ...change }], action))).toBe(expected);
  });
});

describe('resources', () => {
  test('an operation that supports all resources only is granted by the star alone', () => {
    expect(outcome({ Resource: '*' }, LIST)).toBe('Allowed');
    expect(outcome({ Resource: ['acs:ice:*:*:job/abc', '*'] }, LIST)).toBe('Allowed');
    expect(outcome({ Resource: 'acs:ice:*:*:job/abc' }, LIST)).toBe('ImplicitDeny');
    expect(outcome({ Resource: 'acs:ice:*:*:*' }, LIST)).toBe('ImplicitDeny');
    expect(outcome({ Resource: 'acs:*:*:*:*' }, LIST)).toBe('ImplicitDeny');
  });

  test('a deny about ARNs has no effect on such an operation', () => {
    const deny = { Effect: 'Deny', Action: 'ice:*', Resource: 'acs:ice:*:*:*' };
    expect(outcomeOf(ask([ALLOW_ALL, deny], LIST))).toBe('Allowed');
    expect(outcomeOf(ask([ALLOW_ALL, { ...deny, Resource: '*' }], LIST))).toBe('ExplicitDeny');
  });

  test.each([
    ['*', 'Allowed'],
    [ALICE, 'Allowed'],
    ['acs:ram:*:*:user/*', 'Allowed'],
    ['acs:ram::1234567890123456:user/al?ce', 'Allowed'],
    ['acs:RAM::1234567890123456:USER/Alice', 'Allowed'],
    ['acs:*:*:*:*', 'Allowed'],
    ['acs:ram:*:*:role/*', 'ImplicitDeny'],
    ['acs:ram::6543210987654321:user/alice', 'ImplicitDeny'],
    ['acs:ram:cn-shanghai:*:user/alice', 'ImplicitDeny'],
    ['acs:ram*:*:*:alice', 'ImplicitDeny'],
    ['acs:r*:user/alice:*:*', 'ImplicitDeny'],
  ])('%s for the ARN of a user', (Resource, expected) => {
    expect(outcome({ Resource }, 'ram:GetUser', ALICE)).toBe(expected);
  });

  test('colons in the relative id belong to it', () => {
    expect(outcome({ Resource: 'acs:log:*:*:a:b*' }, 'log:Get', 'acs:log:cn:1:a:b:c')).toBe('Allowed');
    expect(outcome({ Resource: 'acs:log:*:*:a' }, 'log:Get', 'acs:log:cn:1:a:b')).toBe('ImplicitDeny');
  });
});

describe('the verdict', () => {
  const allow = policyOf('lister', { Effect: 'Allow', Action: 'oss:*', Resource: '*' }, ALLOW_ALL);
  const deny = policyOf('fence', { Effect: 'Deny', Action: 'ice:Delete*', Resource: '*' }, DENY_ALL);
  const silent = policyOf('other', { Effect: 'Allow', Action: 'oss:*', Resource: '*' });

  test('is an implicit deny where nothing allows', () => {
    const expected = { kind: 'denied', type: 'ImplicitDeny', policyType: 'AccountLevelIdentityBasedPolicy' };
    expect(evaluate({ identity: [] }, asked)).toEqual(expected);
    expect(evaluate({ identity: [silent] }, asked)).toEqual(expected);
  });

  test('names the policy and the statement that allow', () => {
    const by = { policyName: 'lister', statement: 1 };
    expect(evaluate({ identity: [silent, allow] }, asked)).toEqual({ kind: 'allowed', by });
  });

  test('is the explicit deny wherever it stands, and names it', () => {
    const expected = {
      kind: 'denied',
      type: 'ExplicitDeny',
      policyType: 'AccountLevelIdentityBasedPolicy',
      by: { policyName: 'fence', statement: 1 },
    };
    expect(evaluate({ identity: [allow, deny] }, asked)).toEqual(expected);
    expect(evaluate({ identity: [deny, allow] }, asked)).toEqual(expected);
  });

  test('needs the session policy too, which cuts down and never grants', () => {
    const all = policyOf('all', ALLOW_ALL);
    const lists = policyOf('session', { Effect: 'Allow', Action: 'ice:List*', Resource: '*' });
    expect(evaluate({ identity: [all], session: lists }, asked)).toEqual({
      kind: 'allowed',
      by: { policyName: 'all', statement: 0 },
    });
    expect(evaluate({ identity: [all], session: lists }, { ...asked, action: 'ice:SubmitASRJob' })).toEqual({
      kind: 'denied',
      type: 'ImplicitDeny',
      policyType: 'SessionPolicy',
    });
    expect(evaluate({ identity: [], session: lists }, asked)).toEqual({
      kind: 'denied',
      type: 'ImplicitDeny',
      policyType: 'AccountLevelIdentityBasedPolicy',
    });
  });

  test('ends at the session policy where that denies', () => {
    const session = policyOf('session', ALLOW_ALL, DENY_ALL);
    const verdict = evaluate({ identity: [deny], session }, asked);
    const by = { policyName: 'session', statement: 1 };
    expect(verdict).toEqual({ kind: 'denied', type: 'ExplicitDeny', policyType: 'SessionPolicy', by });
  });
});
