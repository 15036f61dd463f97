import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { PipelineRun } from '../pipeline.ts';
import { isPublished, type PublishParts } from '../publish-output.ts';
import { saveIfShort } from '../remembered.ts';
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
  const saved = await runOfStep(run, 'render').checkpoints.get(checkpointOf(language));
  if (saved === undefined) return undefined;
  const target = JSON.parse(String(await promisify(gunzip)(Buffer.from(saved, 'base64')))) as MadeTarget;
  return target.made === made && (await isPublished(run, parts, key)) ? target : undefined;
}

/** Saved when the last of its objects is written. Packed: the lines of a long film are more than a checkpoint holds. */
export async function rememberMade(run: PipelineRun, target: MadeTarget): Promise<void> {
  const packed = await promisify(gzip)(JSON.stringify(target));
  await saveIfShort(runOfStep(run, 'render'), checkpointOf(target.target.language), packed.toString('base64'));
}

function checkpointOf(language: string): string {
  return `made ${language}`;
}
