import { describe, expect, test } from 'vitest';
import type { MediaFilter, MediaQuery } from '../../jobs/media-store.ts';
import { ALL, eachWithMedia, mediaDraft, type MakeMediaHome } from './media-fixture.ts';
import { ALICE } from './sample-jobs.ts';

export function mediaListingSuite(makeHome: MakeMediaHome): void {
  describe('a list of media', () => {
    const media = eachWithMedia(makeHome);

    const walk = async (query: Partial<MediaQuery>): Promise<string[][]> => {
      const pages: string[][] = [];
      let afterSequence: number | undefined;
      do {
        const page = await media().store.list(ALICE, { ...ALL, ...query, afterSequence });
        pages.push(page.entries.map(({ title }) => title.replace('The film ', '')));
        afterSequence = page.lastSequence;
      } while (afterSequence !== undefined);
      return pages;
    };

    test('has every one once, newest first or oldest first, in full pages', async () => {
      for (const name of 'abcde') await media().register(mediaDraft(name));
      expect(await walk({ size: 2 })).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
      expect(await walk({ size: 2, order: 'Asc' })).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
      expect(await walk({ size: 5 })).toEqual([['e', 'd', 'c', 'b', 'a']]);
      expect(await media().store.list(ALICE, { ...ALL, size: 2 })).toMatchObject({ total: 5 });
    });

    test('goes on where the entry it stood on is deleted, and meets what came meanwhile', async () => {
      for (const name of 'abc') await media().register(mediaDraft(name));
      const { entries, lastSequence } = await media().store.list(ALICE, { ...ALL, order: 'Asc', size: 2 });
      await media().store.delete(ALICE, [{ mediaId: entries[1]?.mediaId ?? '' }]);
      await media().register(mediaDraft('d'));
      expect(await media().titles({ order: 'Asc', afterSequence: lastSequence })).toEqual(['c', 'd']);
    });

    test('is filtered by everything at once, and counted so', async () => {
      const begin = media().clock.now();
      const a = await media().register(mediaDraft('a'));
      media().clock.advance(1000);
      await media().register(mediaDraft('b', { mediaType: 'audio', origin: 'general' }));
      await media().register(mediaDraft('c', { businessType: 'subtitles' }), { status: 'PrepareFail' });
      const expected: readonly (readonly [MediaFilter, string])[] = [
        [{ mediaType: 'video' }, 'ca'],
        [{ mediaType: 'audio' }, 'b'],
        [{ businessType: 'subtitles' }, 'c'],
        [{ origin: 'oss' }, 'ca'],
        [{ status: 'PrepareFail' }, 'c'],
        [{ mediaId: a.mediaId }, 'a'],
        [{ mediaId: a.mediaId, mediaType: 'audio' }, ''],
        [{ createdFrom: begin + 1 }, 'cb'],
        [{ createdFrom: begin, createdBefore: begin + 1000 }, 'a'],
        [{ mediaType: 'video', createdFrom: begin + 1 }, 'c'],
      ];
      for (const [filter, titles] of expected) {
        expect([filter, await media().titles({ filter })]).toEqual([filter, titles.split('')]);
        expect(await media().store.list(ALICE, { ...ALL, filter, size: 1 })).toMatchObject({
          total: titles.length,
        });
      }
    });
  });
}
