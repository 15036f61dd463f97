import { open, writeFile } from 'node:fs/promises';

/** What every speech engine here hears: 16 kHz, mono, signed 16 bit little-endian. */
export const SPEECH_SAMPLE_RATE = 16_000;
export const SPEECH_BYTES_PER_SECOND = 2 * SPEECH_SAMPLE_RATE;
/** Where the samples begin in the files of decode-speech.ts, whose ffmpeg writes nothing but fmt and data. */
export const SPEECH_WAV_HEADER = 44;

/** The length of a WAV that decode-speech.ts wrote, or undefined where there is no such file. */
export async function speechWavSeconds(path: string): Promise<number | undefined> {
  const size = await fileSize(path);
  return size === undefined ? undefined : Math.max(0, size - SPEECH_WAV_HEADER) / SPEECH_BYTES_PER_SECOND;
}

/** The bytes of a part of such a file, as a WAV of its own. Times in seconds; what lies outside is left out. */
export async function cutSpeechWav(path: string, from: number, to: number): Promise<Buffer<ArrayBuffer>> {
  const file = await open(path, 'r');
  try {
    const end = Math.min(byteAt(to), (await file.stat()).size);
    const start = Math.min(byteAt(from), end);
    const wav = Buffer.alloc(SPEECH_WAV_HEADER + end - start);
    await file.read(wav, SPEECH_WAV_HEADER, end - start, start);
    writeHeader(wav);
    return wav;
  } finally {
    await file.close();
  }
}

/** Writes samples, each from -1 to 1, as such a file. */
export async function writeSpeechWav(path: string, samples: Iterable<number>): Promise<void> {
  const values = Int16Array.from(samples, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767));
  const wav = Buffer.alloc(SPEECH_WAV_HEADER + 2 * values.length);
  for (const [index, value] of values.entries()) wav.writeInt16LE(value, SPEECH_WAV_HEADER + 2 * index);
  writeHeader(wav);
  await writeFile(path, wav);
}

function byteAt(seconds: number): number {
  return SPEECH_WAV_HEADER + 2 * Math.round(Math.max(0, seconds) * SPEECH_SAMPLE_RATE);
}

function writeHeader(wav: Buffer): void {
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(SPEECH_SAMPLE_RATE, 24);
  wav.writeUInt32LE(SPEECH_BYTES_PER_SECOND, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(wav.length - SPEECH_WAV_HEADER, 40);
}

async function fileSize(path: string): Promise<number | undefined> {
  try {
    const file = await open(path, 'r');
    try {
      return (await file.stat()).size;
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
