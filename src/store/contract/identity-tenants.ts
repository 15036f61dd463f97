import { describe, expect, test } from 'vitest';
import type { IdentityStore } from '../../auth/identities.ts';
import type { IdentityOutcome } from '../../auth/identity-outcome.ts';
import type { AccountId } from '../../jobs/account.ts';
import {
  eachWithIdentities,
  FIRST_PAGE,
  LIST_ONLY,
  told,
  TRUST,
  type MakeIdentityHome,
} from './identity-fixture.ts';
import { ALICE, BOB, NOBODY } from './sample-jobs.ts';

const CUSTOM = { type: 'Custom', name: 'ListOnly' } as const;
const SYSTEM = { type: 'System', name: 'AliyunICEFullAccess' } as const;
const USER = { kind: 'user', name: 'it' } as const;
const VERSION = { document: LIST_ONLY, setAsDefault: true, rotate: true };

type Call = (store: IdentityStore, account: AccountId) => Promise<IdentityOutcome<unknown>>;

/** Every call by name on what an account has or has not. */
function calls(keyId: string): readonly Call[] {
  return [
    ({ users }, account) => users.get(account, 'it'),
    ({ users }, account) => users.update(account, 'it', { comments: 'x' }),
    ({ users }, account) => users.groupsOf(account, 'it'),
    ({ users }, account) => users.list(account, FIRST_PAGE),
    ({ groups }, account) => groups.get(account, 'it'),
    ({ groups }, account) => groups.update(account, 'it', { comments: 'x' }),
    ({ groups }, account) => groups.addUser(account, 'it', 'it'),
    ({ groups }, account) => groups.removeUser(account, 'it', 'it'),
    ({ groups }, account) => groups.usersOf(account, 'it', FIRST_PAGE),
    ({ groups }, account) => groups.list(account, FIRST_PAGE),
    ({ roles }, account) => roles.get(account, 'it'),
    ({ roles }, account) => roles.update(account, 'it', { description: 'x' }),
    ({ roles }, account) => roles.list(account, FIRST_PAGE),
    ({ keys }, account) => keys.create(account, 'it'),
    ({ keys }, account) => keys.list(account, 'it'),
    ({ keys }, account) => keys.setStatus(account, 'it', keyId, 'Inactive'),
    ({ keys }, account) => keys.lastUsed(account, 'it', keyId),
    ({ keys }, account) => keys.delete(account, 'it', keyId),
    ({ policies }, account) => policies.get(account, CUSTOM),
    ({ policies }, account) => policies.get(account, SYSTEM),
    ({ policies }, account) => policies.describe(account, CUSTOM.name, 'x'),
    ({ policies }, account) => policies.list(account, undefined, FIRST_PAGE),
    ({ policies }, account) => policies.createVersion(account, CUSTOM.name, VERSION),
    ({ policies }, account) => policies.getVersion(account, CUSTOM, 'v1'),
    ({ policies }, account) => policies.versions(account, CUSTOM),
    ({ policies }, account) => policies.setDefaultVersion(account, CUSTOM.name, 'v1'),
    ({ policies }, account) => policies.deleteVersion(account, CUSTOM.name, 'v1'),
    ({ policies }, account) => policies.attach(account, CUSTOM, USER),
    ({ policies }, account) => policies.detach(account, CUSTOM, USER),
    ({ policies }, account) => policies.attachedTo(account, USER),
    ({ policies }, account) => policies.holdersOf(account, CUSTOM),
    ({ policies }, account) => policies.holdersOf(account, SYSTEM),
    ({ policies }, account) => policies.delete(account, CUSTOM.name),
    ({ groups }, account) => groups.delete(account, 'it'),
    ({ roles }, account) => roles.delete(account, 'it'),
    ({ users }, account) => users.delete(account, 'it'),
  ];
}

async function populate(
  { users, groups, roles, keys, policies }: IdentityStore,
  account: AccountId,
): Promise<string> {
  await told(users.create(account, { name: 'it' }));
  await told(groups.create(account, { name: 'it' }));
  await told(groups.addUser(account, 'it', 'it'));
  await told(roles.create(account, { name: 'it', trustPolicy: TRUST }));
  await told(policies.create(account, { name: CUSTOM.name, document: LIST_ONLY }));
  await told(policies.attach(account, CUSTOM, USER));
  await told(policies.attach(account, SYSTEM, { kind: 'role', name: 'it' }));
  return (await told(keys.create(account, 'it'))).id;
}

/** All that an account has, to see that nothing of it changed. */
async function everythingOf(store: IdentityStore, account: AccountId): Promise<unknown[]> {
  return Promise.all([
    store.users.list(account, FIRST_PAGE),
    store.groups.list(account, FIRST_PAGE),
    store.roles.list(account, FIRST_PAGE),
    store.policies.list(account, undefined, FIRST_PAGE),
    store.groups.usersOf(account, 'it', FIRST_PAGE),
    store.keys.list(account, 'it'),
    store.policies.versions(account, CUSTOM),
    store.policies.attachedTo(account, USER),
  ]);
}

export function tenantsSuite(makeHome: MakeIdentityHome): void {
  describe('what belongs to another account', () => {
    const fixture = eachWithIdentities(makeHome);

    test('answers every call like what does not exist, and changes by none', async () => {
      const { store } = fixture();
      const keyId = await populate(store, ALICE);
      const before = await everythingOf(store, ALICE);
      for (const call of calls(keyId)) {
        const foreign = await call(store, BOB);
        // With no account having it, the same account asked the same: only the owner could tell a difference.
        expect(await call(store, NOBODY)).toEqual(foreign);
      }
      expect(await everythingOf(store, ALICE)).toEqual(before);
    });

    test('is not in the way of the same names', async () => {
      const { store } = fixture();
      const keys = [await populate(store, ALICE), await populate(store, BOB)];
      expect(new Set(keys).size).toBe(2);
      const one = await told(store.users.get(ALICE, 'it'));
      const other = await told(store.users.get(BOB, 'it'));
      expect(other.id).not.toBe(one.id);
      const swapped = store.keys.delete(BOB, 'it', keys[0] ?? '');
      expect(await swapped).toMatchObject({ kind: 'entity-not-exist', entity: 'User.AccessKey' });
    });

    test('decides about nobody, and makes nothing old', async () => {
      const { store } = fixture();
      await populate(store, ALICE);
      const user = await told(store.users.get(ALICE, 'it'));
      expect(await store.policiesOf(ALICE, { kind: 'user', id: user.id })).toHaveLength(1);
      expect(await store.policiesOf(BOB, { kind: 'user', id: user.id })).toEqual([]);
      expect(store.generation(BOB)).toBe(0);
    });
  });
}
