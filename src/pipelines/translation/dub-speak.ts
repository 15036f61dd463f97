import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { joinSpeech } from '../../engines/tts/audio/join-speech.ts';
import { readPcmWav } from '../../engines/tts/audio/pcm-wav.ts';
import { speakChunk, type ChunkOutcome } from '../../engines/tts/audio/speak-chunk.ts';
import { pcmSeconds } from '../../engines/tts/audio/speech-span.ts';
import { planSpeech } from '../../engines/tts/plan/plan-speech.ts';
import type { SpeechChunk, SpeechPlan } from '../../engines/tts/plan/speech-plan.ts';
import { chooseVoice } from '../../engines/tts/voices/choose-voice.ts';
import { primaryLanguage } from '../../engines/tts/voices/spoken-language.ts';
import type { JobFailureCode } from '../../jobs/job-failure.ts';
import { fingerprint } from '../fingerprint.ts';
import type { PipelineRun } from '../pipeline.ts';
import type { KeptSounds } from './dub-kept.ts';
import type { DubParts } from './dub-request.ts';
import type { DubVoice } from './dub-voices.ts';

/** What speaking the lines of one language works with. */
export type DubWork = {
  readonly run: PipelineRun;
  readonly parts: DubParts;
  /** BCP 47. */
  readonly target: string;
  readonly kept: KeptSounds;
  /** For the files of the lines; in the scratch folder of the run. */
  readonly folder: string;
};

export type SayRequest = {
  /** Of the checkpoint: one for each text that a line may have. */
  readonly name: string;
  readonly text: string;
  readonly voice: DubVoice;
  /** Where the sound goes: a mono WAV at normal speed, without silence at its ends. */
  readonly wavPath: string;
};

export type Said =
  | { readonly kind: 'said'; readonly seconds: number }
  /** `reason` is for the caller, and does not repeat the text. */
  | { readonly kind: 'unsaid'; readonly code: JobFailureCode; readonly reason: string };

type Part = { readonly chunk: SpeechChunk; readonly voice: DubVoice };

/** Speaks a line, or takes what an earlier run has spoken of it. Throws the signal's reason when aborted. */
export async function sayLine(work: DubWork, { name, text, voice, wavPath }: SayRequest): Promise<Said> {
  // As it stands: what looks like markup in a subtitle is text.
  const nodes = [{ kind: 'text', text: onOneRow(text), at: { line: 1, column: 1 } }] as const;
  const planned = planSpeech({ attributes: {}, nodes }, { language: primaryLanguage(work.target) });
  if (planned.kind === 'refused') return { kind: 'unsaid', code: 'TextUnspeakable', reason: planned.message };
  const { plan } = planned;
  const parts = plan.chunks.map((chunk) => ({ chunk, voice: voiceOfChunk(work, chunk, voice) }));
  const sampleRate = Math.max(...parts.map((part) => part.voice.voice.sampleRate));
  const made = fingerprint(
    plan,
    parts.map((part) => [part.voice.voice.id, part.voice.pitchFactor]),
    sampleRate,
  );
  const sound = { name, made, path: wavPath };
  if (await work.kept.fetch(sound)) return await measured(wavPath);
  const spoken = await speakParts(work, { plan, parts, sampleRate, wavPath });
  if (spoken.kind === 'said') await work.kept.keep(sound);
  return spoken;
}

type Speaking = {
  readonly plan: SpeechPlan;
  readonly parts: readonly Part[];
  readonly sampleRate: number;
  readonly wavPath: string;
};

async function speakParts(work: DubWork, { plan, parts, sampleRate, wavPath }: Speaking): Promise<Said> {
  const { run, folder } = work;
  const scratch = await mkdtemp(join(folder, 'line-'));
  try {
    const pcmPaths: string[] = [];
    for (const [index, part] of parts.entries()) {
      const pcmPath = join(scratch, `${index}.pcm`);
      const outcome = await speakPart(work, part, { sampleRate, pcmPath, scratch });
      if (outcome.kind !== 'spoken') return unsaid(work, outcome, part.voice);
      pcmPaths.push(pcmPath);
    }
    await joinSpeech({ plan, pcmPaths, settings: { speechRate: 0, sampleRate }, wavPath, signal: run.signal });
    return await measured(wavPath);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function speakPart(
  { run, parts }: DubWork,
  { chunk, voice: { voice, pitchFactor } }: Part,
  {
    sampleRate,
    pcmPath,
    scratch,
  }: { readonly sampleRate: number; readonly pcmPath: string; readonly scratch: string },
): Promise<ChunkOutcome> {
  const engine = parts.synthesis.engineOf(voice.id);
  if (engine === undefined) return { kind: 'unavailable', message: `The voice ${voice.id} is not there any more.` };
  const settings = { speechRate: 0, pitchRate: 0, sampleRate };
  const { signal } = run;
  return await speakChunk(
    { chunk, engine, voice: voice.id, settings, pitchFactor, pcmPath, scratch, signal },
    parts.media,
  );
}

/** A word in other letters is read by a voice that can, where there is one. */
function voiceOfChunk({ parts, target }: DubWork, { language }: SpeechChunk, voice: DubVoice): DubVoice {
  if (language === primaryLanguage(target)) return voice;
  const choice = chooseVoice(voice.voice.id, parts.synthesis.voices, { language });
  return choice.kind === 'voice' ? { ...voice, voice: choice.voice } : voice;
}

const CODES = {
  unavailable: 'EngineUnavailable',
  unsupported: 'TextUnspeakable',
  failed: 'EngineFailed',
} as const satisfies Record<Exclude<ChunkOutcome['kind'], 'spoken'>, JobFailureCode>;

function unsaid({ run }: DubWork, outcome: Exclude<ChunkOutcome, { kind: 'spoken' }>, { voice }: DubVoice): Said {
  if (outcome.kind === 'failed') run.log.warn({ voice: voice.id, detail: outcome.detail }, 'synthesis failed');
  return { kind: 'unsaid', code: CODES[outcome.kind], reason: outcome.message };
}

async function measured(wavPath: string): Promise<Said> {
  const pcm = await readPcmWav(wavPath);
  if (pcm !== undefined && pcm.samples.length > 0) return { kind: 'said', seconds: pcmSeconds(pcm) };
  return { kind: 'unsaid', code: 'EngineFailed', reason: 'The voice made no sound.' };
}

/** Rows of a subtitle are parts of one sentence. */
function onOneRow(text: string): string {
  const beside =
    /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])\s*\n\s*(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/gu;
  return text.replaceAll(beside, '$1').replaceAll(/\s*\n\s*/g, ' ');
}
