import { describe, expect, test } from 'vitest';
import { eachWithIdentities, refusal, told, type MakeIdentityHome } from './identity-fixture.ts';
import { ALICE, START } from './sample-jobs.ts';

export function userKeysSuite(makeHome: MakeIdentityHome): void {
  describe('access keys of users', () => {
    const fixture = eachWithIdentities(makeHome);

    test('tell their secret once, and are found with it by authentication, also after a restart', async () => {
      const { users, keys } = fixture().store;
      const user = await told(users.create(ALICE, { name: 'alice' }));
      const { secret, ...listed } = await told(keys.create(ALICE, 'alice'));
      expect(listed).toEqual({ id: expect.stringMatching(/^LTAI\w{20}$/), status: 'Active', createdAt: START });
      expect(secret).toMatch(/^\w{30}$/);
      expect(await told(keys.list(ALICE, 'alice'))).toEqual([listed]);
      await fixture().open();
      expect((await fixture().accessKeys.find(listed.id)).key).toEqual({
        id: listed.id,
        secret,
        account: ALICE,
        status: 'Active',
        principal: { kind: 'user', userId: user.id, userName: 'alice' },
      });
    });

    test('are two at most', async () => {
      const { users, keys } = fixture().store;
      await users.create(ALICE, { name: 'alice' });
      await users.create(ALICE, { name: 'bob' });
      const outcomes = await Promise.all([1, 2, 3].map(() => refusal(keys.create(ALICE, 'alice'))));
      expect(outcomes).toEqual(['done', 'done', 'limit-exceeded User.AccessKey']);
      expect(await refusal(keys.create(ALICE, 'bob'))).toBe('done');
      const [first] = await told(keys.list(ALICE, 'alice'));
      await keys.delete(ALICE, 'alice', first!.id);
      expect(await refusal(keys.create(ALICE, 'alice'))).toBe('done');
      expect(await refusal(keys.create(ALICE, 'nobody'))).toBe('entity-not-exist User');
    });

    test('are disabled, enabled and deleted at once', async () => {
      const { users, keys } = fixture().store;
      await users.create(ALICE, { name: 'alice' });
      const { id } = await told(keys.create(ALICE, 'alice'));
      for (const status of ['Inactive', 'Active'] as const) {
        await told(keys.setStatus(ALICE, 'alice', id, status));
        expect((await fixture().accessKeys.find(id)).key).toMatchObject({ status });
        expect(await told(keys.list(ALICE, 'alice'))).toMatchObject([{ id, status }]);
      }
      await told(keys.delete(ALICE, 'alice', id));
      expect((await fixture().accessKeys.find(id)).key).toBeUndefined();
      expect(await told(keys.list(ALICE, 'alice'))).toEqual([]);
    });

    test('are reached through their own user only', async () => {
      const { users, keys } = fixture().store;
      await users.create(ALICE, { name: 'alice' });
      await users.create(ALICE, { name: 'bob' });
      const { id } = await told(keys.create(ALICE, 'alice'));
      for (const [name, answer] of [
        ['bob', 'entity-not-exist User.AccessKey'],
        ['nobody', 'entity-not-exist User'],
      ] as const) {
        expect(await refusal(keys.setStatus(ALICE, name, id, 'Inactive'))).toBe(answer);
        expect(await refusal(keys.delete(ALICE, name, id))).toBe(answer);
        expect(await refusal(keys.lastUsed(ALICE, name, id))).toBe(answer);
      }
      expect((await fixture().accessKeys.find(id)).key).toMatchObject({ status: 'Active' });
    });

    test('tell when they were last used, also after a restart', async () => {
      const { users, keys } = fixture().store;
      await users.create(ALICE, { name: 'alice' });
      const { id } = await told(keys.create(ALICE, 'alice'));
      expect(await told(keys.lastUsed(ALICE, 'alice', id))).toBeUndefined();
      fixture().clock.advance(7000);
      fixture().accessKeys.used(id);
      expect(await told(keys.lastUsed(ALICE, 'alice', id))).toBe(START + 7000);
      await fixture().open();
      expect(await told(fixture().store.keys.lastUsed(ALICE, 'alice', id))).toBe(START + 7000);
    });
  });
}
