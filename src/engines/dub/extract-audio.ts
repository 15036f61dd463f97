import { rm } from 'node:fs/promises';
import type { MediaTools } from '../media/media-tools.ts';
import { runDecoder, type DecodingOutcome } from '../media/run-decoder.ts';
import { UNTRUSTED_INPUT, unreadableReason } from '../media/untrusted-input.ts';
import { BYTES_PER_FRAME, DUB_SAMPLE_RATE, framesOf, readStereoWav } from './stereo-wav.ts';

export type ExtractRequest = {
  /** A local file; its name is not looked at. */
  readonly path: string;
  /** Where the WAV goes: 48 kHz, stereo, signed 16 bit. In the scratch folder. */
  readonly wavPath: string;
  /** How long it becomes: what is longer is cut, what is shorter is filled with silence. */
  readonly totalSeconds: number;
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** 0 to 1. */
  readonly onProgress: (fraction: number) => void;
};

export type ExtractOutcome =
  | { readonly kind: 'extracted' }
  | { readonly kind: 'no-audio' }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly message: string };

/**
 * Takes the first audio track out of a recording, as good as it is. Times are kept, as decode-speech.ts keeps them: a
 * track that begins late, or has holes, is filled with silence.
 * Throws the signal's reason when aborted.
 */
export async function extractAudio(request: ExtractRequest, tools: MediaTools): Promise<ExtractOutcome> {
  const { path, wavPath, totalSeconds, scratch, signal, onProgress } = request;
  await rm(wavPath, { force: true });
  const outcome = await runDecoder(
    {
      ...{ args: extractArguments(request), path, scratch, signal, seconds: totalSeconds },
      maxBytes: framesOf(totalSeconds) * BYTES_PER_FRAME,
      onSeconds: (seconds) => onProgress(Math.min(1, seconds / totalSeconds)),
    },
    tools,
  );
  return outcome.kind === 'ended' ? await judge(outcome, request) : outcome;
}

type Ended = Extract<DecodingOutcome, { readonly kind: 'ended' }>;

/** A track that breaks off is silent from there on: what could be read is worth having. */
async function judge({ code, stderr, noAudio }: Ended, { wavPath }: ExtractRequest): Promise<ExtractOutcome> {
  if (noAudio) return { kind: 'no-audio' };
  const wav = await readStereoWav(wavPath).catch(() => undefined);
  if (wav !== undefined && wav.frames > 0) return { kind: 'extracted' };
  return { kind: 'unreadable', reason: unreadableReason(code === 0 ? '' : stderr) };
}

function extractArguments({ path, wavPath, totalSeconds }: ExtractRequest): string[] {
  const filters = [
    'aresample=async=1:first_pts=0',
    `aformat=sample_rates=${DUB_SAMPLE_RATE}:channel_layouts=stereo|mono`,
    // One ear in both, as loud as it was: by itself ffmpeg takes 3 dB off. Channels that are not there count nothing.
    'pan=stereo|FL=FL+FC|FR=FR+FC',
    ...['apad', `atrim=end_sample=${framesOf(totalSeconds)}`],
  ];
  return [
    ...['-v', 'error', '-nostdin', '-y', '-progress', 'pipe:1', '-threads', '1'],
    ...UNTRUSTED_INPUT,
    ...['-i', `file:${path}`],
    ...['-map', '0:a:0', '-vn', '-sn', '-dn', '-map_metadata', '-1', '-af', filters.join(',')],
    ...['-c:a', 'pcm_s16le', '-bitexact', '-rf64', 'auto', '-f', 'wav', `file:${wavPath}`],
  ];
}
