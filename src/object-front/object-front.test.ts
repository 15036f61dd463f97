import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { ALICE, errorOf, FrontFixture, waitFor } from './contract/front-fixture.ts';

const at = new FrontFixture();

describe('a request', () => {
  test('is answered with a request id, and with an error body that names code, message, id and host', async () => {
    const response = await at.send('GET', 'media', '<none>&');
    const xml = await response.text();
    const requestId = response.headers.get('x-oss-request-id') ?? '';
    expect(requestId).toMatch(/^[0-9A-F]{24}$/);
    expect(response.headers.get('content-type')).toBe('application/xml');
    expect(xml).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error>\n  <Code>NoSuchKey</Code>\n' +
        `  <Message>The specified key does not exist.</Message>\n  <RequestId>${requestId}</RequestId>\n` +
        `  <HostId>127.0.0.1:${at.front?.port}</HostId>\n  <Key>&lt;none&gt;&amp;</Key>\n</Error>\n`,
    );
  });

  test('without a signature is refused, whatever it is for', async () => {
    for (const path of ['/', '/media', '/media/a', '/nowhere/a']) {
      const response = await fetch(at.base + path);
      expect(response.status).toBe(403);
      expect(await errorOf(response)).toBe('AccessDenied');
    }
  });

  test('whose signature is wrong is shown the string to sign, and no secret', async () => {
    const headers = { date: new Date(at.clock.now()).toUTCString(), authorization: `OSS ${ALICE.id}:wrong` };
    const xml = await (await fetch(`${at.base}/media/a`, { headers })).text();
    expect(xml).toContain(`<StringToSign>GET\n\n\n${headers.date}\n/media/a</StringToSign>`);
    expect(xml).not.toContain(ALICE.secret);
  });

  test.each([
    ['DELETE', 'media', '', {}],
    ['DELETE', 'media', 'a', { query: { uploadId: 'x' } }],
    ['POST', 'media', 'a', {}],
    ['GET', 'media', '', {}],
    ['HEAD', 'media', '', {}],
    ['GET', '', '', {}],
    ['PUT', '', '', {}],
    ['GET', 'media', 'a', { query: { acl: '' } }],
    ['PUT', 'media', 'a', { query: { partNumber: '1', uploadId: 'x' }, body: 'x' }],
    ['GET', 'media', 'a', { query: { 'x-oss-process': 'image/resize' } }],
    ['PUT', 'media', 'a', { headers: { 'x-oss-copy-source': '/media/b' } }],
    ['PUT', 'media', 'a', { headers: { 'x-oss-meta-author': 'me' }, body: 'x' }],
    ['PUT', 'media', 'a', { headers: { 'x-oss-object-acl': 'public-read' }, body: 'x' }],
    ['PUT', 'media', 'a', { headers: { 'content-encoding': 'gzip' }, body: 'x' }],
    ['GET', 'media', 'a', { headers: { 'x-oss-security-token': 'sts' } }],
  ] as const)('%s /%s/%s with %j is not served, and is told what is', async (method, bucket, key, sent) => {
    const response = await at.send(method, bucket, key, sent);
    expect(response.status).toBe(501);
    const xml =
      method === 'HEAD'
        ? Buffer.from(response.headers.get('x-oss-err') ?? '', 'base64').toString()
        : await response.text();
    expect(xml).toContain('<Code>NotImplemented</Code>');
    expect(xml).toContain('PutObject, GetObject');
  });

  test.each([
    ['InvalidBucketName', 'PUT', 'Media', ''],
    ['InvalidBucketName', 'GET', 'a', 'b'],
    ['InvalidObjectName', 'PUT', 'media', '/a'],
    ['InvalidObjectName', 'GET', 'media', 'x'.repeat(1024)],
  ])('is refused with %s: %s /%s/%s', async (code, method, bucket, key) => {
    const response = await at.send(method, bucket, key, method === 'PUT' ? { body: 'x' } : {});
    expect([response.status, await errorOf(response)]).toEqual([400, code]);
  });

  test.each([
    ['/media/%FF', 'InvalidURI'],
    ['/media/a?b=%ff', 'InvalidArgument'],
    ['/media/a?Expires=1&Expires=2', 'InvalidArgument'],
  ])('is refused unread: %s', async (path, code) => {
    const response = await fetch(at.base + path);
    expect([response.status, await errorOf(response)]).toEqual([400, code]);
  });
});

describe('a connection', () => {
  test('that sends no headers in time is cut', async () => {
    await at.restart({ headersTimeoutMs: 50 });
    const socket = await at.openRaw();
    socket.write('PUT /media/a HTTP/1.1\r\nhost: x\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('whose upload stands still is cut, and leaves nothing', async () => {
    await at.restart({ idleTimeoutMs: 50 });
    const socket = await at.openRaw();
    socket.write(`${at.signedHead('PUT', 'a')}content-length: 1000\r\n\r\nhalf`);
    await once(socket.resume(), 'close');
    await waitFor(async () => (await readdir(join(at.root, 'media/%tmp'))).length === 0);
    expect((await readdir(join(at.root, 'media'))).toSorted()).toEqual(['%bucket.json', '%tmp']);
  });

  test('that is idle ends at once when the front stops; one in use gets its answer first', async () => {
    const idle = await at.openRaw();
    idle.write(`${at.signedHead('GET', 'none')}\r\n`);
    await once(idle, 'data');
    const busy = await at.openRaw();
    busy.write(`${at.signedHead('PUT', 'late')}content-length: 5\r\n\r\nhel`);
    await waitFor(async () => (await readdir(join(at.root, 'media/%tmp'))).length === 1);
    const stopping = at.front?.stop();
    await once(idle.resume(), 'close');
    busy.write('lo');
    expect(await text(busy)).toMatch(/^HTTP\/1\.1 200 /);
    await stopping;
    expect(await readFile(join(at.root, 'media/late'), 'utf8')).toBe('hello');
    await at.front?.stop();
  });

  test('that never ends is cut when the grace of a stop is over', async () => {
    await at.restart({ stopGraceMs: 50 });
    const socket = await at.openRaw();
    const cut = once(socket.resume(), 'close');
    socket.write(`${at.signedHead('PUT', 'late')}content-length: 5\r\n\r\nhel`);
    await waitFor(async () => (await readdir(join(at.root, 'media/%tmp'))).length === 1);
    await at.front?.stop();
    await cut;
    await waitFor(async () => (await readdir(join(at.root, 'media/%tmp'))).length === 0);
    expect((await readdir(join(at.root, 'media'))).toSorted()).toEqual(['%bucket.json', '%tmp']);
  });
});
