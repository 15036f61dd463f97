import { describe, expect, test } from 'vitest';
import { authorize } from './authorize.ts';
import type { Caller } from './caller.ts';
import type { EffectivePolicy } from './identities.ts';
import { StoredPolicies } from './policy-source.ts';
import { NO_POLICIES, TEST_KEY } from './test-requests.ts';

const { account } = TEST_KEY;
const ALICE: Caller = { kind: 'user', account, accessKeyId: 'k', userId: '200000000000000001', userName: 'alice' };
const SESSION: Caller = {
  kind: 'role-session',
  account,
  accessKeyId: 'STS.k',
  roleId: '300000000000000001',
  roleName: 'reader',
  sessionName: 'alice',
  sessionPolicy: '',
};

function policy(name: string, Effect: 'Allow' | 'Deny', Action: string): EffectivePolicy {
  const document = JSON.stringify({ Version: '1', Statement: [{ Effect, Action, Resource: '*' }] });
  return { type: 'Custom', name, document };
}

/** An account whose policies can be changed, and that counts how often it is read. */
class Account {
  policies: readonly EffectivePolicy[] = [];
  reads = 0;
  #generation = 0;
  readonly subjects: unknown[] = [];

  change(...policies: readonly EffectivePolicy[]): void {
    this.policies = policies;
    this.#generation += 1;
  }
  generation(): number {
    return this.#generation;
  }
  async policiesOf(_account: string, subject: unknown): Promise<readonly EffectivePolicy[]> {
    this.reads += 1;
    this.subjects.push(subject);
    return this.policies;
  }
}

const list = { action: 'ice:ListSmartJobs', resource: '*', context: {} };
const submit = { action: 'ice:SubmitASRJob', resource: '*', context: {} };

test('the account itself may do everything, without any policy', async () => {
  const root: Caller = { kind: 'root', account, accessKeyId: 'k' };
  expect(await authorize(root, submit, NO_POLICIES)).toEqual({ kind: 'allowed' });
});

describe('a user', () => {
  test('may do nothing without a policy, and what its policies allow', async () => {
    const store = new Account();
    const policies = new StoredPolicies(store);
    expect(await authorize(ALICE, list, policies)).toMatchObject({
      kind: 'denied',
      denial: { caller: ALICE, request: list, verdict: { type: 'ImplicitDeny' } },
    });
    store.change(policy('reading', 'Allow', 'ice:List*'));
    expect(await authorize(ALICE, list, policies)).toEqual({
      kind: 'allowed',
      by: { policyName: 'Custom/reading', statement: 0 },
    });
    expect(await authorize(ALICE, submit, policies)).toMatchObject({ kind: 'denied' });
    expect(store.subjects[0]).toEqual({ kind: 'user', id: ALICE.kind === 'user' ? ALICE.userId : '' });
  });

  test('is told which statement denies', async () => {
    const store = new Account();
    store.change(policy('all', 'Allow', '*'), policy('no-submits', 'Deny', 'ice:Submit*'));
    expect(await authorize(ALICE, submit, new StoredPolicies(store))).toMatchObject({
      denial: { verdict: { type: 'ExplicitDeny', by: { policyName: 'Custom/no-submits', statement: 0 } } },
    });
  });

  test('has its policies read once, and again after a change', async () => {
    const store = new Account();
    store.change(policy('reading', 'Allow', 'ice:List*'));
    const policies = new StoredPolicies(store);
    for (let n = 0; n < 3; n += 1) await authorize(ALICE, list, policies);
    expect(store.reads).toBe(1);
    store.change();
    expect(await authorize(ALICE, list, policies)).toMatchObject({ kind: 'denied' });
    expect(store.reads).toBe(2);
  });

  test('gets nothing from a stored policy that is not valid: the call fails', async () => {
    const store = new Account();
    store.change({ type: 'Custom', name: 'broken', document: '{' });
    await expect(authorize(ALICE, list, new StoredPolicies(store))).rejects.toThrow('Custom/broken');
  });
});

describe('a session of a role', () => {
  const cut = { ...SESSION, sessionPolicy: policy('', 'Allow', 'ice:List*').document };

  test('may do what the role may, and no more than its own policy allows besides', async () => {
    const store = new Account();
    store.change(policy('all', 'Allow', 'ice:*'));
    const policies = new StoredPolicies(store);
    expect(await authorize(SESSION, submit, policies)).toMatchObject({ kind: 'allowed' });
    expect(await authorize(cut, list, policies)).toMatchObject({ kind: 'allowed' });
    expect(await authorize(cut, submit, policies)).toMatchObject({
      denial: { verdict: { policyType: 'SessionPolicy', type: 'ImplicitDeny' } },
    });
    expect(store.subjects[0]).toEqual({ kind: 'role', id: '300000000000000001' });
  });

  test('gets nothing from its own policy that the role does not have', async () => {
    expect(await authorize(cut, list, new StoredPolicies(new Account()))).toMatchObject({
      denial: { verdict: { policyType: 'AccountLevelIdentityBasedPolicy' } },
    });
  });
});
