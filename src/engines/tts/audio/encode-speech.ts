import type { MediaTools } from '../../media/media-tools.ts';
import type { SpeechEffect } from '../ssml/ssml-tree.ts';
import { BYTES_PER_SAMPLE } from './pcm-wav.ts';
import { hasRubberband, runFfmpeg, type FfmpegOutcome } from './run-ffmpeg.ts';
import { effectFilters, volumeFilters, type WrongFrequency } from './speech-filters.ts';

export type SpeechFormat = 'PCM' | 'WAV' | 'MP3';

export type EncodeRequest = {
  /** A WAV of join-speech.ts. */
  readonly wavPath: string;
  /** Seconds of sound in it. */
  readonly seconds: number;
  readonly sampleRate: number;
  readonly format: SpeechFormat;
  /** 0 to 100, 50 = unchanged. */
  readonly volume: number;
  readonly effect?: SpeechEffect;
  readonly effectValue?: readonly number[];
  /** In the scratch folder: nothing else can be written to. */
  readonly outPath: string;
  readonly scratch: string;
  readonly signal: AbortSignal;
};

export type EncodeOutcome = FfmpegOutcome | WrongFrequency;

/** What MP3 knows; other rates are encoded as the next one above. */
const MP3_RATES = [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000];

/** The file extension of a format, as the documented results have it. */
export function speechExtension(format: SpeechFormat): string {
  return format.toLowerCase();
}

/** Writes the recording in its format: PCM is signed 16 bit little-endian, mono, without a header. */
export async function encodeSpeech(request: EncodeRequest, tools: MediaTools): Promise<EncodeOutcome> {
  const { wavPath, outPath, seconds, sampleRate, scratch, signal } = request;
  const rubberband = await hasRubberband(tools, scratch);
  const effect = effectFilters(request.effect, request.effectValue ?? [], sampleRate, rubberband);
  if (effect.kind === 'refused') return effect;
  const filters = [...effect.filters, ...volumeFilters(request.volume)];
  return await runFfmpeg(
    {
      args: [
        ...['-f', 'wav', '-i', `file:${wavPath}`, '-map_metadata', '-1'],
        ...(filters.length === 0 ? [] : ['-af', filters.join(',')]),
        ...['-ac', '1', ...formatArguments(request.format, sampleRate), `file:${outPath}`],
      ],
      ...{ scratch, signal, reads: [wavPath] },
      fileSize: 2 * seconds * sampleRate * BYTES_PER_SAMPLE,
      timeLimit: 120 + seconds,
    },
    tools,
  );
}

function formatArguments(format: SpeechFormat, sampleRate: number): string[] {
  if (format === 'MP3') {
    const rate = MP3_RATES.find((known) => known >= sampleRate) ?? 48_000;
    return ['-ar', String(rate), '-c:a', 'libmp3lame', '-b:a', `${mp3Kilobits(rate)}k`, '-f', 'mp3'];
  }
  const container = format === 'WAV' ? 'wav' : 's16le';
  return ['-ar', String(sampleRate), '-c:a', 'pcm_s16le', '-bitexact', '-f', container];
}

/** Enough that a voice cannot be told from the original; MP3 allows at most 64 below 16 kHz. */
function mp3Kilobits(sampleRate: number): number {
  if (sampleRate < 16_000) return 32;
  return sampleRate < 32_000 ? 64 : 128;
}
