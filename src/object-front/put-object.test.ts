import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { ALICE, BOB, errorOf, FrontFixture, waitFor } from './contract/front-fixture.ts';

const at = new FrontFixture();

describe('an upload', () => {
  test('keeps content type and content, and answers ETag and digest', async () => {
    const response = await at.send('PUT', 'media', 'a.txt', {
      body: 'hello',
      headers: { 'content-type': 'text/x-own' },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toBe('"5D41402ABC4B2A76B9719D911017C592"');
    expect(response.headers.get('content-md5')).toBe('XUFAKrxLKna5cZ2REBfFkg==');
    const got = await at.send('GET', 'media', 'a.txt');
    expect([await got.text(), got.headers.get('content-type')]).toEqual(['hello', 'text/x-own']);
  });

  test('is checked against its Content-MD5', async () => {
    const put = (digest: string): Promise<Response> =>
      at.send('PUT', 'media', 'a', { body: 'hello', headers: { 'content-md5': digest } });
    expect(await errorOf(await put('XUFAKrxLKna5cZ2REBfFkQ=='))).toBe('InvalidDigest');
    expect(await errorOf(await put('no digest'))).toBe('InvalidDigest');
    expect((await at.send('GET', 'media', 'a')).status).toBe(404);
    expect((await put('XUFAKrxLKna5cZ2REBfFkg==')).status).toBe(200);
  });

  test('past the limit is refused, by its announced length and by what comes', async () => {
    await at.restart({ maxObjectBytes: 5 });
    expect((await at.send('PUT', 'media', 'fits', { body: 'hello' })).status).toBe(200);
    const announced = await at.send('PUT', 'media', 'a', { body: 'hello!' });
    expect([announced.status, await errorOf(announced)]).toEqual([400, 'EntityTooLarge']);
    const socket = await at.openRaw();
    socket.write(`${at.signedHead('PUT', 'a')}transfer-encoding: chunked\r\n\r\n6\r\nhello!\r\n`);
    expect(await text(socket)).toContain('<Code>EntityTooLarge</Code>');
    expect((await readdir(join(at.root, 'media'))).toSorted()).toEqual(['%bucket.json', '%meta', '%tmp', 'fits']);
  });

  test('that breaks off leaves nothing, and leaves the object before it', async () => {
    await at.send('PUT', 'media', 'a', { body: 'old' });
    const socket = await at.openRaw();
    socket.write(`${at.signedHead('PUT', 'a')}content-length: 1000\r\n\r\nhalf`);
    await waitFor(async () => (await readdir(join(at.root, 'media/%tmp'))).length === 1);
    socket.destroy();
    await waitFor(async () => (await readdir(join(at.root, 'media/%tmp'))).length === 0);
    expect(await (await at.send('GET', 'media', 'a')).text()).toBe('old');
  });

  test('that expects 100-continue is asked for its body only when it is wanted', async () => {
    const wanted = await at.openRaw();
    wanted.write(
      `${at.signedHead('PUT', 'a')}content-length: 5\r\nexpect: 100-continue\r\nconnection: close\r\n\r\n`,
    );
    const [first] = (await once(wanted, 'data')) as [Buffer];
    expect(first.toString()).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    wanted.write('hello');
    expect(await text(wanted)).toMatch(/^HTTP\/1\.1 200 /);
    const refused = await at.openRaw();
    refused.write(
      `${at.signedHead('PUT', 'a', BOB)}content-length: 5\r\nexpect: 100-continue\r\nconnection: close\r\n\r\n`,
    );
    expect(await text(refused)).toMatch(/^HTTP\/1\.1 403 /);
  });

  test('of a key that looks like a path out of the bucket stays in it', async () => {
    for (const key of ['a/../../other/b', '../b', '..', './a']) {
      const socket = await at.openRaw();
      socket.write(`${at.signedHead('PUT', key)}content-length: 5\r\nconnection: close\r\n\r\nhello`);
      expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 /);
      const back = await at.openRaw();
      back.write(`${at.signedHead('GET', key)}connection: close\r\n\r\n`);
      expect(await text(back)).toMatch(/\r\n\r\nhello$/);
    }
    expect(await readdir(at.root)).toEqual(['media']);
  });

  test('without a length is refused', async () => {
    const socket = await at.openRaw();
    socket.write(`${at.signedHead('PUT', 'a')}connection: close\r\n\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 411 [\s\S]*MissingContentLength/);
  });

  test('of a large body with a wrong signature still hears why', async () => {
    const authorization = `OSS ${ALICE.id}:wrong`;
    const headers = { date: new Date(at.clock.now()).toUTCString(), authorization };
    const response = await fetch(`${at.base}/media/a`, { method: 'PUT', headers, body: Buffer.alloc(3_000_000) });
    expect(await errorOf(response)).toBe('SignatureDoesNotMatch');
  });
});
