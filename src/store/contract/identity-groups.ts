import { describe, expect, test } from 'vitest';
import { eachWithIdentities, FIRST_PAGE, refusal, told, type MakeIdentityHome } from './identity-fixture.ts';
import { ALICE, START } from './sample-jobs.ts';

export function groupsSuite(makeHome: MakeIdentityHome): void {
  describe('groups', () => {
    const fixture = eachWithIdentities(makeHome);

    test('are created, found, changed and deleted', async () => {
      const { groups } = fixture().store;
      const made = await told(groups.create(ALICE, { name: 'editors', comments: 'News' }));
      const id = expect.stringMatching(/^g-[a-z0-9]{16}$/) as string;
      expect(made).toEqual({ id, name: 'editors', comments: 'News', createdAt: START, updatedAt: START });
      expect(await refusal(groups.create(ALICE, { name: 'editors' }))).toBe('entity-exists Group');
      fixture().clock.advance(1000);
      const changed = await told(groups.update(ALICE, 'editors', { name: 'writers' }));
      expect(changed).toEqual({ ...made, name: 'writers', updatedAt: START + 1000 });
      expect(await told(groups.get(ALICE, 'writers'))).toEqual(changed);
      expect(await refusal(groups.delete(ALICE, 'editors'))).toBe('entity-not-exist Group');
      expect(await refusal(groups.delete(ALICE, 'writers'))).toBe('done');
      expect(await refusal(groups.get(ALICE, 'writers'))).toBe('entity-not-exist Group');
    });

    test('are refused by the rules of their fields', async () => {
      const { groups } = fixture().store;
      expect(await refusal(groups.create(ALICE, { name: 'a b' }))).toBe('invalid GroupName InvalidChars');
      expect(await refusal(groups.create(ALICE, { name: '' }))).toBe('invalid GroupName Length');
      const long = { name: 'a', comments: 'x'.repeat(129) };
      expect(await refusal(groups.create(ALICE, long))).toBe('invalid Comments Length');
    });

    test('do not take the name of another', async () => {
      const { groups } = fixture().store;
      await groups.create(ALICE, { name: 'one' });
      await groups.create(ALICE, { name: 'two' });
      expect(await refusal(groups.update(ALICE, 'one', { name: 'two' }))).toBe('entity-exists Group');
    });

    test('have members, told from both sides with the time they joined', async () => {
      const { groups, users } = fixture().store;
      const alice = await told(users.create(ALICE, { name: 'alice' }));
      const editors = await told(groups.create(ALICE, { name: 'editors' }));
      const writers = await told(groups.create(ALICE, { name: 'writers' }));
      await groups.addUser(ALICE, 'writers', 'alice');
      fixture().clock.advance(1000);
      await groups.addUser(ALICE, 'editors', 'alice');
      expect(await told(users.groupsOf(ALICE, 'alice'))).toEqual([
        { entity: editors, joinedAt: START + 1000 },
        { entity: writers, joinedAt: START },
      ]);
      expect((await told(groups.usersOf(ALICE, 'writers', FIRST_PAGE))).items).toEqual([
        { entity: alice, joinedAt: START },
      ]);
    });

    test('take and let go of a user once', async () => {
      const { groups, users } = fixture().store;
      await users.create(ALICE, { name: 'alice' });
      await groups.create(ALICE, { name: 'editors' });
      expect(await refusal(groups.removeUser(ALICE, 'editors', 'alice'))).toBe('entity-not-exist User.Group');
      expect(await refusal(groups.addUser(ALICE, 'editors', 'alice'))).toBe('done');
      expect(await refusal(groups.addUser(ALICE, 'editors', 'alice'))).toBe('entity-exists User.Group');
      expect(await refusal(groups.removeUser(ALICE, 'editors', 'alice'))).toBe('done');
      expect(await told(users.groupsOf(ALICE, 'alice'))).toEqual([]);
    });

    test('say whether it is the group or the user that is not there', async () => {
      const { groups, users } = fixture().store;
      await groups.create(ALICE, { name: 'editors' });
      await users.create(ALICE, { name: 'alice' });
      expect(await refusal(groups.addUser(ALICE, 'nobodies', 'alice'))).toBe('entity-not-exist Group');
      expect(await refusal(groups.addUser(ALICE, 'editors', 'nobody'))).toBe('entity-not-exist User');
      expect(await refusal(groups.usersOf(ALICE, 'nobodies', FIRST_PAGE))).toBe('entity-not-exist Group');
      expect(await refusal(users.groupsOf(ALICE, 'nobody'))).toBe('entity-not-exist User');
    });

    test('are deleted only without members and policies', async () => {
      const { groups, users, policies } = fixture().store;
      const full = { type: 'System', name: 'AliyunICEFullAccess' } as const;
      const editors = { kind: 'group', name: 'editors' } as const;
      await groups.create(ALICE, { name: 'editors' });
      await users.create(ALICE, { name: 'alice' });
      await groups.addUser(ALICE, 'editors', 'alice');
      await policies.attach(ALICE, full, editors);
      expect(await refusal(groups.delete(ALICE, 'editors'))).toBe('delete-conflict Group.User');
      await groups.removeUser(ALICE, 'editors', 'alice');
      expect(await refusal(groups.delete(ALICE, 'editors'))).toBe('delete-conflict Group.Policy');
      await policies.detach(ALICE, full, editors);
      expect(await refusal(groups.delete(ALICE, 'editors'))).toBe('done');
    });
  });
}
