import { expect, test } from 'vitest';
import { parseObjectAddress } from './object-address.ts';
import { plainAddress, plainAddresses } from './plain-address.ts';

function parsed(text: string): Parameters<typeof plainAddress>[0] {
  const address = parseObjectAddress(text, ['http://127.0.0.1:7789']);
  if (address.kind === 'invalid') throw new Error(address.reason);
  return address;
}

test('every way to write an object has one spelling', () => {
  const ways = [
    'oss://bucket/a b/ü.mp4',
    'oss://bucket.oss-cn-shanghai.aliyuncs.com/a b/ü.mp4',
    'https://bucket.oss-cn-beijing.aliyuncs.com/a%20b/%C3%BC.mp4?Signature=x',
    'http://127.0.0.1:7789/bucket/a%20b/%C3%BC.mp4',
  ];
  expect(new Set(ways.map((way) => plainAddress(parsed(way))))).toEqual(new Set(['oss://bucket/a b/ü.mp4']));
});

test('an oss key with percent signs can also be meant decoded', () => {
  expect(plainAddresses(parsed('oss://bucket/a%20b'))).toEqual(['oss://bucket/a%20b', 'oss://bucket/a b']);
  expect(plainAddresses(parsed('oss://bucket/a b'))).toEqual(['oss://bucket/a b']);
});

test('a public URL is itself, with its query', () => {
  expect(plainAddresses(parsed('HTTPS://Example.com/a.mp4?v=1'))).toEqual(['https://example.com/a.mp4?v=1']);
});
