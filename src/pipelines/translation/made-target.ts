import type { PipelineRun } from '../pipeline.ts';
import { isPublished, type PublishParts } from '../publish-output.ts';
import { runOfStep } from './step-checkpoints.ts';
import type { TranslatedTarget } from './translation-result.ts';
import type { TranslationTarget } from './translation-settings.ts';

/** A target, all of whose objects are written. */
export type MadeTarget = TranslatedTarget & {
  /** Stands for everything that it was made from. */
  readonly made: string;
  /** A sentence each, on this target. */
  readonly warnings: readonly string[];
};

/** What an earlier run has made of a target, if its object is still the one that was written. */
export async function madeBefore(
  run: PipelineRun,
  parts: PublishParts,
  { language, key }: TranslationTarget,
  made: string,
): Promise<MadeTarget | undefined> {
  const saved = await runOfStep(run, 'render').checkpoints.get(language);
  if (saved === undefined) return undefined;
  const target = JSON.parse(saved) as MadeTarget;
  return target.made === made && (await isPublished(run, parts, key)) ? target : undefined;
}

/** Saved when the last of its objects is written. */
export async function rememberMade(run: PipelineRun, target: MadeTarget): Promise<void> {
  await runOfStep(run, 'render').checkpoints.save(target.target.language, JSON.stringify(target));
}
