import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaTools } from '../../media/media-tools.ts';
import type { SpeechChunk } from '../plan/speech-plan.ts';
import type { TtsEngine, TtsOutcome } from '../tts-engine.ts';
import { pcmWav, readPcmWav, WAV_HEADER, type Pcm } from './pcm-wav.ts';
import { retimeSpeech } from './retime-speech.ts';
import { pitchOfPitchRate, speedOfSpeechRate, type SpeechSettings } from './speech-settings.ts';
import { pcmSeconds, trimSilence } from './speech-span.ts';

export type ChunkRequest = {
  readonly chunk: Pick<SpeechChunk, 'spoken' | 'language'>;
  readonly engine: TtsEngine;
  /** The id of one of the engine's voices. */
  readonly voice: string;
  readonly settings: Pick<SpeechSettings, 'speechRate' | 'pitchRate' | 'sampleRate'>;
  /** Times the pitch that was asked for: above 1 where an adult speaks for a child. */
  readonly pitchFactor?: number;
  /** Where the samples go: mono, signed 16 bit little-endian, without a header and without silence at the ends. */
  readonly pcmPath: string;
  readonly scratch: string;
  readonly signal: AbortSignal;
};

export type ChunkOutcome =
  { readonly kind: 'spoken'; readonly seconds: number } | Exclude<TtsOutcome, { readonly kind: 'synthesized' }>;

type Voiced = { readonly kind: 'voiced'; readonly pcm: Pcm; readonly tempo: number };
type Missed = Exclude<ChunkOutcome, { readonly kind: 'spoken' }>;

/**
 * Speaks one chunk and brings it to the speed, pitch and sample rate that were asked for. The file is whole or not
 * there, so it can be kept as a checkpoint. Throws the signal's reason when aborted.
 */
export async function speakChunk(request: ChunkRequest, tools: MediaTools): Promise<ChunkOutcome> {
  const scratch = await mkdtemp(join(request.scratch, 'chunk-'));
  try {
    const voiced = await voice(request, scratch);
    if (voiced.kind !== 'voiced') return voiced;
    const { pitchFactor = 1, settings } = request;
    const { pitchRate, sampleRate } = settings;
    const retiming = { tempo: voiced.tempo, pitch: pitchFactor * pitchOfPitchRate(pitchRate), sampleRate };
    const retimed = await retimeSpeech(voiced.pcm, retiming, { scratch, signal: request.signal }, tools);
    if (retimed.kind !== 'retimed') return retimed;
    await writeFile(request.pcmPath, pcmWav(retimed.pcm).subarray(WAV_HEADER));
    return { kind: 'spoken', seconds: pcmSeconds(retimed.pcm) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * The engine's own speech, as near to the speed as the engine can come, and the tempo that is missing. How long it
 * would be at normal speed is what counts: an engine that follows roughly is asked for that too.
 */
async function voice(request: ChunkRequest, scratch: string): Promise<Voiced | Missed> {
  const speed = speedOfSpeechRate(request.settings.speechRate);
  const { followsRate } = request.engine;
  const rate = followsRate === 'never' ? 1 : speed;
  const spoken = await synthesize(request, rate, scratch);
  if (spoken.kind !== 'voiced' || speed === 1 || followsRate === 'exactly') return spoken;
  if (followsRate === 'never') return { ...spoken, tempo: speed };
  const normal = await synthesize(request, 1, scratch);
  if (normal.kind !== 'voiced') return normal;
  const wanted = pcmSeconds(normal.pcm) / speed;
  return { ...spoken, tempo: wanted === 0 ? 1 : pcmSeconds(spoken.pcm) / wanted };
}

async function synthesize(
  { chunk, engine, voice: name, signal }: ChunkRequest,
  rate: number,
  scratch: string,
): Promise<Voiced | Missed> {
  const { spoken, language } = chunk;
  const wavPath = join(scratch, 'engine.wav');
  const outcome = await engine.synthesize({ spoken, voice: name, language, rate, wavPath, scratch, signal });
  if (outcome.kind !== 'synthesized') return outcome;
  const pcm = await readPcmWav(outcome.wavPath);
  await rm(outcome.wavPath, { force: true });
  if (pcm === undefined) {
    return { kind: 'failed', message: `${engine.name} wrote no mono WAV of 16 bit.`, detail: outcome.wavPath };
  }
  return { kind: 'voiced', pcm: trimSilence(pcm), tempo: 1 };
}
