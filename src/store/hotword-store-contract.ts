import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock, type Clock } from '../base/clock.ts';
import type { AccountId } from '../jobs/account.ts';
import type { HotwordLibraries, HotwordLibraryQuery } from '../jobs/hotword-libraries.ts';
import { HOTWORD_LIMITS, type HotwordLibrary, type HotwordLibraryDraft } from '../jobs/hotword-library.ts';
import { ALICE, BOB, START } from './contract/sample-jobs.ts';

/** Where a store keeps its data: empty at first, the same at each open. */
type HotwordHome = {
  open(clock: Clock): Promise<{ readonly hotwords: HotwordLibraries; close(): Promise<void> }>;
  remove(): Promise<void>;
};

const DRAFT: HotwordLibraryDraft = {
  name: 'People',
  description: 'of the novel',
  scenario: 'ASR',
  hotwords: [
    { text: 'Dashwood', weight: 3, language: 'en' },
    { text: '达什伍德', weight: -6, translations: [{ text: 'Dashwood', language: 'en' }] },
  ],
};
const FIRST: HotwordLibraryQuery = { filter: {}, order: 'Desc', start: { pageNumber: 1 }, size: 10 };

/**
 * What every store of hotword libraries does, whatever database it stands on.
 *
 * @param makeHome an empty place for the data of one test
 */
export function hotwordStoreContract(name: string, makeHome: () => Promise<HotwordHome>): void {
  describe(`${name} keeps the contract of the hotword libraries`, () => {
    const clock = new ManualClock(START);
    let home: HotwordHome;
    let opened: Awaited<ReturnType<HotwordHome['open']>>;
    beforeEach(async () => {
      home = await makeHome();
      opened = await home.open(clock);
    });
    afterEach(async () => {
      await opened.close();
      await home.remove();
    });

    const made = async (
      changes: Partial<HotwordLibraryDraft> = {},
      of: AccountId = ALICE,
    ): Promise<HotwordLibrary> => {
      const library = await opened.hotwords.create(of, { ...DRAFT, ...changes });
      if ('kind' in library) throw new Error(library.kind);
      return library;
    };
    const names = async (changes: Partial<HotwordLibraryQuery>): Promise<string[]> => {
      const { libraries } = await opened.hotwords.list(ALICE, { ...FIRST, ...changes });
      return libraries.map((library) => library.name);
    };

    test('what was created is there as it was given, also after a restart', async () => {
      const library = await made();
      const times = { createdAt: clock.now(), modifiedAt: clock.now() };
      const id = expect.stringMatching(/^[0-9a-f]{32}$/) as string;
      expect(library).toEqual({ ...DRAFT, id, ...times });
      await opened.close();
      opened = await home.open(clock);
      expect(await opened.hotwords.get(ALICE, library.id)).toEqual(library);
    });

    test('an update changes what it names, its time and nothing else', async () => {
      const library = await made();
      const before = clock.now();
      clock.advance(5000);
      const hotwords = [{ text: 'Elinor', weight: 5 }];
      const changed = await opened.hotwords.update(ALICE, library.id, { hotwords });
      expect(changed).toEqual({ ...library, hotwords, modifiedAt: before + 5000 });
      expect(await opened.hotwords.update(ALICE, library.id, { name: 'A', description: '' })).toEqual({
        ...changed,
        name: 'A',
        description: '',
      });
      expect(await opened.hotwords.get(ALICE, library.id)).toMatchObject({ name: 'A', hotwords });
    });

    test('a library is to another account as one that does not exist', async () => {
      const { id } = await made();
      const { hotwords } = opened;
      expect(await hotwords.get(BOB, id)).toBeUndefined();
      expect(await hotwords.update(BOB, id, { name: 'mine' })).toBeUndefined();
      expect(await hotwords.delete(BOB, id)).toBe(false);
      expect(await hotwords.list(BOB, FIRST)).toEqual({ libraries: [], lastSequence: undefined, total: 0 });
      expect(await hotwords.get(ALICE, id)).toMatchObject({ name: 'People' });
    });

    test('a deleted one is gone', async () => {
      const { id } = await made();
      expect(await opened.hotwords.delete(ALICE, id)).toBe(true);
      expect(await opened.hotwords.delete(ALICE, id)).toBe(false);
      expect(await opened.hotwords.get(ALICE, id)).toBeUndefined();
    });

    test('an account has at most a hundred, whatever others have and how fast they come', async () => {
      await made({}, BOB);
      const results = await Promise.all(
        Array.from({ length: HOTWORD_LIMITS.libraries + 2 }, () => opened.hotwords.create(ALICE, DRAFT)),
      );
      expect(results.filter((result) => 'kind' in result)).toEqual(Array(2).fill({ kind: 'too-many-libraries' }));
      const [first] = results;
      await opened.hotwords.delete(ALICE, first !== undefined && 'id' in first ? first.id : '');
      await made();
    });

    test('lists have every library once, newest first or oldest first, by page and by place', async () => {
      for (const letter of 'abcde') await made({ name: letter });
      expect(await names({})).toEqual([...'edcba']);
      expect(await names({ order: 'Asc', size: 2 })).toEqual(['a', 'b']);
      expect(await names({ size: 2, start: { pageNumber: 3 } })).toEqual(['a']);
      expect(await names({ size: 2, start: { pageNumber: 4 } })).toEqual([]);
      for (const order of ['Asc', 'Desc'] as const) {
        const walked: string[] = [];
        let start: HotwordLibraryQuery['start'] = { pageNumber: 1 };
        for (;;) {
          const page = await opened.hotwords.list(ALICE, { ...FIRST, order, size: 2, start });
          expect(page.total).toBe(5);
          expect(page.libraries[0]).not.toHaveProperty('hotwords');
          walked.push(...page.libraries.map((library) => library.name));
          if (page.lastSequence === undefined) break;
          start = { afterSequence: page.lastSequence };
        }
        expect(walked).toEqual(order === 'Asc' ? [...'abcde'] : [...'edcba']);
      }
    });

    test('a walk goes on where the library it stood on is deleted, and meets what came meanwhile', async () => {
      await made({ name: 'a' });
      const b = await made({ name: 'b' });
      await made({ name: 'c' });
      const page = await opened.hotwords.list(ALICE, { ...FIRST, order: 'Asc', size: 2 });
      await opened.hotwords.delete(ALICE, b.id);
      await made({ name: 'd' });
      const start = { afterSequence: page.lastSequence ?? 0 };
      expect(await names({ order: 'Asc', size: 2, start })).toEqual(['c', 'd']);
    });

    test('filters by part of the name, scenario and time of creation combine', async () => {
      const begin = clock.now();
      await made({ name: 'Café one' });
      clock.advance(1000);
      await made({ name: 'CAFÉ two', scenario: 'VideoTranslation' });
      clock.advance(1000);
      await made({ name: 'three' });
      expect(await names({ filter: { nameContains: 'café' } })).toEqual(['CAFÉ two', 'Café one']);
      expect(await names({ filter: { scenario: 'ASR', nameContains: 'caf' } })).toEqual(['Café one']);
      expect(await names({ filter: { createdFrom: begin + 1000, createdBefore: begin + 2000 } })).toEqual([
        'CAFÉ two',
      ]);
      expect(await names({ filter: { createdFrom: begin + 2000 } })).toEqual(['three']);
    });
  });
}
