import { writeFile } from 'node:fs/promises';
import type { MediaTools } from '../media/media-tools.ts';
import { pcmWav, WAV_HEADER, type Pcm } from '../tts/audio/pcm-wav.ts';
import { retimeSpeech, type Retimed } from '../tts/audio/retime-speech.ts';
import type { Placement } from './fit-lines.ts';
import { DUB_SAMPLE_RATE } from './stereo-wav.ts';

export type ShapeRequest = {
  /** The line at normal speed, without silence at its ends. */
  readonly pcm: Pcm;
  readonly placement: Pick<Placement, 'tempo' | 'seconds' | 'cut'>;
  /** Where its samples go: mono, 48 kHz, signed 16 bit, without a header. */
  readonly pcmPath: string;
  readonly scratch: string;
  readonly signal: AbortSignal;
};

export type ShapeOutcome = { readonly kind: 'shaped' } | Exclude<Retimed, { readonly kind: 'retimed' }>;

/** Seconds over which a line that is cut becomes silent: a word that fades is not heard as a fault. */
const FADE = 0.15;

/** Brings a line to its tempo and to what is heard of it. Throws the signal's reason when aborted. */
export async function shapeLine(request: ShapeRequest, tools: MediaTools): Promise<ShapeOutcome> {
  const { pcm, placement, pcmPath, scratch, signal } = request;
  const retiming = { tempo: placement.tempo, pitch: 1, sampleRate: DUB_SAMPLE_RATE };
  const retimed = await retimeSpeech(pcm, retiming, { scratch, signal }, tools);
  if (retimed.kind !== 'retimed') return retimed;
  const heard = placement.cut > 0 ? faded(retimed.pcm, placement.seconds) : retimed.pcm;
  await writeFile(pcmPath, pcmWav(heard).subarray(WAV_HEADER));
  return { kind: 'shaped' };
}

function faded({ samples, sampleRate }: Pcm, seconds: number): Pcm {
  const heard = samples.slice(0, Math.round(seconds * sampleRate));
  const fade = Math.min(heard.length, Math.round(FADE * sampleRate));
  for (let step = 0; step < fade; step += 1) {
    const at = heard.length - 1 - step;
    heard[at] = ((heard[at] ?? 0) * step) / fade;
  }
  return { sampleRate, samples: heard };
}
