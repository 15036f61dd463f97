import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaTools } from '../../media/media-tools.ts';
import { BYTES_PER_SAMPLE, pcmWav, type Pcm } from './pcm-wav.ts';
import { hasRubberband, runFfmpeg, type FfmpegOutcome } from './run-ffmpeg.ts';
import { tempoAndPitch } from './speech-filters.ts';
import { loudestPart } from './loudest-part.ts';
import { SPEECH_MARGIN } from './speech-span.ts';

export type Retiming = {
  /** Above 1 = shorter. */
  readonly tempo: number;
  /** Above 1 = higher. */
  readonly pitch: number;
  /** Hertz of what comes out. */
  readonly sampleRate: number;
};

export type Retimed =
  { readonly kind: 'retimed'; readonly pcm: Pcm } | Exclude<FfmpegOutcome, { readonly kind: 'done' }>;

/** Seconds of silence on both sides while filters run: they swallow some hundredths at the beginning and the end. */
const PADDING = 0.25;
/** A tempo this near to 1 is not heard, and no filter is as clean as none. */
const NEAR_ENOUGH = 0.01;

/**
 * Sets tempo, pitch and sample rate of a chunk whose silence was trimmed; it comes back trimmed, and exactly as long as
 * the tempo makes it. Its ends are not looked for a second time: the filters move them by up to 25 ms and draw them out
 * by 50 ms (measured on bursts), so the loudest part of the right length is what was spoken.
 */
export async function retimeSpeech(
  pcm: Pcm,
  { tempo, pitch, sampleRate }: Retiming,
  { scratch, signal }: { readonly scratch: string; readonly signal: AbortSignal },
  tools: MediaTools,
): Promise<Retimed> {
  const near = Math.abs(tempo - 1) <= NEAR_ENOUGH ? 1 : tempo;
  const unchanged = near === 1 && pitch === 1;
  if (pcm.samples.length === 0 || (unchanged && pcm.sampleRate === sampleRate)) {
    return { kind: 'retimed', pcm: { sampleRate, samples: pcm.samples } };
  }
  const before = join(scratch, 'before.wav');
  const after = join(scratch, 'after.pcm');
  await writeFile(before, pcmWav(padded(pcm)));
  const filters = tempoAndPitch(near, pitch, pcm.sampleRate, await hasRubberband(tools, scratch));
  const seconds = (pcm.samples.length / pcm.sampleRate + 2 * PADDING) / near;
  const outcome = await runFfmpeg(
    {
      args: [
        ...['-f', 'wav', '-i', `file:${before}`],
        ...['-af', [...filters, `aresample=${sampleRate}`].join(',')],
        ...['-ac', '1', '-c:a', 'pcm_s16le', '-f', 's16le', `file:${after}`],
      ],
      ...{ scratch, signal, reads: [], timeLimit: 60 + seconds },
      fileSize: 2 * seconds * sampleRate * BYTES_PER_SAMPLE,
    },
    tools,
  );
  if (outcome.kind !== 'done') return outcome;
  const speech = pcm.samples.length / pcm.sampleRate - 2 * SPEECH_MARGIN;
  const length = Math.round((speech / near + 2 * SPEECH_MARGIN) * sampleRate);
  const shaped = loudestPart({ sampleRate, samples: samplesOf(await readFile(after)) }, Math.max(0, length));
  await Promise.all([rm(before), rm(after)]);
  return { kind: 'retimed', pcm: shaped };
}

function padded({ sampleRate, samples }: Pcm): Pcm {
  const silence = Math.round(PADDING * sampleRate);
  const wide = new Int16Array(samples.length + 2 * silence);
  wide.set(samples, silence);
  return { sampleRate, samples: wide };
}

function samplesOf(bytes: Buffer): Int16Array {
  return Int16Array.from({ length: Math.floor(bytes.length / BYTES_PER_SAMPLE) }, (_, index) =>
    bytes.readInt16LE(index * BYTES_PER_SAMPLE),
  );
}
