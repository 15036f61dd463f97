import { assertNever } from '../../base/assert-never.ts';
import { SMALL_FILES } from '../program-limits.ts';
import { runProgram } from '../run-program.ts';
import { findMediaTools, MEDIA_LIMITS, MEDIA_REMEDY, type MediaTools } from './media-tools.ts';
import { unreadableReason } from './untrusted-input.ts';

export type Decoding = {
  /** For ffmpeg, which writes its progress to standard output. */
  readonly args: readonly string[];
  /** The file that it reads. */
  readonly path: string;
  /** Of sound, that are likely there: the time that it may take depends on them. */
  readonly seconds: number;
  /** Of what it may write. */
  readonly maxBytes: number;
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** Called with the seconds decoded so far. */
  readonly onSeconds: (seconds: number) => void;
};

export type DecodingOutcome =
  /** `noAudio`: there is no track of sound. What was written is for the caller to look at. */
  | { readonly kind: 'ended'; readonly code: number; readonly stderr: string; readonly noAudio: boolean }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly message: string };

/** ffmpeg decodes 100 to 1000 times faster than real time; slower than this, it hangs. */
const SECONDS_PER_SECOND = 0.5;
const LEAST_TIME_LIMIT = 120;

/** Has ffmpeg decode the sound of a recording. Throws the signal's reason when aborted. */
export async function runDecoder(decoding: Decoding, tools: MediaTools): Promise<DecodingOutcome> {
  const found = findMediaTools(tools);
  if (found.kind === 'missing') return unavailable(found.program);
  const { args, path, seconds, maxBytes, scratch, signal, onSeconds } = decoding;
  const outcome = await runProgram({
    ...{ program: found.ffmpeg, args, scratch, signal, reads: [path] },
    limits: { ...MEDIA_LIMITS, fileSize: SMALL_FILES + maxBytes },
    timeLimit: Math.max(LEAST_TIME_LIMIT, seconds * SECONDS_PER_SECOND),
    onLine: (line) => {
      const microseconds = /^out_time_us=(\d+)$/.exec(line)?.[1];
      if (microseconds !== undefined) onSeconds(Number(microseconds) / 1e6);
    },
  });
  signal.throwIfAborted();
  switch (outcome.kind) {
    case 'exited': {
      const { code, stderr } = outcome;
      const noAudio = /matches no streams|does not contain any stream/i.test(stderr);
      return { kind: 'ended', code, stderr, noAudio };
    }
    case 'timed-out':
      return { kind: 'unreadable', reason: `Its sound could not be decoded in ${outcome.seconds} seconds.` };
    case 'crashed':
      // Else the system's error, of a machine that has no room for one more process: not the fault of the file.
      if (!outcome.signal.startsWith('SIG')) {
        return { kind: 'unavailable', message: `ffmpeg cannot be started (${outcome.signal}).` };
      }
      return { kind: 'unreadable', reason: unreadableReason('') };
    case 'aborted':
      return { kind: 'unreadable', reason: unreadableReason('') };
    case 'not-found':
      return unavailable('ffmpeg');
    default:
      return assertNever(outcome);
  }
}

function unavailable(program: string): DecodingOutcome {
  return { kind: 'unavailable', message: `${program} was not found. ${MEDIA_REMEDY}` };
}
