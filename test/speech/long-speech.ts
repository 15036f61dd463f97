import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import {
  SPEECH_BYTES_PER_SECOND,
  SPEECH_SAMPLE_RATE,
  SPEECH_WAV_HEADER,
} from '../../src/engines/media/speech-wav.ts';
import { recordings } from './recordings.ts';

/** Seconds between two sentences. */
const PAUSE = 0.8;

/**
 * A long recording out of the ones of assets/speech, one after another and over again: five sentences of 25 s in all.
 * @param seconds at least so long; it ends with a whole sentence
 * @returns its length in seconds, and how many words are spoken in it
 */
export async function makeLongSpeech(path: string, seconds: number): Promise<{ seconds: number; words: number }> {
  const pause = Buffer.alloc(PAUSE * SPEECH_BYTES_PER_SECOND);
  const sentences = recordings().map(({ path: file, words }) => {
    return { samples: readFileSync(file).subarray(SPEECH_WAV_HEADER), words: words.length };
  });
  const file = await open(path, 'w');
  let [bytes, words] = [0, 0];
  await file.write(header(0));
  for (let next = 0; bytes < seconds * SPEECH_BYTES_PER_SECOND; next += 1) {
    const sentence = sentences[next % sentences.length];
    if (sentence === undefined) throw new Error('There are no recordings.');
    await file.write(Buffer.concat([sentence.samples, pause]));
    bytes += sentence.samples.length + pause.length;
    words += sentence.words;
  }
  await file.write(header(bytes), 0, SPEECH_WAV_HEADER, 0);
  await file.close();
  return { seconds: bytes / SPEECH_BYTES_PER_SECOND, words };
}

function header(bytes: number): Buffer {
  const wav = Buffer.alloc(SPEECH_WAV_HEADER);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(bytes + SPEECH_WAV_HEADER - 8, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(SPEECH_SAMPLE_RATE, 24);
  wav.writeUInt32LE(SPEECH_BYTES_PER_SECOND, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(bytes, 40);
  return wav;
}
