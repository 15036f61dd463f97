/*
 * The program that mixes a dub, run in a process of its own by mix-dub.ts: samples are counted through by hand, which
 * would hold up the server. Files are read and written in blocks, one at a time.
 *
 * Argument: the file of a MixPlan. Prints how far it is, 0 to 1, a line each.
 */
import { closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { readPcmWav, type Pcm } from '../tts/audio/pcm-wav.ts';
import { DuckCurve } from './duck-curve.ts';
import { limitPeaks } from './limit-peaks.ts';
import type { MixPlan, PlannedLine } from './mix-plan.ts';
import { resample } from './resample.ts';
import { SpeechLevel } from './speech-level.ts';
import { BYTES_PER_FRAME, DUB_SAMPLE_RATE, readStereoWav, stereoWavHeader } from './stereo-wav.ts';

/** Frames at a time: a second. */
const BLOCK = DUB_SAMPLE_RATE;
/** How loud the dub is where there is no speech to be as loud as: -20 dB of full scale. */
const USUAL_LEVEL = 0.1;
/** A recording that is softer or louder than speech is recorded is not followed. */
const [SOFTEST, LOUDEST] = [0.01, 0.2];
/** Ten times as loud is an engine at fault, not a soft voice. */
const MOST_GAIN = 10;
/** Of full scale: with the ducked original below it, the sum stays below full scale. */
const CEILING = 0.8;

type Sound = { readonly start: number; readonly samples: Float32Array };
type Original = { readonly file: number; readonly offset: number; readonly frames: number };

const plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as MixPlan;
const original = await openOriginal(plan.original);
await mix(await voiceGains(plan.lines, originalLevel(original)));

async function openOriginal(path: string | undefined): Promise<Original | undefined> {
  if (path === undefined) return undefined;
  const wav = await readStereoWav(path);
  if (wav === undefined) throw new Error('the original is no WAV of 48 kHz, stereo, 16 bit');
  return { file: openSync(path, 'r'), ...wav };
}

/** Frames of the original as samples of both channels in turn; silence behind its end. */
function readFrames(from: number, frames: number): Int16Array<ArrayBuffer> {
  const samples = new Int16Array(2 * frames);
  const there = Math.max(0, Math.min(frames, (original?.frames ?? 0) - from));
  if (original !== undefined && there > 0) {
    const bytes = Buffer.from(samples.buffer);
    readWhole(original.file, bytes.subarray(0, there * BYTES_PER_FRAME), original.offset + from * BYTES_PER_FRAME);
  }
  return samples;
}

function readWhole(file: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length;) {
    const read = readSync(file, bytes, done, bytes.length - done, position + done);
    if (read === 0) throw new Error('the original is shorter than it was');
    done += read;
  }
}

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done);
}

function originalLevel(sound: Original | undefined): number {
  if (sound === undefined) return USUAL_LEVEL;
  const level = new SpeechLevel();
  for (const { from, to } of plan.speech) {
    for (let at = from; at < to; at += BLOCK) level.add(readFrames(at, Math.min(BLOCK, to - at)), BLOCK / 5);
  }
  return Math.min(LOUDEST, Math.max(SOFTEST, level.rms() ?? USUAL_LEVEL));
}

async function voiceGains(lines: readonly PlannedLine[], wanted: number): Promise<ReadonlyMap<string, number>> {
  const levels = new Map<string, SpeechLevel>();
  for (const { voice, wavPath } of lines) {
    const level = levels.get(voice) ?? new SpeechLevel();
    const { samples, sampleRate } = await readLine(wavPath);
    level.add(samples, Math.round(sampleRate / 10));
    levels.set(voice, level);
  }
  const gainOf = (level: SpeechLevel): number => Math.min(MOST_GAIN, wanted / (level.rms() ?? wanted));
  return new Map([...levels].map(([voice, level]) => [voice, gainOf(level)]));
}

/** A whole line: some seconds. */
async function readLine(path: string): Promise<Pcm> {
  const pcm = await readPcmWav(path);
  if (pcm === undefined) throw new Error('a line is no mono WAV of 16 bit');
  return pcm;
}

async function soundOf(
  { wavPath, start, voice }: PlannedLine,
  voices: ReadonlyMap<string, number>,
): Promise<Sound> {
  const gain = (voices.get(voice) ?? 1) / 32_768;
  const pcm = await readLine(wavPath);
  const samples = resample(Float32Array.from(pcm.samples), pcm.sampleRate, DUB_SAMPLE_RATE);
  for (let index = 0; index < samples.length; index += 1) samples[index] = gain * (samples[index] ?? 0);
  limitPeaks(samples, CEILING);
  return { start, samples };
}

async function mix(voices: ReadonlyMap<string, number>): Promise<void> {
  const { frames, wavPath, lines } = plan;
  const out = openSync(wavPath, 'w');
  writeWhole(out, stereoWavHeader(frames));
  const curve = new DuckCurve(plan.ducked);
  const curveGains = new Float32Array(BLOCK);
  let heard: Sound[] = [];
  let next = 0;
  for (let first = 0; first < frames; first += BLOCK) {
    const length = Math.min(BLOCK, frames - first);
    for (; (lines[next]?.start ?? Infinity) < first + length; next += 1) {
      heard.push(await soundOf(lines[next] as PlannedLine, voices));
    }
    const block = readFrames(first, length);
    const duckGains = curveGains.subarray(0, length);
    if (curve.fill(duckGains, first) || heard.length > 0) mixBlock(block, duckGains, heard, first);
    writeWhole(out, new Uint8Array(block.buffer));
    heard = heard.filter(({ start, samples }) => start + samples.length > first + length);
    process.stdout.write(`${((first + length) / frames).toFixed(4)}\n`);
  }
  closeSync(out);
}

function mixBlock(block: Int16Array, duckGains: Float32Array, heard: readonly Sound[], first: number): void {
  const voice = new Float32Array(duckGains.length);
  for (const { start, samples } of heard) {
    const end = Math.min(voice.length, start + samples.length - first);
    for (let index = Math.max(0, start - first); index < end; index += 1) {
      voice[index] = (voice[index] ?? 0) + 32_768 * (samples[first + index - start] ?? 0);
    }
  }
  for (let index = 0; index < voice.length; index += 1) {
    const gain = duckGains[index] ?? 1;
    const dub = voice[index] ?? 0;
    block[2 * index] = toSample((block[2 * index] ?? 0) * gain + dub);
    block[2 * index + 1] = toSample((block[2 * index + 1] ?? 0) * gain + dub);
  }
}

function toSample(value: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(value)));
}
