import type { InstalledModel } from '../models/model.ts';
import type { AsrEngine } from './asr-engine.ts';
import { modelRank } from './model-rank.ts';

export type EngineChoice =
  /** `reason`: one sentence for the job's record and for the doctor. */
  | { readonly kind: 'chosen'; readonly engine: AsrEngine; readonly reason: string }
  | { readonly kind: 'unsupported-language'; readonly message: string };

/** What a job or the operator wants beside the language. */
export type EngineNeeds = {
  /** The job has words to listen for: an engine that takes them goes before one that does not. */
  readonly hotwords?: boolean;
  /** The name of the engine or of its model that the operator set: it takes every job whose language it knows. */
  readonly preferred?: string;
};

type Candidate = { readonly engine: AsrEngine; readonly reason: string };

/**
 * Which engine recognizes a job. Of those that know its language (all of them, where it names none):
 *
 * 1. the one that the operator set;
 * 2. if the job has hotwords, those that take them before those that do not;
 * 3. in the order of the list: the configured speech server, the installed models, PocketSphinx;
 * 4. among the models, the better for the language (`modelRank`).
 *
 * @param engines as the server lists them
 * @param language BCP 47; undefined where the job names none and nothing has identified it
 */
export function chooseEngine(
  engines: readonly AsrEngine[],
  language: string | undefined,
  needs: EngineNeeds = {},
): EngineChoice {
  const best = preferredEngine(engines, language, needs) ?? bestEngine(engines, language, needs);
  return best === undefined
    ? { kind: 'unsupported-language', message: unsupported(engines, language) }
    : { kind: 'chosen', ...best };
}

/** For the doctor: which engine takes the jobs of each language that some model knows by name. */
export function describeChoices(
  engines: readonly AsrEngine[],
  needs: EngineNeeds = {},
): { readonly language: string | undefined; readonly engine: string; readonly reason: string }[] {
  const named = new Set(['en', ...engines.flatMap(({ model }) => model?.languages ?? [])]);
  return [undefined, ...[...named].toSorted()].flatMap((language) => {
    const choice = chooseEngine(engines, language, needs);
    return choice.kind === 'chosen' ? [{ language, engine: choice.engine.name, reason: choice.reason }] : [];
  });
}

/** The language without script and region, in lower case: `zh` of `zh-Hans-CN`. */
export function primaryLanguage(tag: string): string {
  return tag.split('-', 1)[0]?.toLowerCase() ?? '';
}

function preferredEngine(
  engines: readonly AsrEngine[],
  language: string | undefined,
  { preferred }: EngineNeeds,
): Candidate | undefined {
  if (preferred === undefined) return undefined;
  const engine = engines.find(({ name, model }) => name === preferred || model?.name === preferred);
  // Whoever sets a model for one language means it also for jobs that do not say which one they are in.
  if (engine === undefined || (language !== undefined && !engine.supports(language))) return undefined;
  return { engine, reason: `The operator set ${preferred}.` };
}

function bestEngine(
  engines: readonly AsrEngine[],
  language: string | undefined,
  { hotwords = false }: EngineNeeds,
): Candidate | undefined {
  const able = engines.filter((engine) => engine.supports(language));
  const listening = hotwords ? able.filter((engine) => engine.takesHotwords) : [];
  const candidates = listening.length > 0 ? listening : able;
  const first = candidates[0];
  if (first === undefined) return undefined;
  const models = candidates.filter(({ model }) => model !== undefined);
  const engine = first.model === undefined ? first : bestModel(models, language);
  return { engine, reason: reasonFor(engine, candidates, language, listening.length > 0) };
}

/** Of equal ones the first in the list. */
function bestModel(models: readonly AsrEngine[], language: string | undefined): AsrEngine {
  return models.reduce((champion, next) => (compare(next, champion, language) < 0 ? next : champion));
}

function compare({ model: a }: AsrEngine, { model: b }: AsrEngine, language: string | undefined): number {
  if (a === undefined || b === undefined) return 0;
  // In a language that it does not know a model writes nonsense: where the language is open, breadth counts first.
  if (language === undefined) return breadth(b) - breadth(a) || modelRank(a, 'en') - modelRank(b, 'en');
  const primary = primaryLanguage(language);
  return modelRank(a, primary) - modelRank(b, primary) || breadth(a) - breadth(b);
}

function breadth({ languages }: InstalledModel): number {
  return languages.length === 0 ? Infinity : languages.length;
}

function reasonFor(
  { model }: AsrEngine,
  candidates: readonly AsrEngine[],
  language: string | undefined,
  listening: boolean,
): string {
  const jobs = language === undefined ? 'jobs that name no language' : `'${language}'`;
  if (listening) return `It takes hotwords and ${jobs}.`;
  if (candidates.length === 1) return `No other engine takes ${jobs}.`;
  return model === undefined ? `It goes before the others that take ${jobs}.` : `The best model here for ${jobs}.`;
}

function unsupported(engines: readonly AsrEngine[], language: string | undefined): string {
  const here = describeChoices(engines).flatMap((choice) => choice.language ?? []);
  const known = here.length === 0 ? 'no language' : here.join(', ');
  return (
    `No speech engine of this server recognizes '${language ?? 'und'}'; it recognizes ${known}. ` +
    "For other languages the operator installs a model ('smartjobs models list' shows them, " +
    "'smartjobs models pull NAME' brings one), or sets SMARTJOBS_ASR_URL to a speech server " +
    'that speaks POST /v1/audio/transcriptions.'
  );
}
