import { assetPath } from '../asset-path.ts';
import { nodeChild } from '../node-child.ts';
import { SMALL_FILES } from '../program-limits.ts';
import { runProgram } from '../run-program.ts';
import { believableSpeech } from './believable-speech.ts';
import { fitForRecognizer, type SpeechSegment } from './speech-segments.ts';

export type VoiceActivityRequest = {
  /** A WAV of decode-speech.ts. */
  readonly wavPath: string;
  /** Its length in seconds. */
  readonly seconds: number;
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** 0 to 1. */
  readonly onProgress: (fraction: number) => void;
};

export type VoiceActivityOutcome =
  /** In order, not overlapping; empty where nobody speaks. */
  | { readonly kind: 'detected'; readonly segments: readonly SpeechSegment[] }
  /** `detail` is for the log: what the detector said last. */
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

const MODEL = 'models/silero-vad/silero_vad_16k_op15.onnx';
/** What the child prints. */
type News = (SpeechSegment & { readonly sure: boolean }) | { readonly seconds: number };

/** Measured 0.015 seconds a second; slower than this, it hangs. */
const SECONDS_PER_SECOND = 0.2;
const LEAST_TIME_LIMIT = 60;

/**
 * Finds where somebody speaks, by Silero VAD in a process of its own whose memory does not grow with the recording.
 * Throws the signal's reason when aborted.
 */
export async function detectSpeech(request: VoiceActivityRequest): Promise<VoiceActivityOutcome> {
  const found: SpeechSegment[] = [];
  const sure: SpeechSegment[] = [];
  const child = nodeChild('./voice-activity-child', import.meta.url);
  const outcome = await runProgram({
    program: child.program,
    args: [...child.args, request.wavPath, assetPath(MODEL)],
    scratch: request.scratch,
    reads: [request.wavPath],
    // Each WebAssembly module of Node.js sets 10 GiB of addresses aside; and what is read here, we have made.
    limits: { memory: 'unlimited', fileSize: SMALL_FILES },
    timeLimit: Math.max(LEAST_TIME_LIMIT, request.seconds * SECONDS_PER_SECOND),
    signal: request.signal,
    onLine: (line) => {
      const news = JSON.parse(line) as News;
      if ('from' in news) (news.sure ? sure : found).push({ from: news.from, to: news.to });
      else request.onProgress(Math.min(1, news.seconds / request.seconds));
    },
  });
  request.signal.throwIfAborted();
  if (outcome.kind === 'exited' && outcome.code === 0) {
    return { kind: 'detected', segments: fitForRecognizer(believableSpeech(found, sure), request.seconds) };
  }
  const how = outcome.kind === 'timed-out' ? `gave no answer in ${outcome.seconds} seconds` : 'ended unexpectedly';
  const detail = 'stderr' in outcome ? outcome.stderr : outcome.kind;
  return { kind: 'failed', message: `The voice activity detector ${how}.`, detail };
}
