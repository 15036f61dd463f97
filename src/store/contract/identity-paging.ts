import { describe, expect, test } from 'vitest';
import type { Page, PageQuery } from '../../auth/identities.ts';
import type { IdentityOutcome } from '../../auth/identity-outcome.ts';
import { SYSTEM_POLICIES } from '../../auth/system-policies.ts';
import {
  eachWithIdentities,
  FIRST_PAGE,
  LIST_ONLY,
  refusal,
  told,
  TRUST,
  type MakeIdentityHome,
} from './identity-fixture.ts';
import { ALICE } from './sample-jobs.ts';

type List<Item> = (query: PageQuery) => Promise<IdentityOutcome<Page<Item>>>;

/** Every page of a list, each begun with the marker of the one before. */
async function walk<Item>(list: List<Item>, maxItems: number): Promise<(readonly Item[])[]> {
  const pages: (readonly Item[])[] = [];
  let marker = '';
  do {
    const page: Page<Item> = await told(list({ marker, maxItems }));
    pages.push(page.items);
    ({ marker } = page);
  } while (marker !== '');
  return pages;
}

const NAMES = ['Zoe', 'a', 'a-b', 'a.b', 'b', 'c', 'd'];

export function identityPagingSuite(makeHome: MakeIdentityHome): void {
  describe('lists', () => {
    const fixture = eachWithIdentities(makeHome);

    test.each([1, 2, 3, 7, 1000])('come in pages of %d, by name, each entry once', async (size) => {
      const { users, groups, roles } = fixture().store;
      await groups.create(ALICE, { name: 'all' });
      for (const name of NAMES.toReversed()) {
        await told(users.create(ALICE, { name }));
        await told(roles.create(ALICE, { name, trustPolicy: TRUST }));
        await told(groups.addUser(ALICE, 'all', name));
      }
      const expected = Array.from({ length: Math.ceil(7 / size) }, (_, page) =>
        [...NAMES].toSorted().slice(page * size, (page + 1) * size),
      );
      for (const list of [users, roles]) {
        const pages = await walk<{ name: string }>((query) => list.list(ALICE, query), size);
        expect(pages.map((page) => page.map(({ name }) => name))).toEqual(expected);
      }
      const members = await walk((query) => groups.usersOf(ALICE, 'all', query), size);
      expect(members.map((page) => page.map(({ entity }) => entity.name))).toEqual(expected);
      expect(await walk((query) => groups.list(ALICE, query), size)).toMatchObject([[{ name: 'all' }]]);
    });

    test.each([1, 2, 3, 100])('of policies, in pages of %d, have the custom ones first', async (size) => {
      const { policies } = fixture().store;
      for (const name of ['b', 'a', 'c']) await policies.create(ALICE, { name, document: LIST_ONLY });
      const listed = async (type?: 'System' | 'Custom'): Promise<string[]> =>
        (await walk((query) => policies.list(ALICE, type, query), size)).flat().map(({ name }) => name);
      const system = SYSTEM_POLICIES.map(({ name }) => name);
      expect(await listed()).toEqual(['a', 'b', 'c', ...system]);
      expect(await listed('Custom')).toEqual(['a', 'b', 'c']);
      expect(await listed('System')).toEqual(system);
    });

    test('go on behind an entry that is gone, neither skipping nor repeating another', async () => {
      const { users } = fixture().store;
      for (const name of ['a', 'b', 'c', 'd']) await users.create(ALICE, { name });
      const first = await told(users.list(ALICE, { marker: '', maxItems: 2 }));
      await users.delete(ALICE, 'b');
      await users.create(ALICE, { name: 'aa' });
      const rest = await told(users.list(ALICE, { marker: first.marker, maxItems: 10 }));
      expect(rest).toMatchObject({ items: [{ name: 'c' }, { name: 'd' }], marker: '' });
    });

    test('refuse a size or marker that cannot be', async () => {
      const { users, policies } = fixture().store;
      for (const maxItems of [0, 1001, 1.5, Number.NaN]) {
        expect(await refusal(users.list(ALICE, { marker: '', maxItems }))).toBe('invalid MaxItems Range');
      }
      for (const marker of ['not a marker', 'YQ==', 'é']) {
        expect(await refusal(users.list(ALICE, { marker, maxItems: 1 }))).toBe('invalid Marker Format');
        expect(await refusal(policies.list(ALICE, undefined, { marker, maxItems: 1 }))).toBe(
          'invalid Marker Format',
        );
      }
    });

    test('of nothing are one empty page', async () => {
      const { users } = fixture().store;
      expect(await told(users.list(ALICE, FIRST_PAGE))).toEqual({ items: [], marker: '' });
    });
  });
}
