import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findMediaTools, MEDIA_LIMITS, MEDIA_REMEDY, type MediaTools } from '../media/media-tools.ts';
import { UNTRUSTED_INPUT } from '../media/untrusted-input.ts';
import { SMALL_FILES } from '../program-limits.ts';
import { runProgram } from '../run-program.ts';
import type { Wanted } from './choose-variant.ts';
import { agree, lookInto, type Looked } from './look-into-run.ts';

/** The segments between two breaks, put behind each other. */
export type Run = {
  /** In the scratch folder. */
  readonly path: string;
  /** Seconds on the clock that it shares with the run of sound beside it, where its form has no timestamps. */
  readonly startsAt?: number | undefined;
  /** The number of its first segment: for messages. */
  readonly firstSegment: number;
};

/** What is shown and heard between two breaks. */
export type RunPair = { readonly main: Run; readonly sound?: Run | undefined };

export type JoinRequest = {
  readonly runs: readonly RunPair[];
  readonly wanted: Wanted;
  /** In the scratch folder. */
  readonly outPath: string;
  /** A folder of its own for what lies between. */
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** 0 to 1. */
  readonly onProgress: (fraction: number) => void;
};

export type JoinOutcome =
  | { readonly kind: 'joined' }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly message: string };

/** Copying is as fast as the disk; slower than this many bytes a second, it hangs. */
const SLOWEST = 4_000_000;
const LEAST_TIME_LIMIT = 120;

/**
 * Makes one MP4 of all runs, by copying: times within a run are as its timestamps have them, and a run begins where
 * the one before it ended. ffmpeg is given local files with names of ours, and reads no playlist of a caller.
 * Throws the signal's reason when aborted.
 */
export async function joinRuns(request: JoinRequest, tools: MediaTools): Promise<JoinOutcome> {
  const { runs, outPath, scratch, signal, onProgress } = request;
  const [only] = runs;
  if (runs.length === 1 && only !== undefined) return await copyRun(only, outPath, request, tools);
  const made: string[] = [];
  let first: Looked | undefined;
  for (const pair of runs) {
    const path = join(scratch, madeName(made.length));
    const outcome = await copyRun(pair, path, request, tools);
    if (outcome.kind !== 'joined') return outcome;
    const looked = await lookInto(path, tools, { scratch, signal });
    if (looked.kind !== 'looked') return looked;
    first ??= looked;
    if (!agree(first, looked)) return differs(pair);
    made.push(path);
    onProgress(made.length / (runs.length + 1));
  }
  return await concatenate(made, request, tools);
}

function madeName(index: number): string {
  return `made-${index}.mp4`;
}

function differs({ main }: RunPair): JoinOutcome {
  const reason =
    `From segment ${main.firstSegment} on, the pictures or the sound are coded otherwise than before. ` +
    'Submit the recording as one file, such as an MP4.';
  return { kind: 'unreadable', reason };
}

/** One run as a file of its own, whose times begin at 0. */
async function copyRun(pair: RunPair, path: string, request: JoinRequest, tools: MediaTools): Promise<JoinOutcome> {
  const { main, sound } = pair;
  const offsets = sound === undefined ? [0] : await offsetsOf(main, sound, request, tools);
  if ('kind' in offsets) return offsets;
  const inputs = [main, ...(sound === undefined ? [] : [sound])];
  const reading = inputs.flatMap(({ path: input }, index) => [
    ...['-fflags', '+genpts', ...UNTRUSTED_INPUT],
    ...['-itsoffset', (offsets[index] ?? 0).toFixed(6), '-i', `file:${input}`],
  ]);
  const bytes = await sizeOf(inputs.map((input) => input.path));
  const picture = ['-map', '0:V:0?'];
  const heard = ['-map', sound === undefined ? '0:a:0?' : '1:a:0'];
  const wanted = request.wanted === 'picture' ? [...picture, ...heard] : heard;
  const first = await copy([...reading, ...wanted], path, bytes, request, tools);
  // It is for a later step to say what it misses in the recording.
  const again = first.kind === 'trackless' && request.wanted === 'sound';
  const outcome = again ? await copy([...reading, ...picture, ...heard], path, bytes, request, tools) : first;
  for (const { path: input } of inputs) await rm(input);
  return outcome.kind === 'trackless' ? unjoinable() : outcome;
}

/** Seconds by which each begins later than the earlier one: ffmpeg has each begin at 0 by itself. */
async function offsetsOf(
  main: Run,
  sound: Run,
  { scratch, signal }: JoinRequest,
  tools: MediaTools,
): Promise<readonly number[] | Exclude<JoinOutcome, { kind: 'joined' }>> {
  const starts: number[] = [];
  for (const run of [main, sound]) {
    const looked = await lookInto(run.path, tools, { scratch, signal });
    if (looked.kind !== 'looked') return looked;
    starts.push(run.startsAt ?? looked.start);
  }
  const first = Math.min(...starts);
  return starts.map((start) => start - first);
}

async function concatenate(
  paths: readonly string[],
  request: JoinRequest,
  tools: MediaTools,
): Promise<JoinOutcome> {
  const list = join(request.scratch, 'runs.ffconcat');
  await writeFile(list, ['ffconcat version 1.0', ...paths.map((_, index) => `file ${madeName(index)}`)].join('\n'));
  // This list is ours, and so are the files that it names, each written by ffmpeg.
  const input = [
    '-protocol_whitelist',
    'file,pipe',
    '-format_whitelist',
    'concat,mov',
    '-f',
    'concat',
    '-safe',
    '1',
  ];
  const args = [...input, '-i', `file:${list}`, '-map', '0'];
  const outcome = await copy(args, request.outPath, await sizeOf(paths), request, tools);
  return outcome.kind === 'trackless' ? unjoinable() : outcome;
}

async function copy(
  args: readonly string[],
  path: string,
  bytes: number,
  { scratch, signal }: JoinRequest,
  tools: MediaTools,
): Promise<JoinOutcome | { readonly kind: 'trackless' }> {
  const found = findMediaTools(tools);
  if (found.kind === 'missing') {
    return { kind: 'unavailable', message: `${found.program} was not found. ${MEDIA_REMEDY}` };
  }
  const outcome = await runProgram({
    program: found.ffmpeg,
    args: [
      ...['-v', 'error', '-nostdin', '-y', ...args, '-c', 'copy', '-sn', '-dn'],
      ...[
        '-map_metadata',
        '-1',
        '-map_chapters',
        '-1',
        '-max_muxing_queue_size',
        '4096',
        '-f',
        'mp4',
        `file:${path}`,
      ],
    ],
    ...{ scratch, signal, limits: { ...MEDIA_LIMITS, fileSize: SMALL_FILES + 2 * bytes } },
    timeLimit: Math.max(LEAST_TIME_LIMIT, bytes / SLOWEST),
  });
  signal.throwIfAborted();
  if (outcome.kind !== 'exited') return unjoinable();
  if (outcome.code === 0) return { kind: 'joined' };
  return /does not contain any stream/i.test(outcome.stderr) ? { kind: 'trackless' } : unjoinable();
}

function unjoinable(): JoinOutcome {
  return { kind: 'unreadable', reason: 'Its segments are damaged, or coded in a way that cannot be joined.' };
}

async function sizeOf(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
