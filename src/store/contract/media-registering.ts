import { describe, expect, test } from 'vitest';
import { addressOf, ALL, eachWithMedia, mediaDraft, type MakeMediaHome } from './media-fixture.ts';
import { ALICE, BOB, UNKNOWN_ID } from './sample-jobs.ts';

export function mediaRegisteringSuite(makeHome: MakeMediaHome): void {
  describe('registering', () => {
    const media = eachWithMedia(makeHome);

    test('gives an id, under which all that was said is kept, also after a restart', async () => {
      const draft = mediaDraft('a.mp4', { categoryId: 3048, referenceId: 'my-own_1', description: 'd' });
      const entry = await media().register(draft, { status: 'PrepareFail' });
      const now = media().clock.now();
      const mediaId = expect.stringMatching(/^[0-9a-f]{32}$/) as string;
      const times = { createdAt: now, modifiedAt: now };
      expect(entry).toEqual({ ...draft, mediaId, status: 'PrepareFail', duration: undefined, ...times });
      await media().open();
      expect(await media().store.get(ALICE, entry)).toEqual(entry);
      expect(await media().store.get(ALICE, { addresses: ['oss://bucket/x', draft.address] })).toEqual(entry);
    });

    test('is refused for an address that has an id already, and changes nothing', async () => {
      const { mediaId } = await media().register(mediaDraft('a.mp4'));
      const again = mediaDraft('a.mp4', { inputUrl: 'oss://bucket/a.mp4', title: 'Another' });
      expect(await media().attempt(again)).toEqual({ kind: 'address-taken', mediaId });
      expect(await media().titles()).toEqual(['a.mp4']);
    });

    test('with overwrite gives the address a new id and ends the old one', async () => {
      const old = await media().register(mediaDraft('a.mp4', { referenceId: 'reference' }));
      const fresh = await media().register(mediaDraft('a.mp4', { referenceId: 'reference', title: 'New' }), {
        overwrite: true,
      });
      expect(fresh.mediaId).not.toBe(old.mediaId);
      expect(await media().store.get(ALICE, addressOf('a.mp4'))).toEqual(fresh);
      expect(await media().store.get(ALICE, { mediaId: old.mediaId })).toBeUndefined();
      expect(await media().titles()).toEqual(['New']);
    });

    test('at the same time gives one address one id', async () => {
      const outcomes = await Promise.all([1, 2, 3].map(() => media().attempt(mediaDraft('a.mp4'))));
      expect(outcomes.filter((outcome) => 'kind' in outcome)).toHaveLength(2);
    });

    test('keeps the ids of the callers apart, and does not overwrite for their sake', async () => {
      const { mediaId } = await media().register(mediaDraft('a.mp4', { referenceId: 'reference' }));
      await media().register(mediaDraft('b.mp4'));
      const taker = mediaDraft('b.mp4', { referenceId: 'reference', title: 'New' });
      expect(await media().attempt(taker, { overwrite: true })).toEqual({ kind: 'reference-taken', mediaId });
      expect(await media().titles()).toEqual(['b.mp4', 'a.mp4']);
      await media().register(mediaDraft('c.mp4', { referenceId: 'reference' }), {}, BOB);
    });

    test('again with the same token is the same entry, and refused where it is not the same registration', async () => {
      const clientToken = 'token-1';
      const entry = await media().register(mediaDraft('a.mp4'), { clientToken });
      expect(await media().register(mediaDraft('a.mp4'), { clientToken })).toEqual(entry);
      const other = await media().attempt(mediaDraft('b.mp4'), { clientToken });
      expect(other).toEqual({ kind: 'token-used' });
      await media().register(mediaDraft('b.mp4'), { clientToken }, BOB);
      await media().store.delete(ALICE, [{ mediaId: entry.mediaId }]);
      await media().register(mediaDraft('b.mp4'), { clientToken });
    });
  });

  describe('a file that a job will write', () => {
    const media = eachWithMedia(makeHome);
    const output = {
      inputUrl: 'oss://bucket/o.mp3',
      address: 'oss://bucket/o.mp3',
      mediaType: 'audio',
      title: 'Speech',
      userData: '',
    } as const;

    test('has its id at once, and is Normal with its length when it is written', async () => {
      const entry = await media().store.reserve(ALICE, output);
      expect(entry).toMatchObject({ ...output, status: 'Preparing', businessType: 'general', origin: 'oss' });
      media().clock.advance(5000);
      expect(await media().store.settle(ALICE, entry.mediaId, { status: 'Normal', duration: 12.5 })).toBe(true);
      expect(await media().store.get(ALICE, entry)).toEqual({
        ...entry,
        status: 'Normal',
        duration: 12.5,
        modifiedAt: entry.createdAt + 5000,
      });
    });

    test('is PrepareFail where it cannot be written', async () => {
      const { mediaId } = await media().store.reserve(ALICE, output);
      await media().store.settle(ALICE, mediaId, { status: 'PrepareFail' });
      expect(await media().store.get(ALICE, { mediaId })).toMatchObject({ status: 'PrepareFail' });
      expect(await media().store.settle(ALICE, UNKNOWN_ID, { status: 'Normal' })).toBe(false);
    });

    test('is not in the way of another job that writes the same object; the address is that of the newest', async () => {
      const first = await media().store.reserve(ALICE, output);
      const second = await media().store.reserve(ALICE, output);
      expect(await media().store.get(ALICE, { addresses: [output.address] })).toEqual(second);
      expect(await media().store.get(ALICE, { mediaId: first.mediaId })).toEqual(first);
    });
  });

  describe('deleting', () => {
    const media = eachWithMedia(makeHome);

    test('tells for each name whether there was one', async () => {
      const { mediaId } = await media().register(mediaDraft('a.mp4'));
      await media().register(mediaDraft('b.mp4'));
      const names = [{ mediaId }, { mediaId: UNKNOWN_ID }, addressOf('b.mp4'), addressOf('c.mp4'), { mediaId }];
      expect(await media().store.delete(ALICE, names)).toEqual([true, false, true, false, false]);
      expect(await media().store.list(ALICE, ALL)).toEqual({ entries: [], lastSequence: undefined, total: 0 });
    });

    test('by an address ends all ids of it', async () => {
      const { inputUrl, address, mediaType, title, userData } = mediaDraft('a.mp4');
      for (let n = 0; n < 2; n += 1) {
        await media().store.reserve(ALICE, { inputUrl, address, mediaType, title, userData });
      }
      expect(await media().store.delete(ALICE, [addressOf('a.mp4')])).toEqual([true]);
      expect(await media().titles()).toEqual([]);
    });
  });

  describe('another account', () => {
    const media = eachWithMedia(makeHome);

    test('finds, settles, deletes and lists nothing of it, and may register the same address', async () => {
      const entry = await media().register(mediaDraft('a.mp4'));
      const { store } = media();
      const name = { mediaId: entry.mediaId };
      expect(await store.get(BOB, name)).toBeUndefined();
      expect(await store.get(BOB, addressOf('a.mp4'))).toBeUndefined();
      expect(await store.settle(BOB, entry.mediaId, { status: 'PrepareFail' })).toBe(false);
      expect(await store.delete(BOB, [name, addressOf('a.mp4')])).toEqual([false, false]);
      expect(await store.list(BOB, ALL)).toMatchObject({ entries: [], total: 0 });
      const { mediaId } = await media().register(mediaDraft('a.mp4'), { overwrite: true }, BOB);
      expect(await store.list(BOB, { ...ALL, filter: { mediaId: entry.mediaId } })).toMatchObject({ total: 0 });
      expect(mediaId).not.toBe(entry.mediaId);
      expect(await store.get(ALICE, name)).toEqual(entry);
    });
  });
}
