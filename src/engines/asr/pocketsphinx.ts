import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineAvailability } from '../engine-availability.ts';
import { findProgram } from '../find-program.ts';
import type { AsrEngine, AsrOutcome, AsrRequest } from './asr-engine.ts';
import { primaryLanguage } from './choose-engine.ts';
import { recognizeByBatch } from './pocketsphinx-batch.ts';
import { modelArguments, POCKETSPHINX_REMEDY, type PocketSphinxCall } from './pocketsphinx-model.ts';
import { recognizeBySingle } from './pocketsphinx-single.ts';

export type PocketSphinxSettings = {
  /** `pocketsphinx` of version 5, by name or path; where it is missing, batchProgram is used. */
  readonly singleProgram?: string;
  /** `pocketsphinx_batch` of version 0.8. */
  readonly batchProgram?: string;
  /** Folders to look for the en-us model in, instead of the usual ones. */
  readonly modelFolders?: readonly string[];
};

type Installation =
  | ({ readonly kind: 'found'; readonly version: '5' | '0.8' } & PocketSphinxCall)
  | { readonly kind: 'missing'; readonly reason: string };

/**
 * English speech by CMU PocketSphinx, as distributions package it: version 5 where it is there, else 0.8. Measured on
 * the en-us model: 20 to 28 % word errors on clear speech, 0.3 seconds a second.
 */
export function pocketSphinx(settings: PocketSphinxSettings = {}): AsrEngine {
  return {
    name: 'PocketSphinx',
    takesHotwords: false,
    supports: (language) => language === undefined || primaryLanguage(language) === 'en',
    recognize: async (request) => await recognize(request, findInstallation(settings)),
    availability: async () => describe(findInstallation(settings)),
  };
}

async function recognize(request: AsrRequest, installation: Installation): Promise<AsrOutcome> {
  if (installation.kind === 'missing') {
    return { kind: 'unavailable', message: `${installation.reason} ${POCKETSPHINX_REMEDY}` };
  }
  const scratch = await mkdtemp(join(request.scratch, 'pocketsphinx-'));
  try {
    const adapter = installation.version === '5' ? recognizeBySingle : recognizeByBatch;
    const outcome = await adapter({ ...request, scratch }, installation);
    return outcome.kind === 'recognized' ? { ...outcome, language: 'en' } : outcome;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function findInstallation(settings: PocketSphinxSettings): Installation {
  const model = modelArguments(settings.modelFolders);
  const single = findProgram(settings.singleProgram ?? 'pocketsphinx');
  // A version 5 that was built from source knows where its own model lies.
  if (single !== undefined) return { kind: 'found', version: '5', program: single, model: model ?? [] };
  const batch = findProgram(settings.batchProgram ?? 'pocketsphinx_batch');
  if (batch === undefined) return { kind: 'missing', reason: 'PocketSphinx was not found.' };
  if (model === undefined) return { kind: 'missing', reason: 'The en-us model of PocketSphinx was not found.' };
  return { kind: 'found', version: '0.8', program: batch, model };
}

function describe(installation: Installation): EngineAvailability {
  if (installation.kind === 'missing') {
    return { kind: 'missing', reason: installation.reason, remedy: POCKETSPHINX_REMEDY };
  }
  return { kind: 'ready', version: installation.version, detail: `English, ${installation.program}` };
}
