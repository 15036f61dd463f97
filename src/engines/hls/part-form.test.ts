import { expect, test } from 'vitest';
import { packedStart, partForm } from './part-form.ts';

const packet = Buffer.concat([Buffer.from([0x47]), Buffer.alloc(187)]);

test.each([
  ['MPEG-TS', Buffer.concat([packet, packet]), 'ts'],
  ['one packet of MPEG-TS', packet, 'ts'],
  ['text that begins like MPEG-TS', Buffer.alloc(400, 'GIF89a'), undefined],
  ['a fragment of MP4', Buffer.from('\0\0\0\x18styp'), 'mp4'],
  ['AAC', Buffer.from([0xff, 0xf1, 0x4c, 0x80]), 'sound'],
  ['MP3', Buffer.from([0xff, 0xfb, 0x90, 0x64]), 'sound'],
  ['AC-3', Buffer.from([0x0b, 0x77, 0, 0]), 'sound'],
  ['sound behind a tag', Buffer.from('ID3\x04\0\0\0\0\0\0'), 'sound'],
  ['subtitles', Buffer.from('WEBVTT\n\n'), undefined],
  ['a playlist', Buffer.from('#EXTM3U\n'), undefined],
  ['a page', Buffer.from('<!doctype html>'), undefined],
  ['nothing', Buffer.alloc(0), undefined],
])('%s is told by its first bytes', (_what, start, form) => {
  expect(partForm(start)).toBe(form);
});

test('when packed sound begins stands in a tag, in 33 bits', () => {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE((1n << 40n) + 900_000n);
  const owner = Buffer.from('ID3…com.apple.streaming.transportStreamTimestamp\0');
  expect(packedStart(Buffer.concat([owner, time]))).toBe(10);
  expect(packedStart(Buffer.concat([owner, time.subarray(0, 7)]))).toBeUndefined();
  expect(packedStart(Buffer.from('ID3\x04\0\0\0\0\0\0'))).toBeUndefined();
  expect(packedStart(time)).toBeUndefined();
});
