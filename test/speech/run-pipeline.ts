import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../src/base/logger.ts';
import { pocketSphinx } from '../../src/engines/asr/pocketsphinx.ts';
import { parseAccountId } from '../../src/jobs/account.ts';
import { nextJobId } from '../../src/jobs/job-id.ts';
import { createJob, type ExecutingJob, type JobProgress } from '../../src/jobs/smart-job.ts';
import { asrPipeline } from '../../src/pipelines/asr-pipeline.ts';
import type { AsrParts } from '../../src/pipelines/asr-work.ts';
import type { Checkpoints, PipelineOutcome } from '../../src/pipelines/pipeline.ts';
import type { TranscriptSegment } from '../../src/pipelines/segment-transcript.ts';

export type RunOptions = {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly editingConfig?: string;
  readonly signal?: AbortSignal;
  readonly report?: (progress: JobProgress) => void;
  readonly parts?: Partial<AsrParts>;
  /** Of the job: what earlier runs left, and where this run adds to. */
  readonly checkpoints?: Map<string, string>;
};

/** An ASR job on a local file, through the whole pipeline, in a scratch folder that is removed afterwards. */
export async function runPipeline(path: string, options: RunOptions = {}): Promise<PipelineOutcome> {
  const scratch = await mkdtemp(join(tmpdir(), 'speech-test-'));
  try {
    return await asrPipeline({
      fetchInput: async (_account, input, toFile) => {
        await copyFile(input, toFile);
        return { kind: 'fetched', bytes: (await stat(toFile)).size };
      },
      media: {},
      engines: [pocketSphinx()],
      ...options.parts,
    }).run({
      job: executingJob(path, options),
      scratch,
      signal: options.signal ?? new AbortController().signal,
      report: options.report ?? (() => undefined),
      checkpoints: memoryCheckpoints(options.checkpoints),
      log: silentLogger,
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function memoryCheckpoints(values = new Map<string, string>()): Checkpoints {
  return {
    get: async (key) => values.get(key),
    save: async (key, value) => void values.set(key, value),
  };
}

function executingJob(inputFile: string, { parameters = {}, editingConfig = '' }: RunOptions): ExecutingJob {
  const account = parseAccountId('1234567890123456');
  if (account === undefined) throw new Error('not an account');
  const id = nextJobId(Date.UTC(2026, 0, 2), undefined);
  const draft = { type: 'ASR', title: '', description: '', userData: '', keyword: '' } as const;
  const job = createJob(account, id, {
    ...{ ...draft, editingConfig, inputFile, outputBucket: '', outputObject: '', parameters },
  });
  return { ...job, state: 'Executing', progress: { percent: 0, step: '' } };
}

/** The transcript of a finished run; throws with the failure of a failed one. */
export function transcriptOf(outcome: PipelineOutcome): TranscriptSegment[] {
  if (outcome.kind === 'failed') throw new Error(`${outcome.failure.code}: ${outcome.failure.message}`);
  return JSON.parse(outcome.result.aiResult) as TranscriptSegment[];
}

/** The failure's code, or `finished`. */
export function codeOf(outcome: PipelineOutcome): string {
  return outcome.kind === 'failed' ? outcome.failure.code : 'finished';
}
