import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { SPEECH_BYTES_PER_SECOND, SPEECH_SAMPLE_RATE, SPEECH_WAV_HEADER } from '../media/speech-wav.ts';
import type { Sound } from './sherpa-request.ts';

/** 8 seconds: a pipe is filled many times by it, and it is nothing in memory. */
const CHUNK_BYTES = 8 * SPEECH_BYTES_PER_SECOND;

/**
 * A part of a WAV of decode-speech.ts as a child process takes it, read as it is sent: an hour of it is 230 MB there.
 * Times in seconds; what lies outside of the recording is left out.
 * @param silence seconds of it to send behind the part
 */
export async function speechSound(wavPath: string, from: number, to: number, silence = 0): Promise<Sound> {
  const samples = Math.floor(((await stat(wavPath)).size - SPEECH_WAV_HEADER) / 2);
  const first = Math.min(sampleAt(from), samples);
  const behind = Math.max(first, Math.min(sampleAt(to), samples));
  const quiet = new Float32Array(sampleAt(silence));
  return { length: behind - first + quiet.length, chunks: read(wavPath, first, behind, quiet) };
}

function sampleAt(seconds: number): number {
  return Math.round(Math.max(0, seconds) * SPEECH_SAMPLE_RATE);
}

async function* read(
  path: string,
  first: number,
  behind: number,
  quiet: Float32Array,
): AsyncIterable<Float32Array> {
  if (behind > first) {
    const start = SPEECH_WAV_HEADER + 2 * first;
    const end = SPEECH_WAV_HEADER + 2 * behind - 1;
    let odd: Buffer = Buffer.alloc(0);
    for await (const chunk of createReadStream(path, { start, end, highWaterMark: CHUNK_BYTES })) {
      const bytes = Buffer.concat([odd, chunk as Buffer]);
      const whole = bytes.length - (bytes.length % 2);
      odd = bytes.subarray(whole);
      yield floats(bytes.subarray(0, whole));
    }
  }
  yield quiet;
}

/** Signed 16 bit little-endian to -1 … 1. */
function floats(bytes: Buffer): Float32Array {
  const samples = new Float32Array(bytes.length / 2);
  for (let at = 0; at < samples.length; at += 1) samples[at] = bytes.readInt16LE(2 * at) / 32_768;
  return samples;
}
