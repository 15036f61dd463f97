import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineAvailability } from '../../engines/engine-availability.ts';
import { mediaAvailability } from '../../engines/media/media-tools.ts';
import { describeChoices } from '../../engines/asr/choose-engine.ts';
import { tesseract } from '../../engines/ocr/tesseract.ts';
import { limiter } from '../../engines/program-limits.ts';
import { sandboxHere } from '../../engines/sandbox.ts';
import { SherpaPool } from '../../engines/sherpa/sherpa-pool.ts';
import { voiceActivityAvailability } from '../../engines/vad/voice-activity-availability.ts';
import type { Settings } from '../../server/settings.ts';
import { speechEngines, type SpeechEngines } from '../../server/speech-engines.ts';
import { synthesisEngines } from '../../server/synthesis-engines.ts';
import { translationEngines } from '../../server/translation-engines.ts';
import { ok, type Check } from './check.ts';

/** Asks the engines themselves, as a job would. One speech recognizer is enough; each further one is a plus. */
export async function engineChecks(settings: Settings): Promise<Check[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'smartjobs-doctor-'));
  const pool = new SherpaPool({ processes: 1 });
  try {
    const media = settings.ffmpegPath === undefined ? {} : { ffmpegPath: settings.ffmpegPath };
    const reader = engineCheck('media', await mediaAvailability(media, scratch), true);
    const speech = await speechEngines(settings, pool);
    const recognizers = await recognizerChecks(speech, scratch);
    const voice = engineCheck('voice activity', await voiceActivityAvailability(scratch), true);
    const synthesizers = await synthesizerChecks(settings, pool, scratch);
    const helpers = await helperChecks(speech);
    const translators = await translatorChecks(settings, scratch);
    const pictures = engineCheck('text in pictures', await tesseract().availability(scratch), false);
    const engines = [...recognizers, ...helpers, ...synthesizers, ...translators, pictures];
    return [reader, voice, ...engines, await confinementCheck()];
  } finally {
    await pool.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** One recognizer is enough; each further one is a plus. A model that is there and does not load is not. */
async function recognizerChecks({ engines, preferred }: SpeechEngines, scratch: string): Promise<Check[]> {
  const found: EngineAvailability[] = [];
  // One after the other: each loads its model, and together they may not fit.
  for (const engine of engines) found.push(await engine.availability(scratch));
  const someReady = found.some(({ kind }) => kind === 'ready');
  const checks = engines.map(({ name }, index) =>
    engineCheck(`speech: ${name}`, found[index] ?? NOT_ASKED, !someReady),
  );
  const ready = engines.filter((_, index) => found[index]?.kind === 'ready');
  const choices = describeChoices(ready, preferred === undefined ? {} : { preferred });
  return [...checks, ...choices.map(choiceCheck), ...missingPreference({ engines, preferred })];
}

function choiceCheck({ language, engine, reason }: ReturnType<typeof describeChoices>[number]): Check {
  return ok(`jobs in ${language ?? 'any language'}`, `${engine}. ${reason}`);
}

function missingPreference({ engines, preferred }: Pick<SpeechEngines, 'engines' | 'preferred'>): Check[] {
  if (preferred === undefined) return [];
  if (engines.some(({ name, model }) => name === preferred || model?.name === preferred)) return [];
  const remedy = 'Correct SMARTJOBS_ASR_ENGINE; smartjobs models list shows the names.';
  return [{ name: 'SMARTJOBS_ASR_ENGINE', state: 'missing', detail: `There is no engine '${preferred}'.`, remedy }];
}

/** One engine that speaks is enough; each further one is a plus. */
async function synthesizerChecks(settings: Settings, pool: SherpaPool, scratch: string): Promise<Check[]> {
  const { engines } = await synthesisEngines(settings, pool)();
  const found: EngineAvailability[] = [];
  for (const engine of engines) found.push(await engine.availability(scratch));
  const someReady = found.some(({ kind }) => kind === 'ready');
  return engines.map(({ name }, index) => engineCheck(`voices: ${name}`, found[index] ?? NOT_ASKED, !someReady));
}

/** One engine that translates is enough; each further one is a plus. */
async function translatorChecks(settings: Settings, scratch: string): Promise<Check[]> {
  const engines = await translationEngines(settings);
  const found: EngineAvailability[] = [];
  for (const engine of engines) found.push(await engine.availability(scratch));
  const someReady = found.some(({ kind }) => kind === 'ready');
  const checks = engines.map(({ name }, index) =>
    engineCheck(`translation: ${name}`, found[index] ?? NOT_ASKED, !someReady),
  );
  const { translationEngine: preferred } = settings;
  if (preferred === undefined || engines.some(({ name }) => name === preferred)) return checks;
  const name = 'SMARTJOBS_TRANSLATION_ENGINE';
  const remedy = 'Set SMARTJOBS_TRANSLATION_URL too, or unset it.';
  return [...checks, { name, state: 'missing', detail: `There is no engine '${preferred}'.`, remedy }];
}

/** What makes transcripts better where a model for it is there; nothing is said of those that are not. */
async function helperChecks({ languages, punctuator, diarizer }: SpeechEngines): Promise<Check[]> {
  const helpers = { 'language identification': languages, punctuation: punctuator, speakers: diarizer };
  const checks: Check[] = [];
  for (const [name, helper] of Object.entries(helpers)) {
    if (helper === undefined) continue;
    const found = await helper.availability();
    const check = engineCheck(name, found, true);
    checks.push(found.kind === 'ready' ? ok(name, helper.name) : check);
  }
  return checks;
}

/** How the programs that read what strangers send are held. */
async function confinementCheck(): Promise<Check> {
  const sandbox = await sandboxHere();
  const caps =
    limiter() === undefined ? 'no caps on memory (prlimit was not found)' : 'caps on memory, time and files';
  if (sandbox.kind === 'bubblewrap') return ok('confinement', `${caps}; sandbox without network (bubblewrap)`);
  const detail = `${caps}; no sandbox: bubblewrap is not installed, or may not make namespaces here`;
  return {
    name: 'confinement',
    state: 'optional',
    detail,
    remedy: 'Install bubblewrap, and allow user namespaces.',
  };
}

const NOT_ASKED: EngineAvailability = { kind: 'missing', reason: 'not asked', remedy: '' };

function engineCheck(name: string, found: EngineAvailability, isNeeded: boolean): Check {
  if (found.kind === 'ready') return { name, state: 'ok', detail: `${found.version} ${found.detail}`.trim() };
  return { name, state: isNeeded ? 'missing' : 'optional', detail: found.reason, remedy: found.remedy };
}
