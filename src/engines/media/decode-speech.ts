import type { MediaTools } from './media-tools.ts';
import { runDecoder, type DecodingOutcome } from './run-decoder.ts';
import { SPEECH_BYTES_PER_SECOND, SPEECH_SAMPLE_RATE, speechWavSeconds } from './speech-wav.ts';
import { UNTRUSTED_INPUT, unreadableReason } from './untrusted-input.ts';

export type DecodeRequest = {
  /** A local file; its name is not looked at. */
  readonly path: string;
  /** Where the WAV goes: 16 kHz, mono, signed 16 bit. */
  readonly wavPath: string;
  /** Seconds into the recording. */
  readonly start: number;
  /** Seconds that are likely there; the time that decoding may take depends on it. */
  readonly expected: number;
  /** At most this many seconds; also the bound on what is written (115 MB an hour). */
  readonly maxSeconds: number;
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** Called with the seconds decoded so far. */
  readonly onProgress: (seconds: number) => void;
};

export type DecodeOutcome =
  | { readonly kind: 'decoded'; readonly seconds: number }
  | { readonly kind: 'no-audio' }
  /** The recording ends before `start`. */
  | { readonly kind: 'empty-range' }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly message: string };

/**
 * Decodes the first audio track to what speech engines hear. Times are kept: a track that begins late, or has holes,
 * is filled with silence, so second 10 of the WAV is second 10 behind `start` in the recording.
 * Throws the signal's reason when aborted.
 */
export async function decodeSpeech(request: DecodeRequest, tools: MediaTools): Promise<DecodeOutcome> {
  const { path, start, expected, maxSeconds, scratch, signal, onProgress } = request;
  const outcome = await runDecoder(
    {
      ...{ args: decodeArguments(request), path, scratch, signal, onSeconds: onProgress },
      ...{ seconds: start + expected, maxBytes: maxSeconds * SPEECH_BYTES_PER_SECOND },
    },
    tools,
  );
  return outcome.kind === 'ended' ? await judge(outcome, request) : outcome;
}

type Ended = Extract<DecodingOutcome, { readonly kind: 'ended' }>;

/** A file that breaks off in the middle is decoded up to there: what could be read is worth having. */
async function judge({ code, stderr, noAudio }: Ended, request: DecodeRequest): Promise<DecodeOutcome> {
  const seconds = await speechWavSeconds(request.wavPath);
  if (seconds !== undefined && seconds > 0) return { kind: 'decoded', seconds };
  if (noAudio) return { kind: 'no-audio' };
  if (code === 0 && request.start > 0) return { kind: 'empty-range' };
  return { kind: 'unreadable', reason: unreadableReason(stderr) };
}

function decodeArguments({ path, wavPath, start, maxSeconds }: DecodeRequest): string[] {
  return [
    ...['-v', 'error', '-nostdin', '-y', '-progress', 'pipe:1', '-threads', '1'],
    ...UNTRUSTED_INPUT,
    ...['-ss', String(start), '-i', `file:${path}`],
    ...['-map', '0:a:0', '-vn', '-sn', '-dn', '-map_metadata', '-1'],
    ...['-af', 'aresample=async=1:first_pts=0', '-ac', '1', '-ar', String(SPEECH_SAMPLE_RATE)],
    ...['-t', String(maxSeconds), '-c:a', 'pcm_s16le', '-bitexact', '-f', 'wav', `file:${wavPath}`],
  ];
}
