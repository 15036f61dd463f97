import { pocketSphinx } from '../../src/engines/asr/pocketsphinx.ts';
import { asrPipeline } from '../../src/pipelines/asr-pipeline.ts';
import type { AsrParts } from '../../src/pipelines/asr-work.ts';
import type { PipelineOutcome } from '../../src/pipelines/pipeline.ts';
import type { TranscriptSegment } from '../../src/pipelines/segment-transcript.ts';
import { copiedInput, executingJob, runJob, type RunPlace } from '../support/run-job.ts';

export type RunOptions = Pick<RunPlace, 'checkpoints' | 'report' | 'signal'> & {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly editingConfig?: string;
  readonly parts?: Partial<AsrParts>;
};

/** An ASR job on a local file, through the whole pipeline. */
export async function runPipeline(path: string, options: RunOptions = {}): Promise<PipelineOutcome> {
  const { parameters = {}, editingConfig = '', parts } = options;
  const pipeline = asrPipeline({ fetchInput: copiedInput, media: {}, engines: [pocketSphinx()], ...parts });
  return await runJob(pipeline, executingJob({ type: 'ASR', inputFile: path, editingConfig, parameters }), options);
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
