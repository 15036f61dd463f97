import { describe, expect, test } from 'vitest';
import { partAddress } from './part-address.ts';

const OWN = ['http://127.0.0.1:7789'];
const OBJECT = { kind: 'object', bucket: 'films', key: 'talks/one/list.m3u8' } as const;
const URL_AT = { kind: 'url', url: 'https://cdn.example/talks/one/list.m3u8?token=x' } as const;

describe('beside an object', () => {
  test.each([
    ['a b.ts', 'oss://films/talks/one/a b.ts'],
    ['a%20b.ts', 'oss://films/talks/one/a%20b.ts'],
    ['./x/../a.ts?Expires=1#t', 'oss://films/talks/one/a.ts'],
    ['../two/a.ts', 'oss://films/talks/two/a.ts'],
    ['../../a.ts', 'oss://films/a.ts'],
    ['/a.ts', 'oss://films/a.ts'],
    ['?again', 'oss://films/talks/one/list.m3u8'],
    ['oss://films/other/a.ts', 'oss://films/other/a.ts'],
    [`${OWN[0]}/films/a.ts`, `${OWN[0]}/films/a.ts`],
    ['https://films.oss-cn-shanghai.aliyuncs.com/a.ts', 'https://films.oss-cn-shanghai.aliyuncs.com/a.ts'],
    ['https://cdn.example/a.ts', 'https://cdn.example/a.ts'],
    ['//cdn.example/a.ts', 'https://cdn.example/a.ts'],
    ['subfile,,start,0,end,0,,:/etc/passwd', 'oss://films/talks/one/subfile,,start,0,end,0,,:/etc/passwd'],
  ])('%s is %s', (reference, input) => {
    expect(partAddress(OBJECT, reference, OWN)).toEqual({ kind: 'part', input });
  });

  test.each([
    ['../../../a.ts', 'leads out of the bucket'],
    ['/../a.ts', 'leads out of the bucket'],
    ['oss://secrets/a.ts', 'another bucket'],
    [`${OWN[0]}/secrets/a.ts`, 'another bucket'],
    ['//secrets.oss-cn-shanghai.aliyuncs.com/a.ts', 'another bucket'],
    ['file:///etc/passwd', 'not one that is read from'],
    ['gopher://example.com/', 'not one that is read from'],
    ['data:text/plain,x', 'not one that is read from'],
    ['concat:a.ts|b.ts', 'not one that is read from'],
    ['crypto+file:///etc/passwd', 'not one that is read from'],
  ])('%s is refused', (reference, why) => {
    expect(partAddress(OBJECT, reference, OWN)).toEqual({
      kind: 'refused',
      reason: expect.stringContaining(why) as string,
    });
  });
});

describe('beside a URL', () => {
  test.each([
    ['a.ts', 'https://cdn.example/talks/one/a.ts'],
    ['../../../a.ts?sig=1', 'https://cdn.example/a.ts?sig=1'],
    ['//other.example/a.ts', 'https://other.example/a.ts'],
    ['http://10.0.0.1/a.ts', 'http://10.0.0.1/a.ts'],
  ])('%s is %s', (reference, input) => {
    expect(partAddress(URL_AT, reference, OWN)).toEqual({ kind: 'part', input });
  });

  test.each([
    ['oss://films/a.ts', 'use http, https'],
    ['file:///etc/passwd', 'use http, https'],
    ['data:text/plain,x', 'use http, https'],
    ['concat:a.ts|b.ts', 'use http, https'],
    ['http://', 'is not valid'],
    ['https://films.oss-cn-shanghai.aliyuncs.com/a.ts', 'that of an object'],
    ['https://films.oss-cn-shanghai.aliyuncs.com/%zz', 'that of an object'],
    [`${OWN[0]}/films/a.ts`, 'that of an object'],
  ])('%s is refused', (reference, why) => {
    expect(partAddress(URL_AT, reference, OWN)).toEqual({
      kind: 'refused',
      reason: expect.stringContaining(why) as string,
    });
  });

  test('a refusal does not tell a query', () => {
    expect(JSON.stringify(partAddress(URL_AT, 'ftp://x/a?secret', OWN))).not.toContain('secret');
  });
});
