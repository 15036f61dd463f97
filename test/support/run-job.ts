import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../src/base/logger.ts';
import type { TtsEngine } from '../../src/engines/tts/tts-engine.ts';
import type { AccountId } from '../../src/jobs/account.ts';
import { nextJobId } from '../../src/jobs/job-id.ts';
import { LONGEST_CHECKPOINT } from '../../src/jobs/job-store.ts';
import { createJob, type ExecutingJob, type JobDraft, type JobProgress } from '../../src/jobs/smart-job.ts';
import type { FetchInput } from '../../src/pipelines/fetch-input.ts';
import type { Pipeline, PipelineOutcome } from '../../src/pipelines/pipeline.ts';
import type { TtsParts } from '../../src/pipelines/tts-work.ts';

export const ACCOUNT = '1234567890123456' as AccountId;
/** Of every job that is run here: its runs are of one job. */
export const JOB_ID = nextJobId(Date.UTC(2026, 0, 2), undefined);

/** A job of ACCOUNT that a worker has claimed. */
export function executingJob(draft: Pick<JobDraft, 'type'> & Partial<JobDraft>): ExecutingJob {
  const job = createJob(ACCOUNT, JOB_ID, {
    ...{ title: '', description: '', userData: '', keyword: '', editingConfig: '', inputFile: '' },
    ...{ outputBucket: '', outputObject: '', parameters: {}, ...draft },
  });
  return { ...job, state: 'Executing', progress: { percent: 0, step: '' } };
}

export type RunPlace = {
  /** Where the scratch folder of the run is made; it is removed afterwards. */
  readonly folder?: string;
  /** Of the job: what earlier runs left, and where this run adds to. */
  readonly checkpoints?: Map<string, string> | undefined;
  readonly report?: ((progress: JobProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** Runs a job as a worker does, without a store. */
export async function runJob(
  pipeline: Pipeline,
  job: ExecutingJob,
  place: RunPlace = {},
): Promise<PipelineOutcome> {
  const { folder = tmpdir(), checkpoints = new Map<string, string>(), report, signal } = place;
  const scratch = await mkdtemp(join(folder, 'scratch-'));
  try {
    return await pipeline.run({
      ...{ job, scratch, log: silentLogger },
      signal: signal ?? new AbortController().signal,
      report: report ?? (() => undefined),
      checkpoints: {
        get: async (key) => checkpoints.get(key),
        save: async (key, value) => {
          if (Buffer.byteLength(value) > LONGEST_CHECKPOINT) throw new RangeError(`${key} is too long`);
          checkpoints.set(key, value);
        },
      },
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** For inputs that are files of this machine. */
export const copiedInput: FetchInput = async (_account, input, toFile) => {
  await copyFile(input, toFile);
  return { kind: 'fetched', bytes: (await stat(toFile)).size };
};

/** All voices of the engines. */
export async function synthesisOf(engines: readonly TtsEngine[]): Promise<TtsParts['synthesis']> {
  const lists = await Promise.all(engines.map(async (engine) => await engine.voices()));
  return {
    voices: lists.flat(),
    engineOf: (id) => engines.find((_, index) => lists[index]?.some((voice) => voice.id === id) === true),
  };
}
