import { writeFile } from 'node:fs/promises';
import type { MediaTools } from '../media/media-tools.ts';
import { pcmWav, readPcmWav, type Pcm } from '../tts/audio/pcm-wav.ts';
import { retimeSpeech, type Retimed } from '../tts/audio/retime-speech.ts';
import type { Placement } from './fit-lines.ts';

export type ShapeRequest = {
  /** The line at normal speed: a mono WAV of signed 16 bit, without silence at its ends. Changed in place. */
  readonly wavPath: string;
  readonly placement: Pick<Placement, 'tempo' | 'seconds' | 'cut'>;
  readonly scratch: string;
  readonly signal: AbortSignal;
};

export type ShapeOutcome = { readonly kind: 'shaped' } | Exclude<Retimed, { readonly kind: 'retimed' }>;

/** Seconds over which a line that is cut becomes silent: a word that fades is not heard as a fault. */
const FADE = 0.15;

/** Brings a line to its tempo and to what is heard of it. Throws the signal's reason when aborted. */
export async function shapeLine(request: ShapeRequest, tools: MediaTools): Promise<ShapeOutcome> {
  const { wavPath, placement, scratch, signal } = request;
  const { tempo, cut, seconds } = placement;
  if (tempo === 1 && cut === 0) return { kind: 'shaped' };
  const pcm = await readPcmWav(wavPath);
  if (pcm === undefined) return { kind: 'failed', message: 'A line could not be read.', detail: wavPath };
  const retiming = { tempo, pitch: 1, sampleRate: pcm.sampleRate };
  const retimed = await retimeSpeech(pcm, retiming, { scratch, signal }, tools);
  if (retimed.kind !== 'retimed') return retimed;
  await writeFile(wavPath, pcmWav(cut > 0 ? faded(retimed.pcm, seconds) : retimed.pcm));
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
