import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MIB } from '../program-limits.ts';
import { runProgram, type ProgramOutcome } from '../run-program.ts';
import { readPcmWav, type Pcm } from './audio/pcm-wav.ts';
import { pcmSeconds } from './audio/speech-span.ts';
import type { TtsOutcome, TtsRequest } from './tts-engine.ts';

/** What the engines take at most, of memory and of disk: far above what a chunk of some seconds needs. */
const SPEECH_LIMITS = { memory: 1024 * MIB, fileSize: 64 * MIB } as const;

/** Seconds. A chunk takes a tenth of one; flite is slow on words that are no words. */
const TIME_LIMIT = 60;

/** Runs a synthesizer whose text lies in a file and which writes a WAV to `request.wavPath`. */
export async function runSpeechProgram(
  name: string,
  program: string,
  args: readonly string[],
  { scratch, signal, wavPath }: TtsRequest,
): Promise<TtsOutcome> {
  const outcome = await runProgram({
    program,
    args,
    scratch,
    limits: SPEECH_LIMITS,
    timeLimit: TIME_LIMIT,
    signal,
  });
  signal.throwIfAborted();
  const wav = outcome.kind === 'exited' && outcome.code === 0 ? await wavOf(wavPath) : undefined;
  if (wav === undefined || wav.samples.length === 0) return failure(name, outcome);
  return { kind: 'synthesized', wavPath, sampleRate: wav.sampleRate, seconds: pcmSeconds(wav) };
}

/** What a program prints when it is asked what it has, or undefined where it does not run. */
export async function askSpeechProgram(program: string, args: readonly string[]): Promise<string | undefined> {
  const scratch = await mkdtemp(join(tmpdir(), 'speech-program-'));
  try {
    const { signal } = new AbortController();
    const outcome = await runProgram({ program, args, scratch, limits: SPEECH_LIMITS, timeLimit: 10, signal });
    return outcome.kind === 'exited' ? outcome.stdout : undefined;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function wavOf(path: string): Promise<Pcm | undefined> {
  try {
    return await readPcmWav(path);
  } catch {
    return undefined;
  }
}

function failure(name: string, outcome: ProgramOutcome): TtsOutcome {
  const message =
    outcome.kind === 'timed-out'
      ? `${name} did not end in ${outcome.seconds} seconds on this text.`
      : `${name} ended unexpectedly on this text.`;
  const detail = 'stderr' in outcome ? outcome.stderr.slice(-500) : outcome.kind;
  return { kind: 'failed', message, detail };
}
