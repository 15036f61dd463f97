import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import OSS from 'ali-oss';
import { describe, expect, test } from 'vitest';
import { ALICE, BOB, errorOf, FrontFixture } from './contract/front-fixture.ts';

const at = new FrontFixture();

describe.each([
  ['V1', false],
  ['V4', true],
])('the official client, signing %s', (_, authorizationV4) => {
  function client(options: Partial<OSS.Options> = {}): OSS {
    return new OSS({
      accessKeyId: ALICE.id,
      accessKeySecret: ALICE.secret,
      endpoint: at.base,
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
    const file = join(at.root, 'local');
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

  test('replaces no object where that is forbidden', async () => {
    const headers = { 'x-oss-forbid-overwrite': 'true' };
    await client().put('once', Buffer.from('first'), { headers });
    await expect(client().put('once', Buffer.from('second'), { headers })).rejects.toMatchObject({
      ...{ code: 'FileAlreadyExists', status: 409 },
    });
    expect(((await client().get('once')).content as Buffer).toString()).toBe('first');
  });

  test('deletes an object, and again', async () => {
    await client().put('talks/a.wav', Buffer.from('sound'));
    expect((await client().delete('talks/a.wav')).res.status).toBe(204);
    await expect(client().get('talks/a.wav')).rejects.toMatchObject({ code: 'NoSuchKey', status: 404 });
    expect((await client().delete('talks/a.wav')).res.status).toBe(204);
    await expect(client({ bucket: 'nowhere' }).delete('a')).rejects.toMatchObject({ code: 'NoSuchBucket' });
  });

  test('gets a range', async () => {
    await client().put('digits', Buffer.from('0123456789'));
    const got = await client().get('digits', { headers: { Range: 'bytes=2-4' } });
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
    const stranger = client({ accessKeyId: BOB.id, accessKeySecret: BOB.secret });
    await expect(stranger.get('a')).rejects.toMatchObject({ code: 'AccessDenied', status: 403 });
    await expect(stranger.putBucket('media')).rejects.toMatchObject({ code: 'BucketAlreadyExists', status: 409 });
    await expect(stranger.delete('a')).rejects.toMatchObject({ code: 'AccessDenied', status: 403 });
    await expect(client().deleteBucket('media')).rejects.toMatchObject({ code: 'NotImplemented', status: 501 });
    await expect(client().list({ 'max-keys': 10 }, {})).rejects.toMatchObject({ code: 'NotImplemented' });
    await expect(client().initMultipartUpload('a')).rejects.toMatchObject({ code: 'NotImplemented' });
    at.clock.advance(16 * 60_000);
    await expect(client().get('a')).rejects.toMatchObject({ code: 'RequestTimeTooSkewed', status: 403 });
  });

  test('makes URLs that anybody can use until they expire', async () => {
    await client().put('talks/a b.wav', Buffer.from('sound'));
    const local = client({ endpoint: `http://localhost:${at.front?.port}` });
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
    at.clock.advance(62_000);
    expect(await errorOf(await reach())).toBe('AccessDenied');
  });
});
