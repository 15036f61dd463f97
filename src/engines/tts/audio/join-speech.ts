import { createReadStream } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import type { Pause, SpeechPlan } from '../plan/speech-plan.ts';
import { BYTES_PER_SAMPLE, wavHeader } from './pcm-wav.ts';
import { speedOfSpeechRate, type SpeechSettings } from './speech-settings.ts';
import { SPEECH_MARGIN } from './speech-span.ts';

export type JoinRequest = {
  readonly plan: SpeechPlan;
  /** The file of each chunk of the plan, as speak-chunk.ts wrote it. */
  readonly pcmPaths: readonly string[];
  readonly settings: Pick<SpeechSettings, 'speechRate' | 'sampleRate'>;
  readonly wavPath: string;
  readonly signal: AbortSignal;
};

/** A sentence and when it is heard, in seconds. */
export type SpokenSentence = { readonly content: string; readonly from: number; readonly to: number };

export type JoinedSpeech = { readonly seconds: number; readonly sentences: readonly SpokenSentence[] };

/** Bytes of silence that are written at once. */
const SILENCE = Buffer.alloc(64 * 1024);
/** The lengths of a WAV are 32 bits; that is 12 hours at 48 kHz. */
const LARGEST = 2 ** 32 - 1024;

/**
 * Puts the chunks and their pauses into one WAV. Chunks are copied from file to file, so the memory that it takes
 * does not depend on the length. Pauses are exact to the sample: what a chunk keeps of silence at its ends counts.
 */
export async function joinSpeech(request: JoinRequest): Promise<JoinedSpeech> {
  const { plan, pcmPaths, settings, signal } = request;
  const sizes = await Promise.all(pcmPaths.map(async (path) => (await stat(path)).size));
  const silences = plan.chunks.map(({ after }) => silenceBytes(pauseSeconds(after, settings), settings.sampleRate));
  const lead = silenceBytes(plan.lead, settings.sampleRate);
  const total = [...sizes, ...silences].reduce((sum, bytes) => sum + bytes, lead);
  if (total > LARGEST) throw new Error(`${total} bytes of samples do not fit into a WAV`);
  const file = await open(request.wavPath, 'w');
  try {
    await file.writeFile(wavHeader(settings.sampleRate, total));
    await writeSilence(file, lead);
    for (const [index, path] of pcmPaths.entries()) {
      signal.throwIfAborted();
      if ((sizes[index] ?? 0) > 0) await copyInto(file, path);
      await writeSilence(file, silences[index] ?? 0);
    }
  } finally {
    await file.close();
  }
  const bytesPerSecond = settings.sampleRate * BYTES_PER_SAMPLE;
  return { seconds: total / bytesPerSecond, sentences: sentenceTimes(plan, lead, sizes, silences, bytesPerSecond) };
}

/** Pauses that the reader makes become shorter and longer with the speech; those that were asked for do not. */
function pauseSeconds({ seconds, exact }: Pause, { speechRate }: JoinRequest['settings']): number {
  const wanted = exact ? seconds : seconds / speedOfSpeechRate(speechRate);
  return Math.max(0, wanted - 2 * SPEECH_MARGIN);
}

function silenceBytes(seconds: number, sampleRate: number): number {
  return Math.round(seconds * sampleRate) * BYTES_PER_SAMPLE;
}

async function writeSilence(file: FileHandle, bytes: number): Promise<void> {
  for (let left = bytes; left > 0; left -= SILENCE.length) {
    await file.writeFile(left < SILENCE.length ? SILENCE.subarray(0, left) : SILENCE);
  }
}

async function copyInto(file: FileHandle, path: string): Promise<void> {
  for await (const part of createReadStream(path)) await file.writeFile(part as Buffer);
}

function sentenceTimes(
  plan: SpeechPlan,
  lead: number,
  sizes: readonly number[],
  silences: readonly number[],
  bytesPerSecond: number,
): SpokenSentence[] {
  const sentences: { content: string; from: number; to: number; number: number }[] = [];
  let at = lead;
  for (const [index, { sentence, content }] of plan.chunks.entries()) {
    const size = sizes[index] ?? 0;
    const edge = size === 0 ? 0 : SPEECH_MARGIN;
    const to = (at + size) / bytesPerSecond - edge;
    const last = sentences.at(-1);
    if (last?.number === sentence) {
      last.to = to;
      last.content = spaced(last.content, content);
    } else sentences.push({ content, from: at / bytesPerSecond + edge, to, number: sentence });
    at += size + (silences[index] ?? 0);
  }
  return sentences.map(({ content, from, to }) => ({ content, from: milliseconds(from), to: milliseconds(to) }));
}

/** Between Latin words there is a space, between Chinese characters there is none. */
function spaced(before: string, next: string): string {
  const needsSpace = /[\p{Script=Latin}\p{N}.,;:!?)"']$/u.test(before) && /^[\p{Script=Latin}\p{N}("']/u.test(next);
  return before + (needsSpace ? ' ' : '') + next;
}

function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
