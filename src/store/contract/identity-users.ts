import { describe, expect, test } from 'vitest';
import type { UserDraft } from '../../auth/identities.ts';
import { eachWithIdentities, FIRST_PAGE, refusal, told, type MakeIdentityHome } from './identity-fixture.ts';
import { ALICE, START } from './sample-jobs.ts';

const DETAILS = {
  displayName: 'Alice A.',
  email: 'alice@example.com',
  mobilePhone: '86-13000000000',
  comments: 'Edits the news',
};

export function usersSuite(makeHome: MakeIdentityHome): void {
  describe('users', () => {
    const fixture = eachWithIdentities(makeHome);

    test('are created with an id of 18 digits, and found by their exact name', async () => {
      const { users } = fixture().store;
      const alice = await told(users.create(ALICE, { name: 'alice', ...DETAILS }));
      const times = { createdAt: START, updatedAt: START };
      expect(alice).toEqual({ id: expect.stringMatching(/^\d{18}$/), name: 'alice', ...DETAILS, ...times });
      expect(await told(users.get(ALICE, 'alice'))).toEqual(alice);
      expect(await refusal(users.get(ALICE, 'Alice'))).toBe('entity-not-exist User');
    });

    test('have empty texts where none were given', async () => {
      const user = await told(fixture().store.users.create(ALICE, { name: 'bare' }));
      expect(user).toMatchObject({ displayName: '', email: '', mobilePhone: '', comments: '' });
    });

    test('outlive a restart', async () => {
      const made = await told(fixture().store.users.create(ALICE, { name: 'alice', ...DETAILS }));
      await fixture().open();
      expect(await told(fixture().store.users.get(ALICE, 'alice'))).toEqual(made);
    });

    test('are one of a name, also where two are made at the same time', async () => {
      const { users } = fixture().store;
      const both = await Promise.all([1, 2].map(() => refusal(users.create(ALICE, { name: 'alice' }))));
      expect(both).toEqual(['done', 'entity-exists User']);
    });

    test.each<{ draft: UserDraft; broken: string }>([
      { draft: { name: '' }, broken: 'invalid UserName Length' },
      { draft: { name: 'a'.repeat(65) }, broken: 'invalid UserName Length' },
      { draft: { name: 'al ice' }, broken: 'invalid UserName InvalidChars' },
      { draft: { name: 'alicé' }, broken: 'invalid UserName InvalidChars' },
      { draft: { name: 'alice/../root' }, broken: 'invalid UserName InvalidChars' },
      { draft: { name: 'alice\n' }, broken: 'invalid UserName InvalidChars' },
      { draft: { name: 'a', displayName: 'x'.repeat(129) }, broken: 'invalid DisplayName Length' },
      { draft: { name: 'a', comments: 'x'.repeat(129) }, broken: 'invalid Comments Length' },
      { draft: { name: 'a', email: 'nowhere' }, broken: 'invalid Email Format' },
      { draft: { name: 'a', mobilePhone: '13000000000' }, broken: 'invalid MobilePhone Format' },
    ])('are refused: $broken', async ({ draft, broken }) => {
      const { users } = fixture().store;
      expect(await refusal(users.create(ALICE, draft))).toBe(broken);
      expect((await told(users.list(ALICE, FIRST_PAGE))).items).toEqual([]);
    });

    test('may have the longest name and every character of names', async () => {
      const { users } = fixture().store;
      expect(await refusal(users.create(ALICE, { name: `${'a'.repeat(60)}.-_9` }))).toBe('done');
    });

    test('change in what is given, and keep the rest and their id', async () => {
      const { users } = fixture().store;
      const before = await told(users.create(ALICE, { name: 'alice', ...DETAILS }));
      fixture().clock.advance(5000);
      const after = await told(users.update(ALICE, 'alice', { name: 'al', comments: '' }));
      expect(after).toEqual({ ...before, name: 'al', comments: '', updatedAt: START + 5000 });
      expect(await told(users.get(ALICE, 'al'))).toEqual(after);
      expect(await refusal(users.get(ALICE, 'alice'))).toBe('entity-not-exist User');
    });

    test('do not take the name of another', async () => {
      const { users } = fixture().store;
      await users.create(ALICE, { name: 'one' });
      await users.create(ALICE, { name: 'two' });
      expect(await refusal(users.update(ALICE, 'one', { name: 'two' }))).toBe('entity-exists User');
      expect(await refusal(users.update(ALICE, 'one', { name: 'one' }))).toBe('done');
      expect(await refusal(users.update(ALICE, 'one', { name: 'o/e' }))).toBe('invalid UserName InvalidChars');
      expect(await refusal(users.update(ALICE, 'three', { name: 'four' }))).toBe('entity-not-exist User');
    });

    test('are deleted only without keys, groups and policies', async () => {
      const { users, groups, keys, policies } = fixture().store;
      const full = { type: 'System', name: 'AliyunICEFullAccess' } as const;
      const alice = { kind: 'user', name: 'alice' } as const;
      await users.create(ALICE, { name: 'alice' });
      await groups.create(ALICE, { name: 'editors' });
      await groups.addUser(ALICE, 'editors', 'alice');
      await policies.attach(ALICE, full, alice);
      const key = await told(keys.create(ALICE, 'alice'));
      expect(await refusal(users.delete(ALICE, 'alice'))).toBe('delete-conflict User.AccessKey');
      await keys.delete(ALICE, 'alice', key.id);
      expect(await refusal(users.delete(ALICE, 'alice'))).toBe('delete-conflict User.Group');
      await groups.removeUser(ALICE, 'editors', 'alice');
      expect(await refusal(users.delete(ALICE, 'alice'))).toBe('delete-conflict User.Policy');
      await policies.detach(ALICE, full, alice);
      expect(await refusal(users.delete(ALICE, 'alice'))).toBe('done');
      expect(await refusal(users.delete(ALICE, 'alice'))).toBe('entity-not-exist User');
    });

    test('who get the name of one who is gone are somebody else', async () => {
      const { users } = fixture().store;
      const gone = await told(users.create(ALICE, { name: 'alice' }));
      await users.delete(ALICE, 'alice');
      expect((await told(users.create(ALICE, { name: 'alice' }))).id).not.toBe(gone.id);
    });
  });
}
