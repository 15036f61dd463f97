import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import OSS from 'ali-oss';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OssRequest } from '../auth/oss-request.ts';
import { ossV1Authorization, ossV1UrlQuery } from '../auth/oss-signature-v1.ts';
import { ossV4Authorization, ossV4Time, ossV4UrlQuery } from '../auth/oss-signature-v4.ts';
import { ManualClock } from '../base/clock.ts';
import { silentLogger } from '../base/logger.ts';
import type { AccountId } from '../jobs/account.ts';
import { openFolderStore } from '../objects/folder-store.ts';
import { startObjectFront, type ObjectFront, type ObjectFrontOptions } from './object-front.ts';

const alice = {
  id: 'ALICE',
  secret: 'alice-secret',
  account: '1000000000000001' as AccountId,
  principal: { kind: 'root' },
} as const;
const bob = {
  id: 'BOB',
  secret: 'bob-secret',
  account: '1000000000000002' as AccountId,
  principal: { kind: 'root' },
} as const;
type Key = typeof alice | typeof bob;

let root: string;
let front: ObjectFront;
let base: string;
let clock: ManualClock;

async function start(options: Partial<ObjectFrontOptions> = {}): Promise<void> {
  clock = new ManualClock(Date.now());
  front = await startObjectFront(
    {
      objects: await openFolderStore(root),
      keys: { find: async (id) => [alice, bob].find((key) => key.id === id) },
      clock,
      log: silentLogger,
    },
    { host: '127.0.0.1', port: 0, ...options },
  );
  base = `http://127.0.0.1:${front.port}`;
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'object-front-'));
  await start();
  await send('PUT', 'media', '');
});

afterEach(async () => {
  await front.stop();
  await rm(root, { recursive: true });
});

type Sent = { headers?: Record<string, string>; query?: Record<string, string>; body?: string; key?: Key };

/** A request of our own making, signed V4, for what the official client does not send. */
async function send(method: string, bucket: string, key: string, sent: Sent = {}): Promise<Response> {
  const { body, key: signer = alice } = sent;
  const headers: Record<string, string> = {
    'x-oss-content-sha256': 'UNSIGNED-PAYLOAD',
    'x-oss-date': ossV4Time(clock.now()),
    ...(body === undefined ? {} : { 'content-type': 'text/plain' }),
    ...sent.headers,
  };
  const request: OssRequest = { method, bucket, key, query: new Map(Object.entries(sent.query ?? {})), headers };
  headers['authorization'] = ossV4Authorization(request, signer, 'cn-shanghai');
  return fetch(urlOf(request), { method, headers, ...(body === undefined ? {} : { body }) });
}

function urlOf({ bucket, key, query }: Pick<OssRequest, 'bucket' | 'key' | 'query'>): string {
  const path = [bucket, ...(key === '' ? [] : key.split('/'))].map(encodeURIComponent).join('/');
  const search = new URLSearchParams([...query]).toString();
  return `${base}/${path}${search === '' ? '' : `?${search}`}`;
}

async function errorOf(response: Response): Promise<string> {
  return /<Code>(.*)<\/Code>/.exec(await response.text())?.[1] ?? 'no error';
}

describe.each([
  ['V1', false],
  ['V4', true],
])('the official client, signing %s', (_, authorizationV4) => {
  function client(options: Partial<OSS.Options> = {}): OSS {
    return new OSS({
      accessKeyId: alice.id,
      accessKeySecret: alice.secret,
      endpoint: base,
      region: 'oss-cn-shanghai',
      bucket: 'media',
      sldEnable: true,
      authorizationV4,
      ...options,
    } as OSS.Options);
  }

  test('makes a bucket, and again', async () => {
    expect(await client().putBucket('fresh')).toMatchObject({ bucket: 'fresh' });
    expect(await client().putBucket('fresh')).toMatchObject({ bucket: 'fresh' });
  });

  test.each(['talk.wav', 'talks/会议 1+2.wav', "it's (a) *test*!.wav", 'a%20b/c&d=e?f#g', 'a//b c'])(
    'puts and gets %s',
    async (key) => {
      const put = await client().put(key, Buffer.from('sound'), { mime: 'audio/x-test' });
      expect(put.res.headers).toMatchObject({
        etag: `"${createHash('md5').update('sound').digest('hex').toUpperCase()}"`,
      });
      const got = await client().get(key);
      expect((got.content as Buffer).toString()).toBe('sound');
      expect(got.res.headers).toMatchObject({ 'content-type': 'audio/x-test', 'content-length': '5' });
    },
  );

  test('puts a file and a stream, and gets into a file', async () => {
    const file = join(root, 'local');
    await writeFile(file, 'x'.repeat(300_000));
    await client().put('from/file.mp3', file);
    await client().putStream('from/stream', Readable.from([Buffer.from('two '), Buffer.from('chunks')]));
    await client().get('from/file.mp3', `${file}-back`);
    expect(await readFile(`${file}-back`, 'utf8')).toBe('x'.repeat(300_000));
    expect(((await client().get('from/stream')).content as Buffer).toString()).toBe('two chunks');
    expect((await client().head('from/file.mp3')).res.headers).toMatchObject({
      'content-type': 'audio/mpeg',
      'content-length': '300000',
      'x-oss-object-type': 'Normal',
    });
  });

  test('gets a range', async () => {
    await client().put('digits', Buffer.from('0123456789'));
    const got = await client().get('digits', { headers: { Range: 'bytes=2-4' } } as OSS.GetObjectOptions);
    expect(got.res.status).toBe(206);
    expect((got.content as Buffer).toString()).toBe('234');
    expect(got.res.headers).toMatchObject({ 'content-range': 'bytes 2-4/10' });
  });

  test('recognises each error', async () => {
    await client().put('a', Buffer.from('x'));
    await expect(client().get('missing')).rejects.toMatchObject({ code: 'NoSuchKey', status: 404 });
    await expect(client().head('missing')).rejects.toMatchObject({ code: 'NoSuchKey', status: 404 });
    await expect(client({ bucket: 'nowhere' }).put('a', Buffer.from('x'))).rejects.toMatchObject({
      code: 'NoSuchBucket',
    });
    await expect(client({ accessKeySecret: 'wrong' }).get('a')).rejects.toMatchObject({
      code: 'SignatureDoesNotMatch',
      status: 403,
    });
    await expect(client({ accessKeyId: 'NOBODY' }).get('a')).rejects.toMatchObject({
      code: 'InvalidAccessKeyId',
      status: 403,
    });
    const stranger = client({ accessKeyId: bob.id, accessKeySecret: bob.secret });
    await expect(stranger.get('a')).rejects.toMatchObject({ code: 'AccessDenied', status: 403 });
    await expect(stranger.putBucket('media')).rejects.toMatchObject({ code: 'BucketAlreadyExists', status: 409 });
    await expect(client().delete('a')).rejects.toMatchObject({ code: 'NotImplemented', status: 501 });
    await expect(client().list({ 'max-keys': 10 }, {})).rejects.toMatchObject({ code: 'NotImplemented' });
    await expect(client().initMultipartUpload('a')).rejects.toMatchObject({ code: 'NotImplemented' });
    clock.advance(16 * 60_000);
    await expect(client().get('a')).rejects.toMatchObject({ code: 'RequestTimeTooSkewed', status: 403 });
  });

  test('makes URLs that anybody can use until they expire', async () => {
    await client().put('talks/a b.wav', Buffer.from('sound'));
    const local = client({ endpoint: `http://localhost:${front.port}` });
    const url = authorizationV4
      ? await (
          local as unknown as {
            signatureUrlV4(method: string, expires: number, request: unknown, name: string): Promise<string>;
          }
        ).signatureUrlV4('GET', 60, {}, 'talks/a b.wav')
      : local.signatureUrl('talks/a b.wav', { expires: 60, response: { 'content-type': 'audio/x-other' } });
    const reach = (): Promise<Response> => fetch(url.replace('localhost', '127.0.0.1'));
    const response = await reach();
    expect(await response.text()).toBe('sound');
    expect(response.headers.get('content-type')).toBe(authorizationV4 ? 'audio/wav' : 'audio/x-other');
    clock.advance(62_000);
    expect(await errorOf(await reach())).toBe('AccessDenied');
  });
});

describe('a request', () => {
  test('is answered with a request id, and with an error body that names code, message, id and host', async () => {
    const response = await send('GET', 'media', '<none>&');
    const xml = await response.text();
    const requestId = response.headers.get('x-oss-request-id') ?? '';
    expect(requestId).toMatch(/^[0-9A-F]{24}$/);
    expect(response.headers.get('content-type')).toBe('application/xml');
    expect(xml).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error>\n  <Code>NoSuchKey</Code>\n' +
        `  <Message>The specified key does not exist.</Message>\n  <RequestId>${requestId}</RequestId>\n` +
        `  <HostId>127.0.0.1:${front.port}</HostId>\n  <Key>&lt;none&gt;&amp;</Key>\n</Error>\n`,
    );
  });

  test('without a signature is refused, whatever it is for', async () => {
    for (const path of ['/', '/media', '/media/a', '/nowhere/a']) {
      const response = await fetch(base + path);
      expect(response.status).toBe(403);
      expect(await errorOf(response)).toBe('AccessDenied');
    }
  });

  test('whose signature is wrong is shown the string to sign, and no secret', async () => {
    const headers = { date: new Date(clock.now()).toUTCString(), authorization: `OSS ${alice.id}:wrong` };
    const xml = await (await fetch(`${base}/media/a`, { headers })).text();
    expect(xml).toContain(`<StringToSign>GET\n\n\n${headers.date}\n/media/a</StringToSign>`);
    expect(xml).not.toContain(alice.secret);
  });

  test.each([
    ['DELETE', 'media', 'a', {}],
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
    const response = await send(method, bucket, key, sent);
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
    const response = await send(method, bucket, key, method === 'PUT' ? { body: 'x' } : {});
    expect([response.status, await errorOf(response)]).toEqual([400, code]);
  });

  test.each([
    ['/media/%FF', 'InvalidURI'],
    ['/media/a?b=%ff', 'InvalidArgument'],
    ['/media/a?Expires=1&Expires=2', 'InvalidArgument'],
  ])('is refused unread: %s', async (path, code) => {
    const response = await fetch(base + path);
    expect([response.status, await errorOf(response)]).toEqual([400, code]);
  });
});

describe('an upload', () => {
  test('keeps content type and content, and answers ETag and digest', async () => {
    const response = await send('PUT', 'media', 'a.txt', {
      body: 'hello',
      headers: { 'content-type': 'text/x-own' },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toBe('"5D41402ABC4B2A76B9719D911017C592"');
    expect(response.headers.get('content-md5')).toBe('XUFAKrxLKna5cZ2REBfFkg==');
    const got = await send('GET', 'media', 'a.txt');
    expect([await got.text(), got.headers.get('content-type')]).toEqual(['hello', 'text/x-own']);
  });

  test('is checked against its Content-MD5', async () => {
    const put = (digest: string): Promise<Response> =>
      send('PUT', 'media', 'a', { body: 'hello', headers: { 'content-md5': digest } });
    expect(await errorOf(await put('XUFAKrxLKna5cZ2REBfFkQ=='))).toBe('InvalidDigest');
    expect(await errorOf(await put('no digest'))).toBe('InvalidDigest');
    expect((await send('GET', 'media', 'a')).status).toBe(404);
    expect((await put('XUFAKrxLKna5cZ2REBfFkg==')).status).toBe(200);
  });

  test('past the limit is refused, by its announced length and by what comes', async () => {
    await front.stop();
    await start({ maxObjectBytes: 5 });
    expect((await send('PUT', 'media', 'fits', { body: 'hello' })).status).toBe(200);
    const announced = await send('PUT', 'media', 'a', { body: 'hello!' });
    expect([announced.status, await errorOf(announced)]).toEqual([400, 'EntityTooLarge']);
    const socket = await openRaw();
    socket.write(`${signedHead('PUT', 'a')}transfer-encoding: chunked\r\n\r\n6\r\nhello!\r\n`);
    expect(await text(socket)).toContain('<Code>EntityTooLarge</Code>');
    expect((await readdir(join(root, 'media'))).toSorted()).toEqual(['%bucket.json', '%meta', '%tmp', 'fits']);
  });

  test('that breaks off leaves nothing, and leaves the object before it', async () => {
    await send('PUT', 'media', 'a', { body: 'old' });
    const socket = await openRaw();
    socket.write(`${signedHead('PUT', 'a')}content-length: 1000\r\n\r\nhalf`);
    await waitFor(async () => (await readdir(join(root, 'media/%tmp'))).length === 1);
    socket.destroy();
    await waitFor(async () => (await readdir(join(root, 'media/%tmp'))).length === 0);
    expect(await (await send('GET', 'media', 'a')).text()).toBe('old');
  });

  test('that expects 100-continue is asked for its body only when it is wanted', async () => {
    const wanted = await openRaw();
    wanted.write(`${signedHead('PUT', 'a')}content-length: 5\r\nexpect: 100-continue\r\nconnection: close\r\n\r\n`);
    const [first] = (await once(wanted, 'data')) as [Buffer];
    expect(first.toString()).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    wanted.write('hello');
    expect(await text(wanted)).toMatch(/^HTTP\/1\.1 200 /);
    const refused = await openRaw();
    refused.write(
      `${signedHead('PUT', 'a', bob)}content-length: 5\r\nexpect: 100-continue\r\nconnection: close\r\n\r\n`,
    );
    expect(await text(refused)).toMatch(/^HTTP\/1\.1 403 /);
  });

  test('of a key that looks like a path out of the bucket stays in it', async () => {
    for (const key of ['a/../../other/b', '../b', '..', './a']) {
      const socket = await openRaw();
      socket.write(`${signedHead('PUT', key)}content-length: 5\r\nconnection: close\r\n\r\nhello`);
      expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 /);
      const back = await openRaw();
      back.write(`${signedHead('GET', key)}connection: close\r\n\r\n`);
      expect(await text(back)).toMatch(/\r\n\r\nhello$/);
    }
    expect(await readdir(root)).toEqual(['media']);
  });

  test('without a length is refused', async () => {
    const socket = await openRaw();
    socket.write(`${signedHead('PUT', 'a')}connection: close\r\n\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 411 [\s\S]*MissingContentLength/);
  });

  test('of a large body with a wrong signature still hears why', async () => {
    const authorization = `OSS ${alice.id}:wrong`;
    const headers = { date: new Date(clock.now()).toUTCString(), authorization };
    const response = await fetch(`${base}/media/a`, { method: 'PUT', headers, body: Buffer.alloc(3_000_000) });
    expect(await errorOf(response)).toBe('SignatureDoesNotMatch');
  });
});

describe('a download', () => {
  beforeEach(() => send('PUT', 'media', 'digits.txt', { body: '0123456789' }));

  test.each([
    ['bytes=0-0', 206, '0'],
    ['bytes=3-', 206, '3456789'],
    ['bytes=-3', 206, '789'],
    ['bytes=0-9', 206, '0123456789'],
    ['bytes=1-2,4-5', 206, '12'],
    ['bytes=5-20', 200, '0123456789'],
    ['bytes=10-', 200, '0123456789'],
    ['bytes=5-4', 200, '0123456789'],
    ['lines=1-2', 200, '0123456789'],
  ])('of the range %s is a %i', async (range, status, content) => {
    const response = await send('GET', 'media', 'digits.txt', { headers: { range } });
    expect([response.status, await response.text()]).toEqual([status, content]);
  });

  test('follows the HTTP standard for ranges when it is asked to', async () => {
    const get = (range: string): Promise<Response> =>
      send('GET', 'media', 'digits.txt', { headers: { range, 'x-oss-range-behavior': 'standard' } });
    expect(await (await get('bytes=5-20')).text()).toBe('56789');
    expect(await (await get('bytes=-20')).text()).toBe('0123456789');
    const beyond = await get('bytes=10-');
    expect([beyond.status, await errorOf(beyond)]).toEqual([416, 'InvalidRange']);
  });

  test('of an empty object is empty', async () => {
    await send('PUT', 'media', 'empty', { body: '' });
    const response = await send('GET', 'media', 'empty', { headers: { range: 'bytes=0-' } });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  test('honours conditions', async () => {
    const first = await send('GET', 'media', 'digits.txt');
    const etag = first.headers.get('etag') ?? '';
    const date = first.headers.get('last-modified') ?? '';
    const status = async (headers: Record<string, string>) =>
      (await send('GET', 'media', 'digits.txt', { headers })).status;
    expect(await status({ 'if-none-match': etag })).toBe(304);
    expect(await status({ 'if-none-match': '"other"' })).toBe(200);
    expect(await status({ 'if-modified-since': date })).toBe(304);
    expect(await status({ 'if-match': etag })).toBe(200);
    expect(await status({ 'if-match': '"other"' })).toBe(412);
    expect(await status({ 'if-unmodified-since': new Date(0).toUTCString() })).toBe(412);
    expect(await status({ range: 'bytes=0-1', 'if-range': etag })).toBe(206);
    expect(await status({ range: 'bytes=0-1', 'if-range': '"other"' })).toBe(200);
  });

  test('of media and plain text may open in a browser', async () => {
    for (const type of ['audio/wav', 'video/mp4', 'image/png', 'text/plain; charset=utf-8', 'application/json']) {
      await send('PUT', 'media', 'x', { body: 'x', headers: { 'content-type': type } });
      const { headers } = await send('GET', 'media', 'x');
      expect([headers.get('content-type'), headers.get('content-disposition')]).toEqual([type, null]);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  test('of what could run as a page is a download in a sandbox, even when the caller asks otherwise', async () => {
    for (const type of [
      'text/html',
      'TEXT/HTML ;x',
      'image/svg+xml',
      'application/xhtml+xml',
      'text/xml',
      'nonsense',
      'text/plain,text/html',
    ]) {
      await send('PUT', 'media', 'x', { body: '<script>', headers: { 'content-type': type } });
      const query = { 'response-content-disposition': 'inline' };
      const { headers } = await send('GET', 'media', 'x', { query });
      expect([type, headers.get('content-disposition')]).toEqual([type, 'attachment']);
      expect(headers.get('content-security-policy')).toContain('sandbox');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
    const html = await send('GET', 'media', 'digits.txt', { query: { 'response-content-type': 'text/html' } });
    expect(html.headers.get('content-disposition')).toBe('attachment');
  });

  test('takes headers from signed parameters, but no line breaks', async () => {
    const query = {
      'response-content-disposition': 'attachment; filename="a.txt"',
      'response-cache-control': 'no-store',
    };
    const { headers } = await send('GET', 'media', 'digits.txt', { query });
    expect(headers.get('content-disposition')).toBe('attachment; filename="a.txt"');
    expect(headers.get('cache-control')).toBe('no-store');
    const injected = await send('GET', 'media', 'digits.txt', {
      query: { 'response-expires': 'x\r\nset-cookie: a=b' },
    });
    expect([injected.status, await errorOf(injected)]).toEqual([400, 'InvalidArgument']);
  });

  test('works by our own signed URLs, V1 and V4, and by no changed one', async () => {
    const get = {
      method: 'GET',
      bucket: 'media',
      key: 'digits.txt',
      query: new Map<string, string>(),
      headers: {},
    };
    const v1 = urlOf({ ...get, query: ossV1UrlQuery(get, alice, Math.trunc(clock.now() / 1000) + 60) });
    const v4 = urlOf({
      ...get,
      query: ossV4UrlQuery(get, alice, { region: 'cn-shanghai', now: clock.now(), expiresIn: 60 }),
    });
    for (const url of [v1, v4]) {
      expect(await (await fetch(url)).text()).toBe('0123456789');
      expect(await errorOf(await fetch(url.replace('digits', 'others')))).toBe('SignatureDoesNotMatch');
      expect(await errorOf(await fetch(url, { method: 'PUT', body: 'x' }))).toBe('SignatureDoesNotMatch');
    }
  });

  test('by HEAD has the headers and no body', async () => {
    const response = await send('HEAD', 'media', 'digits.txt');
    expect([response.headers.get('content-length'), await response.text()]).toEqual(['10', '']);
  });
});

describe('a connection', () => {
  test('that sends no headers in time is cut', async () => {
    await front.stop();
    await start({ headersTimeoutMs: 50 });
    const socket = await openRaw();
    socket.write('PUT /media/a HTTP/1.1\r\nhost: x\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('whose upload stands still is cut, and leaves nothing', async () => {
    await front.stop();
    await start({ idleTimeoutMs: 50 });
    const socket = await openRaw();
    socket.write(`${signedHead('PUT', 'a')}content-length: 1000\r\n\r\nhalf`);
    await once(socket.resume(), 'close');
    await waitFor(async () => (await readdir(join(root, 'media/%tmp'))).length === 0);
    expect((await readdir(join(root, 'media'))).toSorted()).toEqual(['%bucket.json', '%tmp']);
  });

  test('that is idle ends at once when the front stops; one in use gets its answer first', async () => {
    const idle = await openRaw();
    idle.write(`${signedHead('GET', 'none')}\r\n`);
    await once(idle, 'data');
    const busy = await openRaw();
    busy.write(`${signedHead('PUT', 'late')}content-length: 5\r\n\r\nhel`);
    await waitFor(async () => (await readdir(join(root, 'media/%tmp'))).length === 1);
    const stopping = front.stop();
    await once(idle.resume(), 'close');
    busy.write('lo');
    expect(await text(busy)).toMatch(/^HTTP\/1\.1 200 /);
    await stopping;
    expect(await readFile(join(root, 'media/late'), 'utf8')).toBe('hello');
    await front.stop();
  });

  test('that never ends is cut when the grace of a stop is over', async () => {
    await front.stop();
    await start({ stopGraceMs: 50 });
    const socket = await openRaw();
    socket.on('error', () => undefined);
    socket.write(`${signedHead('PUT', 'late')}content-length: 5\r\n\r\nhel`);
    await waitFor(async () => (await readdir(join(root, 'media/%tmp'))).length === 1);
    await front.stop();
    await waitFor(async () => (await readdir(join(root, 'media/%tmp'))).length === 0);
  });
});

async function openRaw(): Promise<Socket> {
  const socket = connect(front.port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/** Request line and signed headers of a request without a content type, open for more headers. */
function signedHead(method: string, key: string, signer: Key = alice): string {
  const headers = { date: new Date(clock.now()).toUTCString() };
  const authorization = ossV1Authorization({ method, bucket: 'media', key, query: new Map(), headers }, signer);
  return `${method} /media/${key} HTTP/1.1\r\nhost: x\r\ndate: ${headers.date}\r\nauthorization: ${authorization}\r\n`;
}

/** Looks again at each turn of the event loop until it is so; the test's own time limit ends it otherwise. */
async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}
