import { dirname, join } from 'node:path';
import type { EngineAvailability } from '../engine-availability.ts';
import { findProgram } from '../find-program.ts';
import { MIB, SMALL_FILES } from '../program-limits.ts';
import { runProgram } from '../run-program.ts';

export type MediaTools = {
  /** The ffmpeg to run, a name or a path (FFMPEG_PATH); absent = `ffmpeg` on PATH. ffprobe is the one beside it. */
  readonly ffmpegPath?: string;
};

/** 300 MiB are enough for a 4K video with sound; nothing but the decoded audio is written. */
export const MEDIA_LIMITS = { memory: 2048 * MIB, fileSize: SMALL_FILES } as const;

export const MEDIA_REMEDY = 'Install it (Debian, Ubuntu: apt-get install ffmpeg), or set FFMPEG_PATH.';

/** The absolute paths of both programs, or the name of the one that is missing. */
export function findMediaTools(
  tools: MediaTools,
): { readonly kind: 'found'; ffmpeg: string; ffprobe: string } | { readonly kind: 'missing'; program: string } {
  const ffmpeg = findProgram(tools.ffmpegPath || 'ffmpeg');
  if (ffmpeg === undefined) return { kind: 'missing', program: 'ffmpeg' };
  const ffprobe = findProgram(join(dirname(ffmpeg), 'ffprobe')) ?? findProgram('ffprobe');
  return ffprobe === undefined ? { kind: 'missing', program: 'ffprobe' } : { kind: 'found', ffmpeg, ffprobe };
}

/** For the doctor: runs `ffmpeg -version`. */
export async function mediaAvailability(tools: MediaTools, scratch: string): Promise<EngineAvailability> {
  const found = findMediaTools(tools);
  if (found.kind === 'missing') {
    return { kind: 'missing', reason: `${found.program} was not found.`, remedy: MEDIA_REMEDY };
  }
  const outcome = await runProgram({
    program: found.ffmpeg,
    args: ['-version'],
    scratch,
    limits: MEDIA_LIMITS,
    timeLimit: 10,
    signal: new AbortController().signal,
  });
  const version = outcome.kind === 'exited' ? /^ffmpeg version (\S+)/.exec(outcome.stdout)?.[1] : undefined;
  return version === undefined
    ? { kind: 'missing', reason: 'ffmpeg does not run.', remedy: MEDIA_REMEDY }
    : { kind: 'ready', version, detail: found.ffmpeg };
}
