import { expect, test } from 'vitest';
import type { AccountId } from './account.ts';
import type { MediaEntry } from './media-entry.ts';
import type { MediaName } from './media-store.ts';
import { resolveInput } from './resolve-input.ts';

const ACCOUNT = '1234567890123456' as AccountId;
const ID = '0190aaaabbbbccccddddeeeeffff0001';

const asked: MediaName[] = [];
const media = {
  get: async (account: AccountId, name: MediaName): Promise<MediaEntry | undefined> => {
    asked.push(name);
    const known = account === ACCOUNT && 'mediaId' in name && name.mediaId === ID;
    return known ? ({ inputUrl: 'https://b.oss-cn-shanghai.aliyuncs.com/a.mp4' } as MediaEntry) : undefined;
  },
};

test('an address is what it is, and no store is asked', async () => {
  for (const input of ['oss://bucket/a.mp4', `oss://bucket/${ID}`, ID.slice(1), `${ID}0`, `g${ID.slice(1)}`, '']) {
    expect(await resolveInput(media, ACCOUNT, input)).toEqual({ kind: 'address', input });
  }
  expect(asked).toEqual([]);
});

test('a media id, in upper or lower case, is the address it was registered for', async () => {
  for (const input of [ID, ID.toUpperCase()]) {
    expect(await resolveInput(media, ACCOUNT, input)).toEqual({
      kind: 'address',
      input: 'https://b.oss-cn-shanghai.aliyuncs.com/a.mp4',
    });
  }
});

test('an id that the account does not have is told by its name', async () => {
  const mediaId = ID.replace('1', '2');
  expect(await resolveInput(media, ACCOUNT, mediaId)).toEqual({ kind: 'unknown-media', mediaId });
  expect(await resolveInput(media, '9007199254740991' as AccountId, ID)).toEqual({
    kind: 'unknown-media',
    mediaId: ID,
  });
});
