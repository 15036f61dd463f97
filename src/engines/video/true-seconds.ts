import { findMediaTools, MEDIA_LIMITS, type MediaTools } from '../media/media-tools.ts';
import { declaredSeconds, type ProbeFailure, type ProbeSurroundings } from '../media/run-probe.ts';
import { UNTRUSTED_INPUT } from '../media/untrusted-input.ts';
import { runProgram } from '../run-program.ts';
import type { ProbedVideo } from './probe-video.ts';

export type TrueSeconds =
  | {
      readonly kind: 'length';
      readonly seconds: number | undefined;
      /** What its container says, where pictures and sound end long before: it breaks off. */
      readonly declared?: number;
    }
  | ProbeFailure;

/** Sound without a container: ffmpeg guesses its length by the rate of the beginning, and may be wrong tenfold. */
const GUESSED = new Set(['aac', 'ac3', 'amr', 'dts', 'eac3', 'loas', 'mp3', 'spdif', 'truehd']);
/** Seconds. A guess that is no further off is as good: an MP3 says more exactly itself what is to be heard of it. */
const NEAR = 1;
/** Seconds. Where nothing is there of so much of the end, something is missing. */
const ENDING = 5;
/** Seconds. It takes some 0.5 for an hour. */
const TIME_LIMIT = 600;

/**
 * How long a recording is: as its container says where that can be believed, else until the last of its packets ends.
 * Browsers write no length into what they record, and of what was not uploaded or downloaded to its end the header
 * still says the whole. Undefined where that cannot be found out either.
 * Throws the signal's reason when aborted.
 */
export async function trueSeconds(
  path: string,
  { container, seconds }: Pick<ProbedVideo, 'container' | 'seconds'>,
  tools: MediaTools,
  surroundings: ProbeSurroundings,
): Promise<TrueSeconds> {
  const isGuessed = GUESSED.has(container);
  if (seconds !== undefined && !isGuessed) {
    const ending = await endOfPackets(path, Math.max(0, seconds - 2 * ENDING), tools, surroundings);
    if (ending !== undefined && ending > seconds - ENDING) return { kind: 'length', seconds };
  }
  const last = await endOfPackets(path, 0, tools, surroundings);
  if (last === undefined) return { kind: 'length', seconds };
  if (seconds !== undefined && Math.abs(last - seconds) < NEAR) return { kind: 'length', seconds };
  const length = declaredSeconds(String(last));
  if (seconds === undefined || isGuessed || length.kind !== 'length') return length;
  return { ...length, declared: seconds };
}

/** Seconds behind the beginning of the recording, of pictures and sound alike. @param from where to look, in seconds */
async function endOfPackets(
  path: string,
  from: number,
  tools: MediaTools,
  surroundings: ProbeSurroundings,
): Promise<number | undefined> {
  const found = findMediaTools(tools);
  if (found.kind === 'missing') return undefined;
  const entries = 'packet=codec_type,pts_time,duration_time:format=start_time';
  let [start, end] = [0, 0];
  const outcome = await runProgram({
    program: found.ffprobe,
    args: [
      ...['-v', 'error', ...UNTRUSTED_INPUT, '-of', 'compact', '-show_entries', entries],
      ...(from > 0 ? ['-read_intervals', `${from}%`] : []),
      ...['-i', `file:${path}`],
    ],
    reads: [path],
    limits: MEDIA_LIMITS,
    timeLimit: TIME_LIMIT,
    ...surroundings,
    onLine: (line) => {
      if (/^packet\|codec_type=(?:video|audio)\|/.test(line)) end = Math.max(end, endOfPacket(line));
      else if (line.startsWith('format|')) start = valueOf(line, 'start_time');
    },
  });
  surroundings.signal.throwIfAborted();
  // What breaks off has an end all the same.
  return outcome.kind === 'exited' && end > Math.max(0, start) ? end - start : undefined;
}

function endOfPacket(line: string): number {
  return valueOf(line, 'pts_time') + valueOf(line, 'duration_time');
}

/** 0 for `N/A`. */
function valueOf(line: string, name: string): number {
  return Number(new RegExp(`\\|${name}=(-?[\\d.]+)`).exec(line)?.[1] ?? 0);
}
