import { deflateSync, gzipSync } from 'node:zlib';
import type { HostileFile } from './hostile-file.ts';

const MIB = 1024 * 1024;

/** A WAV of raw bytes; what its header says need not be so. */
function wav(
  samples: Buffer,
  {
    channels = 1,
    rate = 16_000,
    bits = 16,
    said = samples.length,
  }: Partial<Record<'channels' | 'rate' | 'bits' | 'said', number>> = {},
): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(Math.min(0xffff_ffff, said + 36), 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE((rate * channels * (bits >> 3)) >>> 0, 28);
  head.writeUInt16LE((channels * (bits >> 3)) & 0xffff, 32);
  head.writeUInt16LE(bits, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(said, 40);
  return Buffer.concat([head, samples]);
}

/** Bytes that look random and are the same each time. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0, state = 1; at < length; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** Sounds that lie about their size, and what is no sound at all. */
export function sounds(): HostileFile[] {
  const silence = Buffer.alloc(32_000);
  const files: Record<string, [string, Buffer, string]> = {
    // What live streams say: it is read to where it really ends.
    'WAV that says to hold four gigabytes': ['endless.mp3', wav(silence, { said: 0xffff_ffff }), 'NoValidVocal'],
    'WAV of one sample a second': ['slow.mp3', wav(Buffer.alloc(MIB), { rate: 1, bits: 8 }), 'InputFileTooLarge'],
    'WAV of 18 hours': ['long.mp3', wav(Buffer.alloc(64_800), { rate: 1, bits: 8 }), 'InputFileTooLarge'],
    'WAV of no rate': ['rate.mp3', wav(silence, { rate: 0 }), 'InputFileUnreadable'],
    'WAV of no channels': ['none.mp3', wav(silence, { channels: 0 }), 'InputFileUnreadable'],
    'WAV of 65535 channels': ['many.mp3', wav(silence, { channels: 65_535 }), 'InputFileUnreadable'],
    'WAV that ends at its header': ['header.mp3', wav(Buffer.alloc(0)), 'InputFileUnreadable'],
    'zip bomb': ['bomb.mp3', zip(gzipSync(Buffer.alloc(16 * MIB))), 'InputFileUnreadable'],
    'gzip bomb': ['bomb2.mp3', gzipSync(Buffer.alloc(16 * MIB)), 'InputFileUnreadable'],
    'MP3 tag that unpacks to 16 MiB': ['tag.mp3', id3(deflateSync(Buffer.alloc(16 * MIB))), 'InputFileUnreadable'],
    'MP3 tag that says to be 256 MiB': [
      'tag2.mp3',
      Buffer.from('ID3\x04\0\0\x7f\x7f\x7f\x7f', 'latin1'),
      'InputFileUnreadable',
    ],
    'AU of unknown length': [
      'au.mp3',
      Buffer.from('.snd\0\0\0\x18\xff\xff\xff\xff\0\0\0\x03\0\0\0\0\0\0\0\0', 'latin1'),
      'InputFileUnreadable',
    ],
    garbage: ['garbage.wav', noise(MIB), 'InputFileUnreadable'],
    zeros: ['zeros.wav', Buffer.alloc(MIB), 'InputFileUnreadable'],
    ones: ['ones.wav', Buffer.alloc(MIB, 0xff), 'InputFileUnreadable'],
    'one byte': ['byte.wav', Buffer.from([0]), 'InputFileUnreadable'],
    nothing: ['nothing.wav', Buffer.alloc(0), 'InputFileUnreadable'],
    'PNG header of a huge picture': ['picture.mp4', png(0x7fff_ffff, 0x7fff_ffff), 'InputFileUnreadable'],
    'SVG that names a file': [
      'svg.mp4',
      Buffer.from('<svg><image href="file:///etc/passwd"/></svg>'),
      'InputFileUnreadable',
    ],
    'script of a frame server': [
      'script.wav',
      Buffer.from('import vapoursynth\nwhile True: pass\n'),
      'InputFileUnreadable',
    ],
    'shell script': ['run.sh', Buffer.from('#!/bin/sh\nreboot\n'), 'InputFileUnreadable'],
    'playlist behind a recording': [
      'both.m3u8',
      Buffer.concat([wav(silence), Buffer.from('#EXTM3U\n/etc/passwd\n')]),
      'NoValidVocal',
    ],
    'recording behind a playlist': [
      'both.wav',
      Buffer.concat([Buffer.from('#EXTM3U\n/etc/passwd\n'), wav(silence)]),
      'InputPlaylistInvalid',
    ],
    'recording with the name of a playlist': ['%d $(id) `id` "; -i.m3u8', wav(silence), 'NoValidVocal'],
  };
  return Object.entries(files).map(([name, [key, content, code]]) => ({ name, key, content, code }));
}

/** The local header of a zip file's one entry, and the entry. */
function zip(content: Buffer): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x0403_4b50);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(content.length, 18);
  head.writeUInt32LE(0xffff_ffff, 22);
  head.writeUInt16LE(1, 26);
  return Buffer.concat([head, Buffer.from('a'), content]);
}

/** An ID3v2.4 tag whose picture is compressed. */
function id3(content: Buffer): Buffer {
  const synchsafe = (value: number): Buffer => Buffer.from([21, 14, 7, 0].map((shift) => (value >> shift) & 0x7f));
  const flags = Buffer.from([0, 0b0000_1001]);
  const frame = Buffer.concat([
    Buffer.from('APIC'),
    synchsafe(content.length + 4),
    flags,
    synchsafe(16 * MIB),
    content,
  ]);
  return Buffer.concat([Buffer.from('ID3\x04\0\0', 'latin1'), synchsafe(frame.length), frame]);
}

function png(width: number, height: number): Buffer {
  const head = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  const size = Buffer.alloc(17);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.writeUInt8(8, 8);
  return Buffer.concat([head, size, noise(1000)]);
}
