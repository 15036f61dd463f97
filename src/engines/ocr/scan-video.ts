import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeChild } from '../node-child.ts';
import { SMALL_FILES } from '../program-limits.ts';
import { runProgram, type ProgramOutcome } from '../run-program.ts';
import type { ScanPlan, Sighting } from './scan-plan.ts';

export type ScanOutcome =
  | { readonly kind: 'scanned'; readonly sightings: readonly Sighting[] }
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

/** Decoding and looking run at 10 times real time and more; a crowded machine is slower. */
const TIME_LIMIT = { start: 60, second: 2 };

/**
 * Looks for standing text in a part of a video, in a process of its own: decoders have faults, and a second of video
 * costs tens of milliseconds that the server has no time for. Throws the signal's reason when aborted.
 * @param onSecond called with the seconds done
 */
export async function scanVideo(
  plan: ScanPlan,
  signal: AbortSignal,
  onSecond: (done: number) => void,
): Promise<ScanOutcome> {
  const planPath = join(plan.scratch, `${plan.prefix}plan.json`);
  await writeFile(planPath, JSON.stringify(plan));
  const { program, args } = nodeChild('./scan-child', import.meta.url);
  const sightings: Sighting[] = [];
  const said: { done?: true; failed?: string; sighting?: Sighting } = {};
  const outcome = await runProgram({
    program,
    args: [...args, planPath],
    scratch: plan.scratch,
    reads: [plan.path],
    // V8 sets addresses aside that it never uses; the memory in use is bounded by the size of the sampled picture.
    limits: { memory: 'unlimited', fileSize: SMALL_FILES },
    timeLimit: TIME_LIMIT.start + TIME_LIMIT.second * plan.seconds,
    signal,
    onLine: (line) => {
      const done = /^second (\d+)$/.exec(line)?.[1];
      if (done !== undefined) onSecond(Number(done));
      if (!line.startsWith('{')) return;
      Object.assign(said, JSON.parse(line));
      if (said.sighting !== undefined) sightings.push(said.sighting);
      delete said.sighting;
    },
  });
  signal.throwIfAborted();
  if (said.done === true) return { kind: 'scanned', sightings };
  return {
    kind: 'failed',
    message: 'The pictures of the video cannot be read.',
    detail: said.failed ?? told(outcome),
  };
}

function told(outcome: ProgramOutcome): string {
  return 'stderr' in outcome ? outcome.stderr.slice(-500) : outcome.kind;
}
