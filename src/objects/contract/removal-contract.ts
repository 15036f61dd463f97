import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { AccountId } from '../../jobs/account.ts';
import type { ObjectStore } from '../object-store.ts';

const ALICE = '1000000000000001' as AccountId;
const BOB = '1000000000000002' as AccountId;
const bodyOf = (text: string): Readable => Readable.from([Buffer.from(text)]);

/** What every object store does about removing; run as a part of the object store contract, in Alice's bucket `media`. */
export function removalContract(store: () => ObjectStore): void {
  const put = (key: string, text: string) => store().put(ALICE, 'media', key, bodyOf(text));

  test('an object that is removed is gone, for good, and may be put anew', async () => {
    await store().put(ALICE, 'media', 'a', bodyOf('old'), { contentType: 'text/old' });
    expect(await store().remove(ALICE, 'media', 'a')).toEqual({ kind: 'removed' });
    expect(await store().head(ALICE, 'media', 'a')).toEqual({ kind: 'no-such-key' });
    expect(await store().remove(ALICE, 'media', 'a')).toEqual({ kind: 'no-such-key' });
    await put('a', 'new');
    expect(await store().head(ALICE, 'media', 'a')).toMatchObject({
      info: { size: 3, contentType: 'application/octet-stream' },
    });
  });

  test('keys that contain one another are removed apart', async () => {
    const keys = ['a', 'a/b', 'a/b/c', 'a/', 'a//b'];
    for (const key of keys) await put(key, key);
    for (const [index, key] of keys.entries()) {
      expect(await store().remove(ALICE, 'media', key), key).toEqual({ kind: 'removed' });
      const left = await Promise.all(keys.map((other) => store().head(ALICE, 'media', other)));
      expect(left.map(({ kind }) => kind)).toEqual(
        keys.map((_, other) => (other <= index ? 'no-such-key' : 'found')),
      );
    }
  });

  test('a reader who has an object open reads it to its end after it is removed', async () => {
    await put('a', 'content');
    const opened = await store().read(ALICE, 'media', 'a');
    await store().remove(ALICE, 'media', 'a');
    expect(opened.kind === 'found' && (await buffer(opened.object.stream())).toString()).toBe('content');
  });

  test('nobody removes from a bucket of another account, or from none', async () => {
    await put('a', 'content');
    expect(await store().remove(BOB, 'media', 'a')).toEqual({ kind: 'bucket-of-another-account' });
    expect(await store().remove(ALICE, 'nowhere', 'a')).toEqual({ kind: 'no-such-bucket' });
    expect(await store().remove(ALICE, 'media', '/a')).toMatchObject({ kind: 'invalid-name' });
    expect(await store().head(ALICE, 'media', 'a')).toMatchObject({ kind: 'found' });
  });

  test('the bucket for the results of an account is for that account alone', async () => {
    const foreign = { kind: 'bucket-of-another-account' };
    expect(await store().createBucket(BOB, `smartjobs-results-${ALICE}`)).toEqual(foreign);
    expect(await store().createBucket(ALICE, 'smartjobs-results-')).toMatchObject({ kind: 'invalid-name' });
    expect(await store().createBucket(ALICE, 'smartjobs-results-x')).toEqual(foreign);
    expect(await store().createBucket(ALICE, `smartjobs-results-${ALICE}`)).toEqual({ kind: 'created' });
  });
}
