import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertNever } from '../base/assert-never.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { jobFailure } from '../jobs/job-failure.ts';
import type { ClaimedJob, JobStore } from '../jobs/job-store.ts';
import { StoreUnavailable } from '../jobs/store-unavailable.ts';
import type { Pipeline, PipelineOutcome } from '../pipelines/pipeline.ts';
import { Heartbeat, type HeartbeatTimes } from './heartbeat.ts';
import { recallRun } from './run-memory.ts';

export type RunParts = {
  readonly jobs: JobStore;
  readonly pipelines: readonly Pipeline[];
  readonly clock: Clock;
  readonly log: Logger;
  readonly times: HeartbeatTimes;
  /** Where scratch folders are made. */
  readonly scratchRoot: string;
};

/** Why a run was broken off: somebody took the job away, or the worker itself stops. */
export type BreakOff = 'lost' | 'stopping';

type Ending = PipelineOutcome | { readonly kind: 'broken-off'; readonly by: BreakOff };

/** How a run ended. `lost`: the lease was gone when the outcome was to be written, so nothing was. */
export type RunEnd = 'finished' | 'failed' | 'handed-back' | 'lost';

/** Runs a claimed job from its claim to its end: scratch, heartbeat, pipeline, settle, clean up. */
export async function runJob(claimed: ClaimedJob, parts: RunParts, control: AbortController): Promise<RunEnd> {
  const log = parts.log.child({ jobId: claimed.job.id, attempt: claimed.job.attempts });
  const { jobs, clock, times } = parts;
  const scratch = await makeScratch(claimed, parts);
  const onLost = (): void => breakOff(control, 'lost');
  const heartbeat = new Heartbeat({ jobs, lease: claimed.lease, clock, log, times, onLost });
  try {
    const ending = await runPipeline(claimed, { ...parts, log }, { scratch, control, heartbeat });
    const end = await settleWhenPossible(claimed, ending, { ...parts, log }, control.signal);
    if (end === 'lost') await forgetDeleted(claimed, parts);
    log.info({ end, ...describe(ending) }, 'job run ended');
    return end;
  } finally {
    await heartbeat.end();
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Whoever deletes a job removes its files, but a run that does not know it yet may write them once more. */
async function forgetDeleted({ job }: ClaimedJob, { jobs, pipelines }: RunParts): Promise<void> {
  if ((await jobs.get(job.account, job.id)) !== undefined) return;
  await pipelines.find(({ type }) => type === job.type)?.forget?.(job.account, job.id);
}

/** A disk without room for a folder is no fault of the job: its attempt does not count. */
async function makeScratch({ job, lease }: ClaimedJob, { jobs, scratchRoot }: RunParts): Promise<string> {
  try {
    return await mkdtemp(join(scratchRoot, `${job.id}-`));
  } catch (error) {
    await jobs.handBack(lease);
    throw error;
  }
}

/** Ends a run early; the reason decides how the job is settled. The first reason stands. */
export function breakOff(control: AbortController, by: BreakOff): void {
  if (!control.signal.aborted) control.abort(by);
}

type Surroundings = { readonly scratch: string; readonly control: AbortController; readonly heartbeat: Heartbeat };

async function runPipeline({ job, lease }: ClaimedJob, parts: RunParts, around: Surroundings): Promise<Ending> {
  const { signal } = around.control;
  const pipeline = parts.pipelines.find(({ type }) => type === job.type);
  if (pipeline === undefined) {
    return {
      kind: 'failed',
      failure: jobFailure('EngineUnavailable', `This version runs no jobs of type ${job.type}.`),
    };
  }
  try {
    const { jobs, log } = parts;
    const report = around.heartbeat.report.bind(around.heartbeat);
    const onLost = (): void => breakOff(around.control, 'lost');
    const memory = await recallRun({ jobs, lease, signal, log, report, onLost });
    // What was done before shows at once, not with the next beat.
    around.heartbeat.beat();
    const outcome = await pipeline.run({ job, scratch: around.scratch, signal, log, ...memory });
    return signal.aborted ? brokenOff(signal) : outcome;
  } catch (error) {
    if (signal.aborted) return brokenOff(signal);
    parts.log.error({ err: error }, 'the pipeline failed');
    const message =
      'The job failed for a fault of this server. Its log has more under the job id; RetrySmartJob runs it again.';
    return { kind: 'failed', failure: jobFailure('InternalError', message) };
  }
}

function brokenOff(signal: AbortSignal): Ending {
  return { kind: 'broken-off', by: signal.reason as BreakOff };
}

/**
 * A store that is out of order for a moment (its disk is full) does not cost what a run has found out. The heart
 * beats on meanwhile; where it too gets no answer until the lease has run out, the job is no longer this worker's.
 */
async function settleWhenPossible(
  claimed: ClaimedJob,
  ending: Ending,
  { jobs, log, times }: RunParts,
  signal: AbortSignal,
): Promise<RunEnd> {
  for (;;) {
    try {
      return await settle(claimed, ending, jobs);
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || signal.aborted) throw error;
      log.warn({ err: error }, 'the store does not take the outcome of a job yet');
      await sleep(times.checkMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function settle({ lease }: ClaimedJob, ending: Ending, jobs: JobStore): Promise<RunEnd> {
  switch (ending.kind) {
    case 'finished':
      return (await jobs.finish(lease, ending.result)) ? 'finished' : 'lost';
    case 'failed':
      return (await jobs.fail(lease, ending.failure)) ? 'failed' : 'lost';
    case 'broken-off':
      if (ending.by === 'lost') return 'lost';
      return (await jobs.handBack(lease)) ? 'handed-back' : 'lost';
    default:
      return assertNever(ending);
  }
}

function describe(ending: Ending): Record<string, string> {
  return ending.kind === 'failed' ? { code: ending.failure.code } : {};
}
