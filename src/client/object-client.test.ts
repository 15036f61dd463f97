import { once } from 'node:events';
import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NO_POLICIES, TEST_KEYS } from '../auth/test-requests.ts';
import { systemClock } from '../base/clock.ts';
import { silentLogger } from '../base/logger.ts';
import { startObjectFront, type ObjectFront } from '../object-front/object-front.ts';
import { openFolderStore } from '../objects/folder-store.ts';
import { ObjectClient } from './object-client.ts';

const KEY = { id: 'testid', secret: 'testsecret' };
let folder: string;
let front: ObjectFront;
let objects: string;
let client: ObjectClient;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smartjobs-objects-'));
  const store = await openFolderStore(join(folder, 'store'));
  const parts = { objects: store, keys: TEST_KEYS, policies: NO_POLICIES, clock: systemClock, log: silentLogger };
  front = await startObjectFront(parts, { host: '127.0.0.1', port: 0 });
  objects = `http://127.0.0.1:${front.port}`;
  client = new ObjectClient({ objects, region: 'cn-shanghai', key: KEY });
});

afterEach(async () => {
  await front.stop();
  await rm(folder, { recursive: true });
});

async function fileOf(content: string | Buffer): Promise<string> {
  const path = join(folder, 'in.bin');
  await writeFile(path, content);
  return path;
}

describe('put and get', () => {
  test('bring a file there and back, byte for byte, into a bucket that is created on the way', async () => {
    const content = Buffer.alloc(20_000_000, 'speech ');
    const object = { bucket: 'new-bucket', key: 'a/b.wav' };
    expect(await client.put(await fileOf(content), object)).toEqual({ kind: 'ok', bytes: content.length });
    const out = join(folder, 'out.bin');
    expect(await client.get(object, out)).toEqual({ kind: 'ok', bytes: content.length });
    expect(content.equals(await readFile(out))).toBe(true);
  });

  test('take an empty file, and keys of any characters', async () => {
    const out = join(folder, 'out.bin');
    for (const key of ['plain', "sp ace+plus%25'()*!", '录音/第 1 次.wav', 'a/../b', 'q?x=1#y']) {
      expect([key, await client.put(await fileOf(key), { bucket: 'keys', key })]).toMatchObject([
        key,
        { kind: 'ok' },
      ]);
      await client.get({ bucket: 'keys', key }, out);
      expect(await readFile(out, 'utf8')).toBe(key);
    }
    expect(await client.put(await fileOf(''), { bucket: 'keys', key: 'empty' })).toEqual({ kind: 'ok', bytes: 0 });
  });

  test('overwrite what stands there, and make the folders of the file', async () => {
    const object = { bucket: 'bucket', key: 'k' };
    await client.put(await fileOf('new'), object);
    const out = join(folder, 'x/y/out.txt');
    await client.get(object, out);
    await writeFile(out, 'something old and longer');
    await client.get(object, out);
    expect(await readFile(out, 'utf8')).toBe('new');
  });

  test('hand over the error of the object store', async () => {
    await client.put(await fileOf('x'), { bucket: 'bucket', key: 'k' });
    expect(await client.get({ bucket: 'bucket', key: 'none' }, join(folder, 'out'))).toMatchObject({
      kind: 'error',
      code: 'NoSuchKey',
      status: 404,
      requestId: expect.stringMatching(/./),
    });
  });

  test('are refused with a wrong secret', async () => {
    const other = new ObjectClient({ objects, region: 'cn-shanghai', key: { ...KEY, secret: 'other' } });
    const outcome = await other.put(await fileOf('x'), { bucket: 'bucket', key: 'k' });
    expect(outcome).toMatchObject({ kind: 'error', code: 'SignatureDoesNotMatch', status: 403 });
  });
});

describe('what can be wrong on this side', () => {
  test('a file that is not there, or is a folder, is told before anything is sent', async () => {
    const object = { bucket: 'bucket', key: 'k' };
    expect(await client.put(join(folder, 'none'), object)).toMatchObject({
      kind: 'file',
      message: expect.stringMatching(/none.*ENOENT/),
    });
    expect(await client.put(folder, object)).toEqual({ kind: 'file', message: `${folder} is not a file.` });
  });

  test('a target that is a folder is told, and nothing is left beside it', async () => {
    await client.put(await fileOf('x'), { bucket: 'bucket', key: 'k' });
    const target = join(folder, 'target');
    await mkdir(join(target, 'inside'), { recursive: true });
    const outcome = await client.get({ bucket: 'bucket', key: 'k' }, target);
    expect(outcome).toMatchObject({ kind: 'file', message: expect.stringContaining('cannot be written') });
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

test('a download that breaks leaves the file as it was', async () => {
  const broken = createServer((_request, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('half', () => response.destroy());
  });
  await once(broken.listen(0, '127.0.0.1'), 'listening');
  const address = `http://127.0.0.1:${(broken.address() as AddressInfo).port}`;
  const file = await fileOf('as it was');
  const outcome = await new ObjectClient({ objects: address, region: 'r', key: KEY }).get(
    { bucket: 'b', key: 'k' },
    file,
  );
  broken.close();
  expect(outcome).toMatchObject({
    kind: 'unreachable',
    message: expect.stringContaining('SMARTJOBS_OBJECTS_ENDPOINT'),
  });
  expect(await readFile(file, 'utf8')).toBe('as it was');
  expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
});
