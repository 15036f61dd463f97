import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { EngineAvailability } from '../../engine-availability.ts';
import { findProgram } from '../../find-program.ts';
import { SMALL_FILES, MIB } from '../../program-limits.ts';
import { runProgram } from '../../run-program.ts';
import { languageOf } from '../language-tags.ts';
import type { TranslationEngine } from '../translation-engine.ts';
import type { LanguagePair, LineTranslation, TranslationOutcome, TranslationRequest } from '../translator.ts';
import { listModes, pairsOf, routeFor, type ApertiumRoute } from './apertium-modes.ts';
import { lineParts, type LinePart } from './line-parts.ts';
import { polish } from './polish.ts';
import { translateParts } from './translate-parts.ts';

export type ApertiumSettings = {
  /** A name on PATH or a path; absent = `apertium`. */
  readonly program?: string;
  /** The folder with `modes` in it; absent = the one that the program belongs to. */
  readonly dataFolder?: string;
};

const REMEDY =
  'Install it with the pairs that are wanted (Debian, Ubuntu: apt-get install apertium apertium-eng-spa), or set ' +
  'SMARTJOBS_TRANSLATION_URL.';

/**
 * Translation by rules and dictionaries: small, fast, without a network, between related languages good and between
 * others understandable. Its pairs are looked up at each call, so that one that is installed meanwhile is used. Each
 * line is translated by itself: the engine has no use for its neighbours.
 */
export function apertium(settings: ApertiumSettings = {}): TranslationEngine {
  const route = async (pair: LanguagePair): Promise<ApertiumRoute | undefined> =>
    routeFor(await modesOf(settings), pair);
  return {
    name: 'apertium',
    pairs: async () => pairsOf(await modesOf(settings)),
    modelFor: async (pair) => (await route(pair))?.modes.map(({ name }) => name).join(', '),
    through: async (pair) => {
      const [first, second] = (await route(pair))?.modes ?? [];
      return first === undefined || second === undefined ? undefined : languageOf(first.target);
    },
    translate: async (request) => await translate(request, settings, await route(request)),
    availability: async (scratch) => await describe(settings, scratch),
  };
}

async function translate(
  request: TranslationRequest,
  settings: ApertiumSettings,
  route: ApertiumRoute | undefined,
): Promise<TranslationOutcome> {
  const { lines, glossary, scratch, signal, onProgress } = request;
  const program = findProgram(settings.program ?? 'apertium');
  const dataFolder = dataFolderOf(settings);
  if (program === undefined || dataFolder === undefined) {
    return { kind: 'unavailable', message: `apertium was not found. ${REMEDY}` };
  }
  if (route === undefined) {
    const message = `apertium has no pair from '${request.source}' to '${request.target}' here any more. ${REMEDY}`;
    return { kind: 'unavailable', message };
  }
  let parts: readonly (readonly LinePart[] | undefined)[] = lines.map((line) => lineParts(line, glossary));
  for (const [hop, { name: mode }] of route.modes.entries()) {
    const progress = (fraction: number): void => onProgress?.((hop + fraction) / route.modes.length);
    const run = { program, dataFolder, mode, scratch, signal, onProgress: progress };
    const outcome = await translateParts(parts, run);
    if (outcome.kind === 'not-found') return { kind: 'unavailable', message: `apertium was not found. ${REMEDY}` };
    if (outcome.kind === 'failed') return outcome;
    parts = outcome.lines;
  }
  const { target } = request;
  return { kind: 'translated', lines: parts.map((line, index) => lineOf(line, lines[index] ?? '', target)) };
}

function lineOf(parts: readonly LinePart[] | undefined, line: string, target: string): LineTranslation {
  if (!/\p{L}/u.test(line)) return { kind: 'translated', text: line };
  if (parts === undefined) return { kind: 'untranslated', reason: 'apertium broke on this line.' };
  const text = polish(parts.map((part) => part.text).join(''), line, target);
  return text === ''
    ? { kind: 'untranslated', reason: 'apertium has no word for anything in this line.' }
    : { kind: 'translated', text };
}

async function modesOf(settings: ApertiumSettings): ReturnType<typeof listModes> {
  const dataFolder = dataFolderOf(settings);
  return dataFolder === undefined ? [] : await listModes(dataFolder);
}

/** Beside the program, as packages of all systems have it. Undefined where the program is not there either. */
function dataFolderOf({ program = 'apertium', dataFolder }: ApertiumSettings): string | undefined {
  const path = findProgram(program);
  if (path === undefined) return undefined;
  if (dataFolder !== undefined) return dataFolder;
  const places = [path, realpathSync(path)].map((place) => join(dirname(dirname(place)), 'share', 'apertium'));
  return [...places, '/usr/share/apertium'].find((folder) => existsSync(join(folder, 'modes')));
}

async function describe(settings: ApertiumSettings, scratch: string): Promise<EngineAvailability> {
  const program = findProgram(settings.program ?? 'apertium');
  const missing = (reason: string): EngineAvailability => ({ kind: 'missing', reason, remedy: REMEDY });
  if (program === undefined) return missing('apertium was not found.');
  const modes = await modesOf(settings);
  if (modes.length === 0) return missing('apertium has no translation pair.');
  const { signal } = new AbortController();
  const limits = { memory: 1024 * MIB, fileSize: SMALL_FILES };
  const outcome = await runProgram({ program, args: ['-V'], scratch, limits, timeLimit: 10, signal });
  if (outcome.kind !== 'exited' || outcome.code !== 0) return missing('apertium does not run.');
  const version = /\d+(\.\d+)+/.exec(outcome.stdout)?.[0] ?? '';
  return { kind: 'ready', version, detail: [...new Set(modes.map(({ name }) => name))].join(', ') };
}
