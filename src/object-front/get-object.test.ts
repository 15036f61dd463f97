import { beforeEach, describe, expect, test } from 'vitest';
import { ossV1UrlQuery } from '../auth/oss-signature-v1.ts';
import { ossV4UrlQuery } from '../auth/oss-signature-v4.ts';
import { ALICE, errorOf, FrontFixture } from './contract/front-fixture.ts';

const at = new FrontFixture();

describe('a download', () => {
  beforeEach(() => at.send('PUT', 'media', 'digits.txt', { body: '0123456789' }));

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
    const response = await at.send('GET', 'media', 'digits.txt', { headers: { range } });
    expect([response.status, await response.text()]).toEqual([status, content]);
  });

  test('follows the HTTP standard for ranges when it is asked to', async () => {
    const get = (range: string): Promise<Response> =>
      at.send('GET', 'media', 'digits.txt', { headers: { range, 'x-oss-range-behavior': 'standard' } });
    expect(await (await get('bytes=5-20')).text()).toBe('56789');
    expect(await (await get('bytes=-20')).text()).toBe('0123456789');
    const beyond = await get('bytes=10-');
    expect([beyond.status, await errorOf(beyond)]).toEqual([416, 'InvalidRange']);
  });

  test('of an empty object is empty', async () => {
    await at.send('PUT', 'media', 'empty', { body: '' });
    const response = await at.send('GET', 'media', 'empty', { headers: { range: 'bytes=0-' } });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  test('honours conditions', async () => {
    const first = await at.send('GET', 'media', 'digits.txt');
    const etag = first.headers.get('etag') ?? '';
    const date = first.headers.get('last-modified') ?? '';
    const status = async (headers: Record<string, string>) =>
      (await at.send('GET', 'media', 'digits.txt', { headers })).status;
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
      await at.send('PUT', 'media', 'x', { body: 'x', headers: { 'content-type': type } });
      const { headers } = await at.send('GET', 'media', 'x');
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
      await at.send('PUT', 'media', 'x', { body: '<script>', headers: { 'content-type': type } });
      const query = { 'response-content-disposition': 'inline' };
      const { headers } = await at.send('GET', 'media', 'x', { query });
      expect([type, headers.get('content-disposition')]).toEqual([type, 'attachment']);
      expect(headers.get('content-security-policy')).toContain('sandbox');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
    const html = await at.send('GET', 'media', 'digits.txt', { query: { 'response-content-type': 'text/html' } });
    expect(html.headers.get('content-disposition')).toBe('attachment');
  });

  test('takes headers from signed parameters, but no line breaks', async () => {
    const query = {
      'response-content-disposition': 'attachment; filename="a.txt"',
      'response-cache-control': 'no-store',
    };
    const { headers } = await at.send('GET', 'media', 'digits.txt', { query });
    expect(headers.get('content-disposition')).toBe('attachment; filename="a.txt"');
    expect(headers.get('cache-control')).toBe('no-store');
    const injected = await at.send('GET', 'media', 'digits.txt', {
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
    const v1 = at.urlOf({ ...get, query: ossV1UrlQuery(get, ALICE, Math.trunc(at.clock.now() / 1000) + 60) });
    const v4 = at.urlOf({
      ...get,
      query: ossV4UrlQuery(get, ALICE, { region: 'cn-shanghai', now: at.clock.now(), expiresIn: 60 }),
    });
    for (const url of [v1, v4]) {
      expect(await (await fetch(url)).text()).toBe('0123456789');
      expect(await errorOf(await fetch(url.replace('digits', 'others')))).toBe('SignatureDoesNotMatch');
      expect(await errorOf(await fetch(url, { method: 'PUT', body: 'x' }))).toBe('SignatureDoesNotMatch');
    }
  });

  test('by HEAD has the headers and no body', async () => {
    const response = await at.send('HEAD', 'media', 'digits.txt');
    expect([response.headers.get('content-length'), await response.text()]).toEqual(['10', '']);
  });
});
