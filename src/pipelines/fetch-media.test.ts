import { expect, test } from 'vitest';
import type { AccountId } from '../jobs/account.ts';
import type { MediaEntry } from '../jobs/media-entry.ts';
import { fetchMedia } from './fetch-media.ts';

const ACCOUNT = '1234567890123456' as AccountId;
const ID = '0190aaaabbbbccccddddeeeeffff0001';
const { signal } = new AbortController();

test('an id is fetched from its address, an address from itself, and an id that is gone is not found', async () => {
  const fetched: string[] = [];
  const entries = new Map([[ID, { inputUrl: 'oss://bucket/a.mp4' } as MediaEntry]]);
  const media = { get: async (_account: AccountId, name: object) => entries.get((name as MediaEntry).mediaId) };
  const fetch = fetchMedia(media, async (account, input, toFile) => {
    fetched.push(`${account} ${input} ${toFile}`);
    return { kind: 'fetched', bytes: 3 };
  });
  for (const input of [ID, 'oss://bucket/b.mp4']) {
    expect(await fetch(ACCOUNT, input, 'file', signal)).toEqual({ kind: 'fetched', bytes: 3 });
  }
  expect(fetched).toEqual([`${ACCOUNT} oss://bucket/a.mp4 file`, `${ACCOUNT} oss://bucket/b.mp4 file`]);
  entries.clear();
  expect(await fetch(ACCOUNT, ID, 'file', signal)).toEqual({
    kind: 'not-found',
    message: `The account has no media '${ID}': register the file, or name its address.`,
  });
  expect(fetched).toHaveLength(2);
});
