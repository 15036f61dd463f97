import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeChild } from '../node-child.ts';
import { SMALL_FILES } from '../program-limits.ts';
import { runProgram } from '../run-program.ts';
import { SPEECH_MARGIN } from '../tts/audio/speech-span.ts';
import type { Stretch } from './duck-times.ts';
import type { MixPlan } from './mix-plan.ts';
import { BYTES_PER_FRAME, framesOf, readStereoWav } from './stereo-wav.ts';

/** A line that is heard in the mix. */
export type MixLine = {
  /** A mono WAV of signed 16 bit and any sample rate, without silence at its ends. */
  readonly wavPath: string;
  /** Seconds at which its first sound is heard. */
  readonly start: number;
  /** Who speaks: lines of one voice are made louder or softer alike. */
  readonly voice: string;
};

export type MixRequest = {
  /** A WAV of extract-audio.ts; undefined: the lines are heard over silence. */
  readonly originalAudio: string | undefined;
  /** How long the mix becomes, to the sample. */
  readonly totalSeconds: number;
  /** In order of `start`. */
  readonly lines: readonly MixLine[];
  /** Where somebody speaks in the original: the dub becomes as loud. In order, not overlapping. */
  readonly speech: readonly Stretch[];
  /** Where the original is made quiet; of duck-times.ts. */
  readonly ducked: readonly Stretch[];
  /** In the scratch folder. */
  readonly wavPath: string;
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** 0 to 1. */
  readonly onProgress: (fraction: number) => void;
};

export type MixOutcome =
  | { readonly kind: 'mixed' }
  /** `detail` is for the log. */
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

/** Seconds for a second of sound; measured 0.008 to 0.015 where all of it is dubbed. */
const SECONDS_PER_SECOND = 0.2;
const LEAST_TIME_LIMIT = 120;

/**
 * Mixes the dub over the original, in a process of its own whose memory does not grow with the length. The original
 * is made quiet where it is ducked and is left as it is elsewhere, sample for sample.
 * Throws the signal's reason when aborted.
 */
export async function mixDub(request: MixRequest): Promise<MixOutcome> {
  const { originalAudio, totalSeconds, lines, wavPath, scratch, signal, onProgress } = request;
  const frames = framesOf(totalSeconds);
  const planPath = join(scratch, 'mix-plan.json');
  await writeFile(planPath, JSON.stringify(mixPlan(request, frames)));
  const child = nodeChild('./mix-dub-child', import.meta.url);
  const outcome = await runProgram({
    program: child.program,
    args: [...child.args, planPath],
    scratch,
    reads: [...(originalAudio === undefined ? [] : [originalAudio]), ...lines.map((line) => line.wavPath)].filter(
      (path) => !path.startsWith(`${scratch}/`),
    ),
    // What is read here, we have made; and Node.js sets more addresses aside than it uses.
    limits: { memory: 'unlimited', fileSize: SMALL_FILES + frames * BYTES_PER_FRAME },
    timeLimit: Math.max(LEAST_TIME_LIMIT, totalSeconds * SECONDS_PER_SECOND),
    signal,
    onLine: (line) => onProgress(Number(line) || 0),
  });
  await rm(planPath, { force: true });
  signal.throwIfAborted();
  const isWhole = outcome.kind === 'exited' && outcome.code === 0 && (await lengthOf(wavPath)) === frames;
  if (isWhole) return { kind: 'mixed' };
  const detail = 'stderr' in outcome ? outcome.stderr.slice(-500) : outcome.kind;
  return { kind: 'failed', message: 'The dub could not be mixed with the original sound.', detail };
}

function mixPlan({ originalAudio, lines, speech, ducked, wavPath }: MixRequest, frames: number): MixPlan {
  const inFrames = (stretches: readonly Stretch[]): Stretch[] =>
    stretches.map(({ from, to }) => ({ from: framesOf(from), to: Math.min(frames, framesOf(to)) }));
  return {
    frames,
    ...(originalAudio !== undefined && { original: originalAudio }),
    speech: inFrames(speech),
    ducked: inFrames(ducked),
    // A line's samples begin a little before its sound.
    lines: lines.map((line) => ({
      wavPath: line.wavPath,
      voice: line.voice,
      start: Math.max(0, framesOf(line.start - SPEECH_MARGIN)),
    })),
    wavPath,
  };
}

async function lengthOf(path: string): Promise<number | undefined> {
  const wav = await readStereoWav(path).catch(() => undefined);
  return wav?.frames;
}
