import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ALICE, BOB, bodyOf, contentOf, objectStoreContract } from './contract/object-store-contract.ts';
import { openFolderStore } from './folder-store.ts';
import type { ObjectStore } from './object-store.ts';

objectStoreContract('folder', async () => {
  const root = await mkdtemp(join(tmpdir(), 'folder-store-'));
  return { store: await openFolderStore(root), close: () => rm(root, { recursive: true }) };
});

describe('folder store', () => {
  let root: string;
  let store: ObjectStore;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'folder-store-'));
    store = await openFolderStore(root);
    await store.createBucket(ALICE, 'media');
  });

  afterEach(() => rm(root, { recursive: true }));

  const etagOf = (text: string) => createHash('md5').update(text).digest('hex').toUpperCase();
  const head = async (key: string) => {
    const found = await store.head(ALICE, 'media', key);
    return found.kind === 'found' ? found.info : found.kind;
  };

  test('keeps ordinary keys under their own names', async () => {
    await store.put(ALICE, 'media', 'talks/会议 1.wav', bodyOf('sound'));
    expect(await readFile(join(root, 'media/talks/会议 1.wav'), 'utf8')).toBe('sound');
  });

  test('serves files and folders that somebody dropped into a bucket', async () => {
    await mkdir(join(root, 'media/shows'));
    await writeFile(join(root, 'media/shows/pilot.mp4'), 'film');
    expect(await head('shows/pilot.mp4')).toMatchObject({
      size: 4,
      etag: etagOf('film'),
      contentType: 'video/mp4',
    });
    expect(await contentOf(store, ALICE, 'media', 'shows/pilot.mp4')).toBe('film');
  });

  test('removes the folders that an object leaves empty, and puts into them again at the same time', async () => {
    await store.put(ALICE, 'media', 'a/b/c.wav', bodyOf('sound'));
    await store.put(ALICE, 'media', 'a/d.wav', bodyOf('sound'));
    await store.remove(ALICE, 'media', 'a/b/c.wav');
    expect(await readdir(join(root, 'media/a'))).toEqual(['d.wav']);
    await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        await store.put(ALICE, 'media', `race/${index % 7}`, bodyOf('x'));
        await store.remove(ALICE, 'media', `race/${index % 7}`);
      }),
    );
    expect((await readdir(join(root, 'media'))).toSorted()).toEqual(['%bucket.json', '%meta', '%tmp', 'a']);
  });

  test('removes no link, and nothing behind one', async () => {
    await mkdir(join(root, 'outside'));
    await writeFile(join(root, 'outside/kept'), 'kept');
    await symlink(join(root, 'outside'), join(root, 'media/folder'));
    await symlink(join(root, 'outside/kept'), join(root, 'media/file'));
    for (const key of ['folder/kept', 'file', 'folder', '../outside/kept']) {
      expect(await store.remove(ALICE, 'media', key), key).toEqual({ kind: 'no-such-key' });
    }
    expect(await readFile(join(root, 'media/file'), 'utf8')).toBe('kept');
  });

  test('notices a file that was changed by hand, and keeps its type', async () => {
    await store.put(ALICE, 'media', 'a', bodyOf('one'), { contentType: 'audio/wav' });
    await writeFile(join(root, 'media/a'), 'two');
    expect(await head('a')).toMatchObject({ etag: etagOf('two'), contentType: 'audio/wav' });
  });

  test('keeps type and ETag over a change of the file time, and over a damaged or missing record', async () => {
    await store.put(ALICE, 'media', 'a', bodyOf('one'), { contentType: 'audio/wav' });
    await utimes(join(root, 'media/a'), 1, 1);
    expect(await head('a')).toEqual({ size: 3, etag: etagOf('one'), contentType: 'audio/wav', lastModified: 1000 });
    const [group = ''] = await readdir(join(root, 'media/%meta'));
    const [file = ''] = await readdir(join(root, 'media/%meta', group));
    await writeFile(join(root, 'media/%meta', group, file), '{"records": [nul');
    expect(await head('a')).toMatchObject({ etag: etagOf('one') });
    await rm(join(root, 'media/%meta'), { recursive: true });
    expect(await head('a')).toMatchObject({ etag: etagOf('one') });
  });

  test('after a crash between record and rename the old object still has its own type and ETag', async () => {
    await store.put(ALICE, 'media', 'a', bodyOf('old'), { contentType: 'text/old' });
    const before = await head('a');
    const [group = ''] = await readdir(join(root, 'media/%meta'));
    const [file = ''] = await readdir(join(root, 'media/%meta', group));
    const path = join(root, 'media/%meta', group, file);
    const record = JSON.parse(await readFile(path, 'utf8')) as { records: unknown[] };
    record.records.unshift({ file: '1-2-3', etag: 'F'.repeat(32), contentType: 'text/new' });
    await writeFile(path, JSON.stringify(record));
    expect(await head('a')).toEqual(before);
  });

  test('leaves no temporary file behind, whatever a put comes to', async () => {
    async function* failing() {
      yield Buffer.from('half');
      throw new Error('connection lost');
    }
    await store.put(ALICE, 'media', 'a', bodyOf('one'));
    await store.put(ALICE, 'media', 'b', failing());
    await store.put(ALICE, 'media', 'c', bodyOf('four'), { maxBytes: 3 });
    expect(await readdir(join(root, 'media/%tmp'))).toEqual([]);
    expect((await readdir(join(root, 'media'))).toSorted()).toEqual(['%bucket.json', '%meta', '%tmp', 'a']);
  });

  test('removes day-old uploads of killed processes when it opens, and only those', async () => {
    await writeFile(join(root, 'media/%tmp/old'), 'x');
    await writeFile(join(root, 'media/%tmp/running'), 'x');
    await utimes(join(root, 'media/%tmp/old'), 1, 1);
    await openFolderStore(root);
    expect(await readdir(join(root, 'media/%tmp'))).toEqual(['running']);
  });

  test('follows no link out of a bucket, neither to read nor to write', async () => {
    await mkdir(join(root, 'outside'));
    await writeFile(join(root, 'outside/secret'), 'secret');
    await symlink(join(root, 'outside/secret'), join(root, 'media/file-link'));
    await symlink(join(root, 'outside'), join(root, 'media/folder-link'));
    expect(await head('file-link')).toBe('no-such-key');
    expect(await head('folder-link/secret')).toBe('no-such-key');
    await store.put(ALICE, 'media', 'folder-link/new', bodyOf('x'));
    await store.put(ALICE, 'media', 'folder-link/deep/new', bodyOf('y'));
    expect(await readdir(join(root, 'outside'))).not.toContain('new');
    expect(await contentOf(store, ALICE, 'media', 'folder-link/new')).toBe('x');
    expect(await contentOf(store, ALICE, 'media', 'folder-link/deep/new')).toBe('y');
  });

  test('takes an object back to its own name once that is free', async () => {
    await store.put(ALICE, 'media', 'a/b', bodyOf('b'));
    await store.put(ALICE, 'media', 'a', bodyOf('aside'));
    await rm(join(root, 'media/a'), { recursive: true });
    expect(await contentOf(store, ALICE, 'media', 'a')).toBe('aside');
    await store.put(ALICE, 'media', 'a', bodyOf('home'));
    expect(await readFile(join(root, 'media/a'), 'utf8')).toBe('home');
    await rm(join(root, 'media/a'));
    expect(await head('a')).toBe('no-such-key');
  });

  test('gives a folder that was made by hand to the first who creates the bucket', async () => {
    await mkdir(join(root, 'shared'));
    await writeFile(join(root, 'shared/a.txt'), 'text');
    expect(await store.hasBucket(ALICE, 'shared')).toEqual({ kind: 'no-such-bucket' });
    expect(await store.createBucket(BOB, 'shared')).toEqual({ kind: 'created' });
    expect(await contentOf(store, BOB, 'shared', 'a.txt')).toBe('text');
  });

  test('says which file is damaged when the owner of a bucket cannot be read', async () => {
    await writeFile(join(root, 'media/%bucket.json'), '');
    await expect(store.hasBucket(ALICE, 'media')).rejects.toThrow(/media\/%bucket\.json/);
  });
});
