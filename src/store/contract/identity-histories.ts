import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IdentityStore } from '../../auth/identities.ts';
import type { IdentityOutcome } from '../../auth/identity-outcome.ts';
import type { AccountId } from '../../jobs/account.ts';
import { eachWithIdentities, LIST_ONLY, refusal, told, TRUST, type MakeIdentityHome } from './identity-fixture.ts';
import { IdentityModel, type HolderKind, type IdentityStep } from './identity-model.ts';

const KINDS: readonly HolderKind[] = ['user', 'group', 'role'];
/** Few, so that steps meet. */
const NAMES = ['one', 'two'];

const name = fc.constantFrom(...NAMES);
const policy = fc.oneof(
  fc.record({ type: fc.constant('Custom' as const), name }),
  fc.constant({ type: 'System', name: 'AliyunICEFullAccess' } as const),
);
const holder = fc.record({ kind: fc.constantFrom(...KINDS), name });
const what = fc.constantFrom(...KINDS, 'policy' as const);

const step: fc.Arbitrary<IdentityStep> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('create' as const), what, name }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), what, name }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('join', 'leave'), group: name, user: name }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('attach', 'detach'), policy, holder }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('create-key', 'delete-key'), user: name }) },
);

const MAKE: Record<HolderKind | 'policy', (store: IdentityStore, account: AccountId, name: string) => Outcome> = {
  user: (store, account, called) => store.users.create(account, { name: called }),
  group: (store, account, called) => store.groups.create(account, { name: called }),
  role: (store, account, called) => store.roles.create(account, { name: called, trustPolicy: TRUST }),
  policy: (store, account, called) => store.policies.create(account, { name: called, document: LIST_ONLY }),
};
const STORES = { user: 'users', group: 'groups', role: 'roles', policy: 'policies' } as const;

type Outcome = Promise<IdentityOutcome<unknown>>;

function take(store: IdentityStore, account: AccountId, taken: IdentityStep): Outcome {
  switch (taken.kind) {
    case 'create':
      return MAKE[taken.what](store, account, taken.name);
    case 'delete':
      return store[STORES[taken.what]].delete(account, taken.name);
    case 'join':
      return store.groups.addUser(account, taken.group, taken.user);
    case 'leave':
      return store.groups.removeUser(account, taken.group, taken.user);
    case 'attach':
      return store.policies.attach(account, taken.policy, taken.holder);
    case 'detach':
      return store.policies.detach(account, taken.policy, taken.holder);
    case 'create-key':
      return store.keys.create(account, taken.user);
    case 'delete-key':
      return deleteSomeKey(store, account, taken.user);
  }
}

async function deleteSomeKey({ keys }: IdentityStore, account: AccountId, user: string): Outcome {
  const listed = await keys.list(account, user);
  return keys.delete(account, user, (listed.kind === 'done' && listed.value[0]?.id) || 'none');
}

async function expectSamePolicies(store: IdentityStore, account: AccountId, model: IdentityModel): Promise<void> {
  for (const user of NAMES.filter((called) => model.things.has(`user ${called}`))) {
    const { id } = await told(store.users.get(account, user));
    const effective = await store.policiesOf(account, { kind: 'user', id });
    expect(effective.map((one) => `${one.type}/${one.name}`)).toEqual(model.policiesOfUser(user));
  }
}

export function identityHistorySuite(makeHome: MakeIdentityHome): void {
  describe('histories of identities', () => {
    const fixture = eachWithIdentities(makeHome);

    test('after any calls the store agrees with a plain model: outcomes, and what decides about whom', async () => {
      const { store } = fixture();
      // Each history has an account of its own: many of them share one store.
      let account = 2_000_000_000_000_000;
      const histories = fc.array(step, { minLength: 20, maxLength: 80, size: 'max' });
      const property = fc.asyncProperty(histories, async (steps) => {
        account += 1;
        const own = String(account) as AccountId;
        const model = new IdentityModel();
        for (const taken of steps) expect(await refusal(take(store, own, taken))).toBe(model.take(taken));
        await expectSamePolicies(store, own, model);
      });
      await expect(fc.assert(property, { numRuns: 15 })).resolves.toBeUndefined();
    }, 60_000);
  });
}
