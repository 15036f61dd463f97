import { open } from 'node:fs/promises';

/** Hertz, of everything that is mixed. */
export const DUB_SAMPLE_RATE = 48_000;
const CHANNELS = 2;
/** A frame is one sample of each channel, signed 16 bit little-endian. */
export const BYTES_PER_FRAME = 2 * CHANNELS;

/** Bytes that are looked through for the samples: ffmpeg writes at most 92 before them. */
const LONGEST_HEADER = 4096;
/** The lengths of a plain WAV are 32 bits: 6.2 hours. What is longer is an RF64. */
const LARGEST_PLAIN = 2 ** 32 - 1024;

export type StereoWav = {
  /** Bytes before the first frame. */
  readonly offset: number;
  readonly frames: number;
};

/** How many frames a time has. */
export function framesOf(seconds: number): number {
  return Math.round(seconds * DUB_SAMPLE_RATE);
}

/**
 * Where the frames of a WAV or RF64 lie, which has to be of 48 kHz, stereo and 16 bit; undefined for another file.
 * Its length is taken from the size of the file.
 */
export async function readStereoWav(path: string): Promise<StereoWav | undefined> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LONGEST_HEADER), 0, LONGEST_HEADER, 0);
    const offset = samplesOffset(buffer.subarray(0, bytesRead));
    return offset === undefined ? undefined : { offset, frames: Math.floor((size - offset) / BYTES_PER_FRAME) };
  } finally {
    await file.close();
  }
}

function samplesOffset(bytes: Buffer): number | undefined {
  if (bytes.length < 12 || bytes.toString('latin1', 8, 12) !== 'WAVE') return undefined;
  let isRight = false;
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    if (name === 'data') return isRight ? at + 8 : undefined;
    if (name === 'fmt ' && at + 24 <= bytes.length) {
      const [channels, rate, bits] = [
        bytes.readUInt16LE(at + 10),
        bytes.readUInt32LE(at + 12),
        bytes.readUInt16LE(at + 22),
      ];
      isRight = channels === CHANNELS && rate === DUB_SAMPLE_RATE && bits === 16;
    }
    at += 8 + size + (size % 2);
  }
  return undefined;
}

/** What stands before so many frames. */
export function stereoWavHeader(frames: number): Buffer {
  const bytes = frames * BYTES_PER_FRAME;
  const isPlain = bytes <= LARGEST_PLAIN;
  const header = Buffer.concat([
    chunk(isPlain ? 'RIFF' : 'RF64', Buffer.from('WAVE', 'latin1')),
    isPlain ? Buffer.alloc(0) : chunk('ds64', longLengths(bytes, frames)),
    chunk('fmt ', format()),
    chunk('data', Buffer.alloc(0)),
  ]);
  header.writeUInt32LE(isPlain ? header.length - 8 + bytes : 0xffff_ffff, 4);
  header.writeUInt32LE(isPlain ? bytes : 0xffff_ffff, header.length - 4);
  return header;
}

function chunk(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 0, 'latin1');
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
}

function format(): Buffer {
  const content = Buffer.alloc(16);
  content.writeUInt16LE(1, 0);
  content.writeUInt16LE(CHANNELS, 2);
  content.writeUInt32LE(DUB_SAMPLE_RATE, 4);
  content.writeUInt32LE(DUB_SAMPLE_RATE * BYTES_PER_FRAME, 8);
  content.writeUInt16LE(BYTES_PER_FRAME, 12);
  content.writeUInt16LE(16, 14);
  return content;
}

/** Of the whole file behind its first eight bytes, of the samples, and how many frames; no table behind. */
function longLengths(bytes: number, frames: number): Buffer {
  const content = Buffer.alloc(28);
  const before = 4 + (8 + content.length) + (8 + 16) + 8;
  content.writeBigUInt64LE(BigInt(before + bytes), 0);
  content.writeBigUInt64LE(BigInt(bytes), 8);
  content.writeBigUInt64LE(BigInt(frames), 16);
  return content;
}
