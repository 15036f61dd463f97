import { mayBeObject } from '../../objects/object-address.ts';
import { publishOutput } from '../publish-output.ts';
import type { StepFailure } from '../steps.ts';
import type { TargetFile } from './target-files.ts';
import type { TranslationWork } from './translation-work.ts';

/** What was written, and what to tell of what was not. */
export type Published = { readonly written: ReadonlySet<TargetFile>; readonly warnings: readonly string[] };

/**
 * Puts the files beside the object that the caller named. They are extras: where one cannot be written, as where the
 * quota of the account is reached, the job goes on. What the job was made from is not overwritten.
 */
export async function publishExtras(work: TranslationWork, files: readonly TargetFile[]): Promise<Published> {
  const written = new Set<TargetFile>();
  const warnings: string[] = [];
  for (const file of files) {
    if (await isInput(work, file)) {
      warnings.push(`${file.url} was not written: it is an input of the job.`);
      continue;
    }
    const failure = await publishOutput(work.run, work.parts, file);
    if (failure === undefined) written.add(file);
    else warnings.push(`${file.url} was not written. ${failure.failure.message}`);
  }
  return { written, warnings };
}

/** Puts the object that the caller named: last, so that what belongs to it is there where it is. */
export async function publishMain(
  { run, parts }: TranslationWork,
  path: string,
  key: string,
): Promise<StepFailure | undefined> {
  return await publishOutput(run, parts, { path, key });
}

async function isInput({ run, parts, settings }: TranslationWork, { key }: TargetFile): Promise<boolean> {
  const { account, outputBucket } = run.job;
  for (const input of [settings.input.media, settings.input.subtitle]) {
    if (input !== undefined && mayBeObject(await parts.inputAddress(account, input), outputBucket, key))
      return true;
  }
  return false;
}
