import { findMediaTools, MEDIA_LIMITS, MEDIA_REMEDY, type MediaTools } from '../../media/media-tools.ts';
import { SMALL_FILES } from '../../program-limits.ts';
import { runProgram } from '../../run-program.ts';

export type FfmpegRun = {
  readonly args: readonly string[];
  readonly scratch: string;
  readonly reads: readonly string[];
  /** Bytes that it may write. */
  readonly fileSize: number;
  readonly timeLimit: number;
  readonly signal: AbortSignal;
};

export type FfmpegOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'unavailable'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

/** Runs ffmpeg on sound of our own making. Throws the signal's reason when aborted. */
export async function runFfmpeg(run: FfmpegRun, tools: MediaTools): Promise<FfmpegOutcome> {
  const found = findMediaTools(tools);
  if (found.kind === 'missing') {
    return { kind: 'unavailable', message: `${found.program} was not found. ${MEDIA_REMEDY}` };
  }
  const outcome = await runProgram({
    program: found.ffmpeg,
    args: ['-v', 'error', '-nostdin', '-y', '-threads', '1', ...run.args],
    scratch: run.scratch,
    reads: run.reads,
    limits: { ...MEDIA_LIMITS, fileSize: SMALL_FILES + run.fileSize },
    timeLimit: run.timeLimit,
    signal: run.signal,
  });
  run.signal.throwIfAborted();
  if (outcome.kind === 'exited' && outcome.code === 0) return { kind: 'done' };
  if (outcome.kind === 'not-found') {
    return { kind: 'unavailable', message: `ffmpeg cannot be run. ${MEDIA_REMEDY}` };
  }
  const detail = 'stderr' in outcome ? outcome.stderr.slice(-500) : outcome.kind;
  return { kind: 'failed', message: 'ffmpeg could not shape the speech.', detail };
}

const known = new Map<string, Promise<boolean>>();

/** Whether this ffmpeg was built with librubberband, as Debian's is; asked once. */
export async function hasRubberband(tools: MediaTools, scratch: string): Promise<boolean> {
  const found = findMediaTools(tools);
  if (found.kind === 'missing') return false;
  const answer = known.get(found.ffmpeg) ?? ask(found.ffmpeg, scratch);
  known.set(found.ffmpeg, answer);
  return await answer;
}

async function ask(ffmpeg: string, scratch: string): Promise<boolean> {
  const { signal } = new AbortController();
  const args = ['-v', 'error', '-f', 'lavfi', '-i', 'anullsrc=d=0.1', '-af', 'rubberband', '-f', 'null', '-'];
  const outcome = await runProgram({
    ...{ program: ffmpeg, args, scratch, limits: MEDIA_LIMITS, timeLimit: 20, signal },
  });
  return outcome.kind === 'exited' && outcome.code === 0;
}
