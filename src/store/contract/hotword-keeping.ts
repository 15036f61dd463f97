import { describe, expect, test } from 'vitest';
import { HOTWORD_LIMITS } from '../../jobs/hotword-library.ts';
import { eachWithHotwords, LIBRARY, NEWEST_FIRST, type MakeHotwordHome } from './hotword-fixture.ts';
import { ALICE, BOB, START } from './sample-jobs.ts';

export function hotwordKeepingSuite(makeHome: MakeHotwordHome): void {
  describe('keeping', () => {
    const fixture = eachWithHotwords(makeHome);

    test('what was created is there as it was given, also after a restart', async () => {
      const library = await fixture().made();
      const id = expect.stringMatching(/^[0-9a-f]{32}$/) as string;
      expect(library).toEqual({ ...LIBRARY, id, createdAt: START, modifiedAt: START });
      await fixture().open();
      expect(await fixture().store.get(ALICE, library.id)).toEqual(library);
    });

    test('an update changes what it names, its time and nothing else', async () => {
      const { store, clock } = fixture();
      const library = await fixture().made();
      clock.advance(5000);
      const hotwords = [{ text: 'Elinor', weight: 5 }];
      const changed = { ...library, hotwords, modifiedAt: START + 5000 };
      expect(await store.update(ALICE, library.id, { hotwords })).toEqual(changed);
      const renamed = { ...changed, name: 'A', description: '' };
      expect(await store.update(ALICE, library.id, { name: 'A', description: '' })).toEqual(renamed);
      expect(await store.get(ALICE, library.id)).toEqual(renamed);
    });

    test('a library is to another account as one that does not exist', async () => {
      const { store } = fixture();
      const library = await fixture().made();
      expect(await store.get(BOB, library.id)).toBeUndefined();
      expect(await store.update(BOB, library.id, { name: 'mine' })).toBeUndefined();
      expect(await store.delete(BOB, library.id)).toBe(false);
      expect(await store.list(BOB, NEWEST_FIRST)).toEqual({ libraries: [], lastSequence: undefined, total: 0 });
      expect(await store.get(ALICE, library.id)).toEqual(library);
    });

    test('a deleted one is gone', async () => {
      const { store } = fixture();
      const { id } = await fixture().made();
      expect([await store.delete(ALICE, id), await store.delete(ALICE, id)]).toEqual([true, false]);
      expect(await store.get(ALICE, id)).toBeUndefined();
    });

    test('an account has at most a hundred, whatever others have and how fast they come', async () => {
      const { store } = fixture();
      await fixture().made({}, BOB);
      const { id } = await fixture().made();
      const wanted = Array.from({ length: HOTWORD_LIMITS.libraries }, () => store.create(ALICE, LIBRARY));
      const refused = (await Promise.all(wanted)).filter((outcome) => 'kind' in outcome);
      expect(refused).toEqual([{ kind: 'too-many-libraries' }]);
      await store.delete(ALICE, id);
      await fixture().made();
    });
  });
}
