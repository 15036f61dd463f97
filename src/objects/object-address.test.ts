import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseObjectAddress } from './object-address.ts';

const OWN = ['http://127.0.0.1:7789', 'https://objects.example.com/store/'];
const object = (bucket: string, key: string) => ({ kind: 'object', bucket, key });

describe('an object address', () => {
  test.each([
    'oss://media/talks/a.wav',
    'OSS://media/talks/a.wav',
    'oss://media.oss-cn-shanghai.aliyuncs.com/talks/a.wav',
    'oss://media.oss-cn-shanghai-internal.aliyuncs.com/talks/a.wav',
    'http://media.oss-cn-shanghai.aliyuncs.com/talks/a.wav',
    'https://media.oss-cn-shanghai-internal.aliyuncs.com/talks/a.wav',
    'https://media.oss-cn-shanghai.aliyuncs.com:443/talks/a.wav',
    'https://MEDIA.OSS-cn-shanghai.aliyuncs.com/talks/a.wav',
    'https://media.oss-cn-shanghai.aliyuncs.com/talks%2Fa.wav?Expires=1&Signature=x#part',
    'http://127.0.0.1:7789/media/talks/a.wav?x-oss-signature=1',
    'https://objects.example.com/store/media/talks/a.wav',
  ])('%s is the object media, talks/a.wav', (text) => {
    expect(parseObjectAddress(text, OWN)).toEqual(object('media', 'talks/a.wav'));
  });

  test('keeps the key of an oss address as it is, and offers the decoded one beside it', () => {
    expect(parseObjectAddress('oss://media/a?b=c#d')).toEqual(object('media', 'a?b=c#d'));
    expect(parseObjectAddress('oss://media/a%20b.wav')).toEqual({
      ...object('media', 'a%20b.wav'),
      decodedKey: 'a b.wav',
    });
    expect(parseObjectAddress('oss://media/100%')).toEqual(object('media', '100%'));
    expect(parseObjectAddress('oss://media/%2Fa')).toEqual(object('media', '%2Fa'));
  });

  test('decodes the key of a URL once', () => {
    expect(parseObjectAddress('https://media.oss-cn-beijing.aliyuncs.com/%E4%BC%9A%2520.wav')).toEqual(
      object('media', '会%20.wav'),
    );
  });

  test.each([
    'https://example.com/media/a.wav',
    'http://127.0.0.1:7788/media/a.wav',
    'http://127.0.0.1:7790/media/a.wav',
    'https://objects.example.com/storehouse/media/a.wav',
    'https://media.oss-cn-shanghai.aliyuncs.com.evil.example/a.wav',
    'https://media.oss-cn-shanghai.aliyuncs.com:8443/a.wav',
    'https://a.b.oss-cn-shanghai.aliyuncs.com/a.wav',
  ])('%s is a URL like any other', (text) => {
    expect(parseObjectAddress(text, OWN)).toEqual({ kind: 'url', url: text });
  });

  test.each([
    ['', /not an address/],
    ['a.wav', /use oss:\/\/bucket\/key/],
    ['/etc/passwd', /not an address/],
    ['file:///etc/passwd', /not an address/],
    ['ftp://example.com/a.wav', /not an address/],
    ['http://', /not an address/],
    ['http://[::1/a.wav', /not an address/],
    ['oss://media', /key is empty/],
    ['oss://media/', /key is empty/],
    ['oss:///a.wav', /bucket name ""/],
    ['oss://Media/a.wav', /bucket name "Media"/],
    ['oss://media//a.wav', /begins with a slash/],
    ['oss://media/\ud800', /surrogate/],
    [`oss://media/${'x'.repeat(1024)}`, /1024 bytes/],
    ['http://127.0.0.1:7789/media', /key is empty/],
    ['https://media.oss-cn-shanghai.aliyuncs.com/%FF', /percent-encoded/],
    ['a\u001b[31m.wav', /\\u001b/],
  ])('%j is refused with a reason', (text, reason) => {
    const address = parseObjectAddress(text, OWN);
    expect(address).toMatchObject({ kind: 'invalid', reason: expect.stringMatching(reason) });
  });

  test('never throws, and names only buckets and keys that are valid', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .tuple(fc.constantFrom('oss://', 'http://', 'https://', 'http://127.0.0.1:7789/'), fc.string())
        .map((t) => t.join('')),
    );
    fc.assert(
      fc.property(text, (input) => {
        const address = parseObjectAddress(input, [...OWN, 'not a url']);
        if (address.kind !== 'object') return;
        expect(address.bucket).toMatch(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
        expect(address.key).toMatch(/^[^/\\]/);
      }),
      { numRuns: 2000 },
    );
  });
});
