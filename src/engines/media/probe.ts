import { z } from 'zod';
import { runProgram } from '../run-program.ts';
import { findMediaTools, MEDIA_LIMITS, MEDIA_REMEDY, type MediaTools } from './media-tools.ts';
import { UNTRUSTED_INPUT, unreadableReason } from './untrusted-input.ts';

export type ProbeOutcome =
  /** `seconds` is the length that the container declares; undefined where it declares none (a stream's dump). */
  | { readonly kind: 'probed'; readonly hasAudio: boolean; readonly seconds: number | undefined }
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** More than this server takes on, though it may be a fine recording. */
  | { readonly kind: 'too-large'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly message: string };

const report = z.object({
  streams: z
    .array(
      z.object({
        codec_type: z.string().optional(),
        width: z.number().optional(),
        height: z.number().optional(),
      }),
    )
    .optional(),
  format: z.object({ duration: z.string().optional() }).optional(),
});

/** Seconds. A week of surveillance is a recording; more is a mistake or a trap. */
const LONGEST = 7 * 86_400;

/** Seconds. Reading the headers takes well under one. */
const TIME_LIMIT = 60;

/**
 * Looks into a file without decoding it, by ffprobe. (mediabunny answers in a tenth of the 60 ms, but inside the
 * server's process and for fewer formats; and what counts as readable must be what the decoder can read.)
 * Throws the signal's reason when aborted.
 * @param path a local file; its name is not looked at
 */
export async function probeMedia(
  path: string,
  tools: MediaTools,
  surroundings: { readonly scratch: string; readonly signal: AbortSignal },
): Promise<ProbeOutcome> {
  const found = findMediaTools(tools);
  if (found.kind === 'missing') {
    return { kind: 'unavailable', message: `${found.program} was not found. ${MEDIA_REMEDY}` };
  }
  const outcome = await runProgram({
    program: found.ffprobe,
    args: [
      ...['-v', 'error', ...UNTRUSTED_INPUT, '-of', 'json'],
      ...['-show_entries', 'format=duration:stream=codec_type', '-i', `file:${path}`],
    ],
    reads: [path],
    limits: MEDIA_LIMITS,
    timeLimit: TIME_LIMIT,
    ...surroundings,
  });
  surroundings.signal.throwIfAborted();
  switch (outcome.kind) {
    case 'exited':
      return outcome.code === 0
        ? readReport(outcome.stdout)
        : { kind: 'unreadable', reason: unreadableReason(outcome.stderr) };
    case 'timed-out':
      return { kind: 'unreadable', reason: `Its headers could not be read in ${outcome.seconds} seconds.` };
    case 'not-found':
      return { kind: 'unavailable', message: `ffprobe cannot be run. ${MEDIA_REMEDY}` };
    default:
      return { kind: 'unreadable', reason: unreadableReason('') };
  }
}

function readReport(text: string): ProbeOutcome {
  const { streams = [], format } = report.parse(JSON.parse(text));
  const seconds = Number(format?.duration);
  if (seconds > LONGEST)
    return { kind: 'too-large', reason: `It says to be longer than ${LONGEST / 86_400} days.` };
  return {
    kind: 'probed',
    hasAudio: streams.some((stream) => stream.codec_type === 'audio'),
    seconds: Number.isFinite(seconds) && seconds > 0 ? seconds : undefined,
  };
}
