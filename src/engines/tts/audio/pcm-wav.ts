import { open, readFile } from 'node:fs/promises';

/** Mono sound in memory: one chunk of speech, never a whole recording. */
export type Pcm = {
  /** Hertz. */
  readonly sampleRate: number;
  readonly samples: Int16Array;
};

export const WAV_HEADER = 44;
export const BYTES_PER_SAMPLE = 2;
/** Bytes: three minutes at 48 kHz; a chunk of speech has some seconds. */
const LARGEST_CHUNK = 180 * 48_000 * BYTES_PER_SAMPLE;

/** Reads a mono WAV of signed 16 bit; undefined for anything else. What its header says of its length is not believed. */
export async function readPcmWav(path: string): Promise<Pcm | undefined> {
  const file = await open(path, 'r');
  try {
    if ((await file.stat()).size > LARGEST_CHUNK) return undefined;
  } finally {
    await file.close();
  }
  const bytes = await readFile(path);
  if (bytes.length < 12 || bytes.toString('latin1', 8, 12) !== 'WAVE') return undefined;
  let sampleRate = 0;
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    if (name === 'data')
      return sampleRate === 0 ? undefined : { sampleRate, samples: samplesOf(bytes, at + 8, size) };
    if (name === 'fmt ' && at + 24 <= bytes.length) {
      const isMonoInteger = bytes.readUInt16LE(at + 8) === 1 && bytes.readUInt16LE(at + 10) === 1;
      if (!isMonoInteger || bytes.readUInt16LE(at + 22) !== 16) return undefined;
      sampleRate = bytes.readUInt32LE(at + 12);
    }
    at += 8 + size + (size % 2);
  }
  return undefined;
}

/** A copy, since samples need not lie at an even address of the file. */
function samplesOf(bytes: Buffer, start: number, declared: number): Int16Array {
  const length = Math.floor(Math.min(declared, bytes.length - start) / BYTES_PER_SAMPLE);
  const samples = new Int16Array(length);
  for (let index = 0; index < length; index += 1)
    samples[index] = bytes.readInt16LE(start + index * BYTES_PER_SAMPLE);
  return samples;
}

/** The 44 bytes before the samples of a mono WAV of signed 16 bit. */
export function wavHeader(sampleRate: number, dataBytes: number): Buffer {
  const header = Buffer.alloc(WAV_HEADER);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(WAV_HEADER - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * BYTES_PER_SAMPLE, 28);
  header.writeUInt16LE(BYTES_PER_SAMPLE, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** A whole WAV of a chunk. */
export function pcmWav({ sampleRate, samples }: Pcm): Buffer {
  const data = Buffer.alloc(samples.length * BYTES_PER_SAMPLE);
  for (const [index, sample] of samples.entries()) data.writeInt16LE(sample, index * BYTES_PER_SAMPLE);
  return Buffer.concat([wavHeader(sampleRate, data.length), data]);
}
