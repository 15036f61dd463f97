import { describe, expect, test } from 'vitest';
import type { JobOrder, PageStart } from '../../jobs/job-query.ts';
import { eachWithHotwords, NEWEST_FIRST, type HotwordFixture, type MakeHotwordHome } from './hotword-fixture.ts';
import { ALICE, START } from './sample-jobs.ts';

export function hotwordListingSuite(makeHome: MakeHotwordHome): void {
  describe('listing', () => {
    const fixture = eachWithHotwords(makeHome);

    test('shows the newest first or the oldest first, by numbered pages, without the words', async () => {
      await makeNamed(fixture(), 'a', 'b', 'c', 'd', 'e');
      expect(await fixture().names({})).toEqual(['e', 'd', 'c', 'b', 'a']);
      expect(await fixture().names({ order: 'Asc', size: 2 })).toEqual(['a', 'b']);
      expect(await fixture().names({ size: 2, start: { pageNumber: 3 } })).toEqual(['a']);
      expect(await fixture().names({ size: 2, start: { pageNumber: 4 } })).toEqual([]);
      const { libraries } = await fixture().store.list(ALICE, NEWEST_FIRST);
      expect(libraries[0]).not.toHaveProperty('hotwords');
    });

    test.each([
      ['Asc', ['a', 'b', 'c', 'd', 'e']],
      ['Desc', ['e', 'd', 'c', 'b', 'a']],
    ] as const)('a walk (%s) meets each library once', async (order, expected) => {
      await makeNamed(fixture(), 'a', 'b', 'c', 'd', 'e');
      expect(await walk(fixture(), order)).toEqual(expected);
    });

    test('a walk goes on where the library it stood on is deleted, and meets what came meanwhile', async () => {
      const [, second] = await makeNamed(fixture(), 'a', 'b', 'c');
      const page = await fixture().store.list(ALICE, { ...NEWEST_FIRST, order: 'Asc', size: 2 });
      await fixture().store.delete(ALICE, second ?? '');
      await makeNamed(fixture(), 'd');
      const start = { afterSequence: page.lastSequence ?? 0 };
      expect(await fixture().names({ order: 'Asc', size: 2, start })).toEqual(['c', 'd']);
    });

    test('filters by part of the name, scenario and time of creation combine', async () => {
      const { clock } = fixture();
      await makeNamed(fixture(), 'Café one');
      clock.advance(1000);
      await fixture().made({ name: 'CAFÉ two', scenario: 'VideoTranslation' });
      clock.advance(1000);
      await makeNamed(fixture(), 'three');
      const found = (filter: object): Promise<string[]> => fixture().names({ filter });
      expect(await found({ nameContains: 'café' })).toEqual(['CAFÉ two', 'Café one']);
      expect(await found({ scenario: 'ASR', nameContains: 'caf' })).toEqual(['Café one']);
      expect(await found({ createdFrom: START + 1000, createdBefore: START + 2000 })).toEqual(['CAFÉ two']);
      expect(await found({ createdFrom: START + 2000 })).toEqual(['three']);
    });
  });
}

/** @returns the ids */
async function makeNamed(fixture: HotwordFixture, ...names: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) ids.push((await fixture.made({ name })).id);
  return ids;
}

async function walk(fixture: HotwordFixture, order: JobOrder): Promise<string[]> {
  const walked: string[] = [];
  let start: PageStart | undefined = { pageNumber: 1 };
  while (start !== undefined) {
    const page = await fixture.store.list(ALICE, { ...NEWEST_FIRST, order, size: 2, start });
    expect(page.total).toBe(5);
    walked.push(...page.libraries.map(({ name }) => name));
    start = page.lastSequence === undefined ? undefined : { afterSequence: page.lastSequence };
  }
  return walked;
}
