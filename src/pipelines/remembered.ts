import { LONGEST_CHECKPOINT } from '../jobs/job-store.ts';
import type { PipelineRun } from './pipeline.ts';

/**
 * What a step finds out, from the checkpoint if an earlier run left it, else found now and saved. What is too long for
 * a checkpoint is not saved: the next run finds it out again.
 * @param isGood only such a value is saved; others, as where an engine failed, are found out anew
 */
export async function remembered<T>(
  { checkpoints, log }: Pick<PipelineRun, 'checkpoints' | 'log'>,
  key: string,
  find: () => Promise<T>,
  isGood: (value: T) => boolean = () => true,
): Promise<T> {
  const saved = await checkpoints.get(key);
  if (saved !== undefined) return JSON.parse(saved) as T;
  const value = await find();
  if (isGood(value)) await saveIfShort({ checkpoints, log }, key, JSON.stringify(value));
  return value;
}

/** What is too long for a checkpoint is not saved, which is no reason to end a job. */
export async function saveIfShort(
  { checkpoints, log }: Pick<PipelineRun, 'checkpoints' | 'log'>,
  key: string,
  text: string,
): Promise<void> {
  const bytes = Buffer.byteLength(text);
  if (bytes <= LONGEST_CHECKPOINT) await checkpoints.save(key, text);
  else log.warn({ key, bytes }, 'too long for a checkpoint');
}
