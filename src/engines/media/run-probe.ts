import { findMediaTools, MEDIA_LIMITS, MEDIA_REMEDY, type MediaTools } from './media-tools.ts';
import { runProgram } from '../run-program.ts';
import { UNTRUSTED_INPUT, unreadableReason } from './untrusted-input.ts';

export type ProbeSurroundings = { readonly scratch: string; readonly signal: AbortSignal };

export type ProbeFailure =
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** More than this server takes on, though it may be a fine recording. */
  | { readonly kind: 'too-large'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly message: string };

/** Seconds. A week of surveillance is a recording; more is a mistake or a trap. */
const LONGEST = 7 * 86_400;

/** Seconds. Reading the headers takes well under one. */
const TIME_LIMIT = 60;

/**
 * Looks into a file without decoding it, by ffprobe. (mediabunny answers in a tenth of the 60 ms, but inside the
 * server's process and for fewer formats; and what counts as readable must be what the decoder can read.)
 * Throws the signal's reason when aborted.
 * @param path a local file; its name is not looked at
 * @param entries what to tell, as -show_entries has it
 * @returns what ffprobe said, parsed from JSON
 */
export async function runProbe(
  path: string,
  entries: string,
  tools: MediaTools,
  surroundings: ProbeSurroundings,
): Promise<{ readonly kind: 'report'; readonly report: unknown } | ProbeFailure> {
  const found = findMediaTools(tools);
  if (found.kind === 'missing') {
    return { kind: 'unavailable', message: `${found.program} was not found. ${MEDIA_REMEDY}` };
  }
  const outcome = await runProgram({
    program: found.ffprobe,
    args: ['-v', 'error', ...UNTRUSTED_INPUT, '-of', 'json', '-show_entries', entries, '-i', `file:${path}`],
    reads: [path],
    limits: MEDIA_LIMITS,
    timeLimit: TIME_LIMIT,
    ...surroundings,
  });
  surroundings.signal.throwIfAborted();
  switch (outcome.kind) {
    case 'exited':
      return outcome.code === 0
        ? { kind: 'report', report: JSON.parse(outcome.stdout) }
        : { kind: 'unreadable', reason: unreadableReason(outcome.stderr) };
    case 'timed-out':
      return { kind: 'unreadable', reason: `Its headers could not be read in ${outcome.seconds} seconds.` };
    case 'not-found':
      return { kind: 'unavailable', message: `ffprobe cannot be run. ${MEDIA_REMEDY}` };
    default:
      return { kind: 'unreadable', reason: unreadableReason('') };
  }
}

/** The length that a container declares, in seconds; undefined where it declares none, or none that can be. */
export function declaredSeconds(
  duration: string | undefined,
): { readonly kind: 'length'; readonly seconds: number | undefined } | ProbeFailure {
  const seconds = Number(duration);
  if (seconds > LONGEST)
    return { kind: 'too-large', reason: `It says to be longer than ${LONGEST / 86_400} days.` };
  return { kind: 'length', seconds: Number.isFinite(seconds) && seconds > 0 ? seconds : undefined };
}
