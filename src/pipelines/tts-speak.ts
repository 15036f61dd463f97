import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { assertNever } from '../base/assert-never.ts';
import { speakChunk, type ChunkOutcome } from '../engines/tts/audio/speak-chunk.ts';
import type { SpeechChunk } from '../engines/tts/plan/speech-plan.ts';
import { castSpeech, type CastFault } from './tts-cast.ts';
import { fingerprint } from './fingerprint.ts';
import { keptFiles } from './kept-files.ts';
import { done, failed } from './step-outcomes.ts';
import type { Step, StepFailure } from './steps.ts';
import { readSpeechRequest } from './tts-request.ts';
import type { Cast, Spoken, TtsWork } from './tts-work.ts';

/* From the text to the sound of each of its chunks. */

/** Voices come and go, so what the submit found is found once more. */
export const castTheSpeech: Step<TtsWork, Cast> = {
  name: 'Choosing the voices',
  weight: 1,
  async run(work) {
    const { job, log } = work.run;
    const read = readSpeechRequest(job.inputFile, job.editingConfig);
    if (read.kind === 'refused') return failed('TextUnspeakable', read.message);
    const { request } = read;
    const outcome = castSpeech(request, work.parts.synthesis.voices);
    if (outcome.kind === 'refused') return failed(CAST_FAILURES[outcome.code], outcome.message);
    const { cast } = outcome;
    const voices = [...cast.voices].map(([language, { voice }]) => `${language} ${voice.id}`);
    log.info({ voices, chunks: cast.plan.chunks.length }, 'voices chosen');
    return done({ ...work, request, cast });
  },
};

const CAST_FAILURES = {
  TextTooLong: 'TextUnspeakable',
  NothingToSay: 'TextUnspeakable',
  InvalidSsml: 'TextUnspeakable',
  UnsupportedSsml: 'TextUnspeakable',
  UnknownVoice: 'VoiceUnavailable',
  NoVoice: 'VoiceUnavailable',
} as const satisfies Record<CastFault['code'], string>;

/**
 * Chunk by chunk, each one kept: a run that comes after one that died, or was handed back, goes on at the first chunk
 * that is missing. In memory there is one chunk at a time.
 */
export const speakTheChunks: Step<Cast, Spoken> = {
  name: 'Speaking',
  weight: 90,
  async run(work, onProgress) {
    const { chunks } = work.cast.plan;
    const folder = join(work.run.scratch, 'chunks');
    await mkdir(folder);
    const total = chunks.reduce((sum, chunk) => sum + lengthOf(chunk), 0);
    const pcmPaths: string[] = [];
    let before = 0;
    for (const [index, chunk] of chunks.entries()) {
      onProgress(before / total);
      const pcmPath = join(folder, `${index}.pcm`);
      const outcome = await keptChunk(work, { index, chunk, pcmPath });
      if (outcome.kind !== 'spoken') return chunkFailure(work, chunk, outcome);
      pcmPaths.push(pcmPath);
      before += lengthOf(chunk);
    }
    return done({ ...work, pcmPaths });
  },
};

function lengthOf({ spoken }: SpeechChunk): number {
  return spoken.reduce((sum, { text }) => sum + text.length, 0);
}

type ChunkWork = { readonly index: number; readonly chunk: SpeechChunk; readonly pcmPath: string };

async function keptChunk(work: Cast, { index, chunk, pcmPath }: ChunkWork): Promise<ChunkOutcome> {
  const { run, parts, cast, request } = work;
  const chosen = cast.voices.get(chunk.language);
  const engine = chosen && parts.synthesis.engineOf(chosen.voice.id);
  if (chosen === undefined || engine === undefined) {
    return { kind: 'unavailable', message: `The voice ${chosen?.voice.id ?? ''} is not there any more.` };
  }
  const { voice, pitchFactor } = chosen;
  const { speechRate, pitchRate } = request;
  const settings = { speechRate, pitchRate, sampleRate: cast.sampleRate };
  const made = fingerprint(chunk.spoken, chunk.language, engine.name, voice.id, pitchFactor, settings);
  const kept = keptFiles(run, parts.workFiles, 'chunk');
  if (await kept.fetch(index, made, pcmPath)) return { kind: 'spoken', seconds: 0 };
  const { scratch, signal } = run;
  const outcome = await speakChunk(
    { chunk, engine, voice: voice.id, settings, pitchFactor, pcmPath, scratch, signal },
    parts.media,
  );
  run.log.debug({ chunk: index, outcome: outcome.kind }, 'chunk spoken');
  if (outcome.kind !== 'spoken') return outcome;
  await kept.keep(index, made, pcmPath);
  return outcome;
}

function chunkFailure(
  { run, cast }: Cast,
  { content, language }: SpeechChunk,
  outcome: Exclude<ChunkOutcome, { kind: 'spoken' }>,
): StepFailure {
  const where = content === '' ? '' : ` It was to say: '${shortened(content)}'.`;
  switch (outcome.kind) {
    case 'unavailable':
      return failed('EngineUnavailable', outcome.message);
    case 'unsupported':
      return failed('TextUnspeakable', `${outcome.message}${where}`);
    case 'failed':
      run.log.warn({ voice: cast.voices.get(language)?.voice.id, detail: outcome.detail }, 'synthesis failed');
      return failed('EngineFailed', `${outcome.message}${where} RetrySmartJob goes on there.`);
    default:
      return assertNever(outcome);
  }
}

function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : text;
}
