import { describe, expect, test } from 'vitest';
import { parseAccountId } from '../jobs/account.ts';
import type { AccessKeys } from './access-key.ts';
import type { OssRequest } from './oss-request.ts';
import { ossV1Authorization, ossV1StringToSign, ossV1UrlQuery } from './oss-signature-v1.ts';
import { ossV4Authorization, ossV4UrlQuery } from './oss-signature-v4.ts';
import { verifyOssSignature } from './oss-signature.ts';

const account = parseAccountId('1000000000000001')!;
const key = { id: 'ak', secret: 'sk', account, principal: { kind: 'root' }, status: 'Active' } as const;
const keys: AccessKeys = { find: async (id) => ({ key: id === key.id ? key : undefined }), used: () => undefined };
const MINUTE = 60_000;

function request(parts: Partial<OssRequest>): OssRequest {
  return { method: 'PUT', bucket: 'bucket', key: '1234+-/123/1.txt', query: new Map(), headers: {}, ...parts };
}

// The vectors below are those of the vendor's own Go client (credentials ak / sk).
const v1Headers = {
  'content-md5': 'eB5eJF1ptWaXm4bijSPyxw==',
  'content-type': 'text/html',
  'x-oss-meta-author': 'alice',
  'x-oss-meta-magic': 'abracadabra',
  'x-oss-date': 'Wed, 28 Dec 2022 10:27:41 GMT',
};
const V1_TIME = Date.parse('2022-12-28T10:27:41Z');

const v4Query = new Map([
  ['param1', 'value1'],
  ['+param1', 'value3'],
  ['|param1', 'value4'],
  ['+param2', ''],
  ['|param2', ''],
  ['param2', ''],
]);
const v4Headers = {
  'x-oss-head1': 'value',
  abc: 'value',
  zabc: 'value',
  xyz: 'value',
  'content-type': 'text/plain',
};
const unsigned = { 'x-oss-content-sha256': 'UNSIGNED-PAYLOAD' };

describe('V1 in the header', () => {
  const put = request({ bucket: 'examplebucket', key: 'nelson', headers: v1Headers });

  test('signs the string of the vendor vector', () => {
    expect(ossV1StringToSign(put, v1Headers['x-oss-date'])).toBe(
      'PUT\neB5eJF1ptWaXm4bijSPyxw==\ntext/html\nWed, 28 Dec 2022 10:27:41 GMT\n' +
        'x-oss-date:Wed, 28 Dec 2022 10:27:41 GMT\nx-oss-meta-author:alice\nx-oss-meta-magic:abracadabra\n' +
        '/examplebucket/nelson',
    );
    expect(ossV1Authorization(put, key)).toBe('OSS ak:kSHKmLxlyEAKtZPkJhG9bZb5k7M=');
  });

  test('signs known sub-resources in order and leaves other parameters out', () => {
    expect(ossV1Authorization({ ...put, query: new Map([['acl', '']]) }, key)).toBe(
      'OSS ak:/afkugFbmWDQ967j1vr6zygBLQk=',
    );
    const headers = { 'x-oss-date': v1Headers['x-oss-date'] };
    const bucketGet = request({ method: 'GET', bucket: 'examplebucket', key: '', headers });
    const both = new Map([
      ['resourceGroup', ''],
      ['acl', ''],
      ['non-resource', 'null'],
    ]);
    expect(ossV1Authorization({ ...bucketGet, query: both }, key)).toBe('OSS ak:x3E5TgOvl/i7PN618s5mEvpJDYk=');
  });

  test('verifies what it signed, up to 15 minutes each way', async () => {
    const signed = { ...put, headers: { ...v1Headers, authorization: ossV1Authorization(put, key) } };
    for (const now of [V1_TIME, V1_TIME + 15 * MINUTE, V1_TIME - 15 * MINUTE]) {
      expect(await verifyOssSignature(signed, keys, now)).toEqual({ kind: 'verified', key });
    }
    for (const now of [V1_TIME + 15 * MINUTE + 1000, V1_TIME - 15 * MINUTE - 1000]) {
      expect(await verifyOssSignature(signed, keys, now)).toMatchObject({ code: 'RequestTimeTooSkewed' });
    }
  });

  test('refuses a disabled key, also with the right signature', async () => {
    const signed = { ...put, headers: { ...v1Headers, authorization: ossV1Authorization(put, key) } };
    const disabled: AccessKeys = { ...keys, find: async () => ({ key: { ...key, status: 'Inactive' } }) };
    expect(await verifyOssSignature(signed, disabled, V1_TIME)).toMatchObject({
      code: 'InvalidAccessKeyId',
      message: expect.stringContaining('disabled'),
    });
  });

  test('refuses any change of what was signed, and shows the string to sign without the secret', async () => {
    const authorization = ossV1Authorization(put, key);
    for (const change of [
      { method: 'GET' },
      { key: 'other' },
      { bucket: 'another' },
      { query: new Map([['acl', '']]) },
      { headers: { ...v1Headers, authorization, 'content-type': 'text/plain' } },
    ]) {
      const verdict = await verifyOssSignature(
        { ...put, headers: { ...v1Headers, authorization }, ...change },
        keys,
        V1_TIME,
      );
      expect(verdict).toMatchObject({ code: 'SignatureDoesNotMatch', stringToSign: expect.stringContaining('\n') });
    }
  });
});

describe('V1 in the URL', () => {
  test('matches the vendor vectors, a plus in the key included', () => {
    const get = request({ method: 'GET', key: 'key', query: new Map([['versionId', 'versionId']]) });
    expect(ossV1UrlQuery(get, key, 1_699_807_420).get('Signature')).toBe('dcLTea+Yh9ApirQ8o8dOPqtvJXQ=');
    const query = new Map([...get.query, ['security-token', 'token']]);
    expect(ossV1UrlQuery({ ...get, key: 'key+123', query }, key, 1_699_808_204).get('Signature')).toBe(
      'jzKYRrM5y6Br0dRFPaTGOsbrDhY=',
    );
  });

  test('is good until it expires', async () => {
    const get = request({ method: 'GET' });
    const signed = { ...get, query: ossV1UrlQuery(get, key, 1000) };
    expect(await verifyOssSignature(signed, keys, 1_000_000)).toMatchObject({ kind: 'verified' });
    expect(await verifyOssSignature(signed, keys, 1_000_001)).toMatchObject({
      code: 'AccessDenied',
      message: 'Request has expired.',
    });
    const prolonged = { ...get, query: new Map([...signed.query, ['Expires', '2000']]) };
    expect(await verifyOssSignature(prolonged, keys, 1_000_000)).toMatchObject({ code: 'SignatureDoesNotMatch' });
  });
});

describe('V4 in the header', () => {
  function at(seconds: number, additional: string[] = []) {
    const time = new Date(seconds * 1000).toISOString().replaceAll(/[-:]|\.\d+/g, '');
    const unauthorized = request({ query: v4Query, headers: { ...v4Headers, ...unsigned, 'x-oss-date': time } });
    const authorization = ossV4Authorization(unauthorized, key, 'cn-hangzhou', additional);
    return { ...unauthorized, headers: { ...unauthorized.headers, authorization } };
  }

  test('matches the vendor vectors, with and without additional headers', () => {
    expect(at(1_702_743_657).headers.authorization).toBe(
      'OSS4-HMAC-SHA256 Credential=ak/20231216/cn-hangzhou/oss/aliyun_v4_request,' +
        'Signature=e21d18daa82167720f9b1047ae7e7f1ce7cb77a31e8203a7d5f4624fa0284afe',
    );
    expect(at(1_702_747_512, ['abc', 'zabc']).headers.authorization).toBe(
      'OSS4-HMAC-SHA256 Credential=ak/20231216/cn-hangzhou/oss/aliyun_v4_request,AdditionalHeaders=abc;zabc,' +
        'Signature=4a4183c187c07c8947db7620deb0a6b38d9fbdd34187b6dbaccb316fa251212f',
    );
  });

  test('verifies within 15 minutes, blanks after commas allowed', async () => {
    const signed = at(1_702_747_512, ['abc', 'zabc']);
    const now = 1_702_747_512_000;
    const spaced = { ...signed.headers, authorization: signed.headers.authorization.replaceAll(',', ', ') };
    expect(await verifyOssSignature(signed, keys, now + 15 * MINUTE)).toEqual({ kind: 'verified', key });
    expect(await verifyOssSignature({ ...signed, headers: spaced }, keys, now)).toEqual({ kind: 'verified', key });
    expect(await verifyOssSignature(signed, keys, now + 15 * MINUTE + 1)).toMatchObject({
      code: 'RequestTimeTooSkewed',
    });
  });

  test('refuses a changed signed header, and an additional header that did not arrive', async () => {
    const signed = at(1_702_747_512, ['abc']);
    const changed = { ...signed, headers: { ...signed.headers, abc: 'other' } };
    expect(await verifyOssSignature(changed, keys, 1_702_747_512_000)).toMatchObject({
      code: 'SignatureDoesNotMatch',
    });
    const without = { ...signed.headers, abc: undefined };
    expect(await verifyOssSignature({ ...signed, headers: without }, keys, 1_702_747_512_000)).toMatchObject({
      code: 'InvalidArgument',
    });
    const unsignedHeader = { ...signed, headers: { ...signed.headers, xyz: 'other' } };
    expect(await verifyOssSignature(unsignedHeader, keys, 1_702_747_512_000)).toMatchObject({ kind: 'verified' });
  });

  test.each([
    ['another day', (text: string) => text.replace('20231216', '20231215')],
    ['another product', (text: string) => text.replace('/oss/', '/ice/')],
    ['no signature', (text: string) => text.slice(0, text.indexOf('Signature='))],
    ['no credential', (text: string) => text.replace('Credential', 'Creds')],
  ])('refuses a header with %s as malformed', async (_, damage) => {
    const signed = at(1_702_747_512);
    const headers = { ...signed.headers, authorization: damage(signed.headers.authorization) };
    expect(await verifyOssSignature({ ...signed, headers }, keys, 1_702_747_512_000)).toMatchObject({
      code: 'InvalidArgument',
    });
  });
});

describe('V4 in the URL', () => {
  const headers = { ...v4Headers, 'content-type': 'application/octet-stream' };
  const put = request({ query: v4Query, headers });

  test('matches the vendor vectors', () => {
    const scope = { region: 'cn-hangzhou', now: 1_702_781_677_000, expiresIn: 599 };
    expect(ossV4UrlQuery(put, key, scope).get('x-oss-signature')).toBe(
      'a39966c61718be0d5b14e668088b3fa07601033f6518ac7b523100014269c0fe',
    );
    const additional = { ...scope, now: 1_702_783_809_000, additionalHeaders: ['abc', 'zabc'] };
    expect(ossV4UrlQuery(put, key, additional).get('x-oss-signature')).toBe(
      '6bd984bfe531afb6db1f7550983a741b103a8c58e5e14f83ea474c2322dfa2b7',
    );
  });

  test('is good until it expires, not before its time, and for seven days at most', async () => {
    const now = 1_702_781_677_000;
    const sign = (expiresIn: number) => ({
      ...put,
      query: ossV4UrlQuery(put, key, { region: 'cn-hangzhou', now, expiresIn }),
    });
    expect(await verifyOssSignature(sign(599), keys, now + 599_000)).toMatchObject({ kind: 'verified' });
    expect(await verifyOssSignature(sign(599), keys, now + 599_001)).toMatchObject({
      message: 'Request has expired.',
    });
    expect(await verifyOssSignature(sign(599), keys, now - 16 * MINUTE)).toMatchObject({ code: 'AccessDenied' });
    expect(await verifyOssSignature(sign(604_801), keys, now)).toMatchObject({ code: 'InvalidArgument' });
    const prolonged = { ...put, query: new Map([...sign(599).query, ['x-oss-expires', '600']]) };
    expect(await verifyOssSignature(prolonged, keys, now)).toMatchObject({ code: 'SignatureDoesNotMatch' });
  });
});

describe('any request', () => {
  test('is refused without a signature, and with two', async () => {
    expect(await verifyOssSignature(request({}), keys, 0)).toMatchObject({ code: 'AccessDenied' });
    const twice = request({ headers: { authorization: 'OSS ak:x' }, query: new Map([['OSSAccessKeyId', 'ak']]) });
    expect(await verifyOssSignature(twice, keys, 0)).toMatchObject({ code: 'InvalidArgument' });
  });

  test('is refused with a scheme or a date that is not known', async () => {
    const basic = request({ headers: { authorization: 'Basic eDp5' } });
    expect(await verifyOssSignature(basic, keys, 0)).toMatchObject({ code: 'InvalidArgument' });
    const undated = request({ headers: { authorization: 'OSS ak:c2ln', date: 'yesterday' } });
    expect(await verifyOssSignature(undated, keys, 0)).toMatchObject({ code: 'AccessDenied' });
  });

  test('with an unknown key is told so, by a code of its own', async () => {
    const stranger = { id: 'nobody', secret: 'sk' };
    const put = request({ headers: { 'x-oss-date': v1Headers['x-oss-date'] } });
    const signed = { ...put, headers: { ...put.headers, authorization: ossV1Authorization(put, stranger) } };
    expect(await verifyOssSignature(signed, keys, V1_TIME)).toMatchObject({ code: 'InvalidAccessKeyId' });
  });
});
