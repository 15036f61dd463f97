import { describe, expect, test } from 'vitest';
import type { Holder, IdentityStore, PolicyRef } from '../../auth/identities.ts';
import { SYSTEM_POLICIES } from '../../auth/system-policies.ts';
import {
  eachWithIdentities,
  LIST_ONLY,
  policyAllowing,
  refusal,
  told,
  TRUST,
  type MakeIdentityHome,
} from './identity-fixture.ts';
import { ALICE, START } from './sample-jobs.ts';

const CUSTOM = { type: 'Custom', name: 'ListOnly' } as const;
const SYSTEM = { type: 'System', name: 'AliyunICEFullAccess' } as const;
const HOLDERS = [
  { kind: 'user', entity: 'User', custom: 10 },
  { kind: 'group', entity: 'Group', custom: 5 },
  { kind: 'role', entity: 'Role', custom: 5 },
] as const;

/** One user, group and role, each by the name `it`, and a custom policy. */
async function populate({ users, groups, roles, policies }: IdentityStore): Promise<void> {
  await told(users.create(ALICE, { name: 'it' }));
  await told(groups.create(ALICE, { name: 'it' }));
  await told(roles.create(ALICE, { name: 'it', trustPolicy: TRUST }));
  await told(policies.create(ALICE, { name: CUSTOM.name, document: LIST_ONLY, description: 'Lists' }));
}

export function attachingSuite(makeHome: MakeIdentityHome): void {
  describe('attaching policies', () => {
    const fixture = eachWithIdentities(makeHome);

    test.each(HOLDERS)('to a $kind is told from both sides', async ({ kind }) => {
      const { policies } = fixture().store;
      await populate(fixture().store);
      const holder: Holder = { kind, name: 'it' };
      await told(policies.attach(ALICE, SYSTEM, holder));
      fixture().clock.advance(1000);
      await told(policies.attach(ALICE, CUSTOM, holder));
      expect(await told(policies.attachedTo(ALICE, holder))).toEqual([
        { ...CUSTOM, description: 'Lists', defaultVersion: 'v1', attachedAt: START + 1000 },
        { ...SYSTEM, description: expect.stringMatching(/./), defaultVersion: 'v1', attachedAt: START },
      ]);
      const { users, groups, roles } = await told(policies.holdersOf(ALICE, CUSTOM));
      expect([...users, ...groups, ...roles]).toMatchObject([{ entity: { name: 'it' }, joinedAt: START + 1000 }]);
      for (const policy of [SYSTEM, CUSTOM]) {
        expect(await told(policies.get(ALICE, policy))).toMatchObject({ attachmentCount: 1 });
      }
    });

    test.each(HOLDERS)('to a $kind happens once, and ends once', async ({ kind, entity }) => {
      const { policies } = fixture().store;
      await populate(fixture().store);
      for (const policy of [SYSTEM, CUSTOM]) {
        const holder: Holder = { kind, name: 'it' };
        expect(await refusal(policies.detach(ALICE, policy, holder))).toBe(`entity-not-exist ${entity}.Policy`);
        expect(await refusal(policies.attach(ALICE, policy, holder))).toBe('done');
        expect(await refusal(policies.attach(ALICE, policy, holder))).toBe(`entity-exists ${entity}.Policy`);
        expect(await refusal(policies.detach(ALICE, policy, holder))).toBe('done');
        expect(await told(policies.attachedTo(ALICE, holder))).toEqual([]);
      }
    });

    test.each(HOLDERS)('to a $kind has the limit of the kind', async ({ kind, entity, custom }) => {
      const { policies } = fixture().store;
      await populate(fixture().store);
      const holder: Holder = { kind, name: 'it' };
      for (let number = 1; number <= custom + 1; number += 1) {
        await told(policies.create(ALICE, { name: `p${number}`, document: LIST_ONLY }));
        const outcome = await refusal(policies.attach(ALICE, { type: 'Custom', name: `p${number}` }, holder));
        expect(outcome).toBe(number <= custom ? 'done' : `limit-exceeded ${entity}.Policy`);
      }
      for (const { name } of SYSTEM_POLICIES) await told(policies.attach(ALICE, { type: 'System', name }, holder));
    });

    test.each(HOLDERS)('says that the $kind or the policy is not there', async ({ kind, entity }) => {
      const { policies } = fixture().store;
      await populate(fixture().store);
      const nobody: Holder = { kind, name: 'nobody' };
      const unknown: PolicyRef[] = [
        { type: 'Custom', name: SYSTEM.name },
        { type: 'System', name: CUSTOM.name },
      ];
      for (const policy of unknown) {
        const attached = policies.attach(ALICE, policy, { kind, name: 'it' });
        expect(await refusal(attached)).toBe('entity-not-exist Policy');
        expect(await refusal(policies.holdersOf(ALICE, policy))).toBe('entity-not-exist Policy');
      }
      expect(await refusal(policies.attach(ALICE, CUSTOM, nobody))).toBe(`entity-not-exist ${entity}`);
      expect(await refusal(policies.detach(ALICE, CUSTOM, nobody))).toBe(`entity-not-exist ${entity}`);
      expect(await refusal(policies.attachedTo(ALICE, nobody))).toBe(`entity-not-exist ${entity}`);
    });

    test.each(HOLDERS)('to a $kind keeps the policy from being deleted', async ({ kind, entity }) => {
      const { policies } = fixture().store;
      await populate(fixture().store);
      await policies.attach(ALICE, CUSTOM, { kind, name: 'it' });
      expect(await refusal(policies.delete(ALICE, CUSTOM.name))).toBe(`delete-conflict Policy.${entity}`);
      await policies.detach(ALICE, CUSTOM, { kind, name: 'it' });
      expect(await refusal(policies.delete(ALICE, CUSTOM.name))).toBe('done');
    });
  });

  describe('the policies that decide about a subject', () => {
    const fixture = eachWithIdentities(makeHome);

    test('are those of the user and of its groups, each once', async () => {
      const { store } = fixture();
      await populate(store);
      const user = await told(store.users.get(ALICE, 'it'));
      const subject = { kind: 'user', id: user.id } as const;
      expect(await store.policiesOf(ALICE, subject)).toEqual([]);
      await told(store.policies.attach(ALICE, CUSTOM, { kind: 'user', name: 'it' }));
      await told(store.policies.attach(ALICE, CUSTOM, { kind: 'group', name: 'it' }));
      await told(store.policies.attach(ALICE, SYSTEM, { kind: 'group', name: 'it' }));
      const own = { ...CUSTOM, document: LIST_ONLY };
      expect(await store.policiesOf(ALICE, subject)).toEqual([own]);
      await told(store.groups.addUser(ALICE, 'it', 'it'));
      const ofGroup = { ...SYSTEM, document: expect.stringContaining('ice:*') };
      expect(await store.policiesOf(ALICE, subject)).toEqual([own, ofGroup]);
      await told(store.groups.removeUser(ALICE, 'it', 'it'));
      expect(await store.policiesOf(ALICE, subject)).toEqual([own]);
    });

    test('are the default versions, as they are now', async () => {
      const { store } = fixture();
      await populate(store);
      const role = await told(store.roles.get(ALICE, 'it'));
      const subject = { kind: 'role', id: role.id } as const;
      await told(store.policies.attach(ALICE, CUSTOM, { kind: 'role', name: 'it' }));
      const document = policyAllowing('ice:GetSmartHandleJob');
      const draft = { document, setAsDefault: false, rotate: false };
      await told(store.policies.createVersion(ALICE, CUSTOM.name, draft));
      expect(await store.policiesOf(ALICE, subject)).toEqual([{ ...CUSTOM, document: LIST_ONLY }]);
      await told(store.policies.setDefaultVersion(ALICE, CUSTOM.name, 'v2'));
      expect(await store.policiesOf(ALICE, subject)).toEqual([{ ...CUSTOM, document }]);
    });

    test('are none for one who is gone, and none of a namesake', async () => {
      const { store } = fixture();
      await populate(store);
      const gone = await told(store.users.get(ALICE, 'it'));
      await told(store.users.delete(ALICE, 'it'));
      await told(store.users.create(ALICE, { name: 'it' }));
      await told(store.policies.attach(ALICE, SYSTEM, { kind: 'user', name: 'it' }));
      expect(await store.policiesOf(ALICE, { kind: 'user', id: gone.id })).toEqual([]);
    });

    test('are known to be old by the generation of the account, which rises with every change', async () => {
      const { store } = fixture();
      let before = store.generation(ALICE);
      const risen = (): boolean => {
        const after = store.generation(ALICE);
        const rose = after > before;
        before = after;
        return rose;
      };
      await populate(store);
      expect(risen()).toBe(true);
      for (const change of [
        () => store.policies.attach(ALICE, CUSTOM, { kind: 'user', name: 'it' }),
        () => store.groups.addUser(ALICE, 'it', 'it'),
        () =>
          store.policies.createVersion(ALICE, CUSTOM.name, {
            document: LIST_ONLY,
            setAsDefault: true,
            rotate: false,
          }),
        () => store.policies.setDefaultVersion(ALICE, CUSTOM.name, 'v1'),
        () => store.groups.removeUser(ALICE, 'it', 'it'),
        () => store.policies.detach(ALICE, CUSTOM, { kind: 'user', name: 'it' }),
        () => store.users.delete(ALICE, 'it'),
      ]) {
        expect(await refusal(change())).toBe('done');
        expect(risen()).toBe(true);
      }
      expect(await refusal(store.users.delete(ALICE, 'it'))).toBe('entity-not-exist User');
      expect(risen()).toBe(false);
    });
  });
}
