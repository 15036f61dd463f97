import { chooseEngine } from '../engines/asr/choose-engine.ts';
import { modelCatalog } from '../engines/models/catalog.ts';
import type { AsrWork, Chosen, Heard } from './asr-work.ts';
import { hotwordsOf, hotwordsUnsupported } from './job-hotwords.ts';
import { remembered } from './remembered.ts';
import { done, failed } from './step-outcomes.ts';
import type { Step, StepFailure } from './steps.ts';

/** Before anything is fetched: what this server cannot do is said at once. */
export const chooseTheEngine: Step<AsrWork, Chosen> = {
  name: 'Choosing the engine',
  weight: 0,
  async run(work) {
    if (work.parameters.speakers.wanted && work.parts.diarizer === undefined) return noDiarizer();
    const choice = await choose(work, work.parameters.language);
    return choice.kind === 'failed' ? choice : done({ ...work, ...choice.chosen });
  },
};

/**
 * Where the job does not name its language and there is a model that hears which one it is: the engine is chosen
 * again, for that language. Where the model is of no help, the first choice stands.
 */
export const identifyLanguage: Step<Heard, Heard> = {
  name: 'Hearing the language',
  weight: 1,
  async run(work) {
    const { run, parts, parameters, wavPath, speech, audio } = work;
    const { languages } = parts;
    if (parameters.language !== undefined || languages === undefined) return done(work);
    const outcome = await remembered(
      run,
      `language ${audio} ${languages.name}`,
      () => languages.identify({ wavPath, speech, signal: run.signal }),
      ({ kind }) => kind === 'identified',
    );
    if (outcome.kind !== 'identified') {
      const detail = outcome.kind === 'failed' ? outcome.detail : '';
      run.log.warn({ detail }, outcome.message);
      return done(work);
    }
    const { language } = outcome;
    const choice = await choose(work, language);
    if (choice.kind === 'chosen') return done({ ...work, ...choice.chosen });
    const { code, message } = choice.failure;
    const remedy = 'If the recording is in another one, name it: Language in EditingConfig.';
    return failed(code, `The recording is in '${language}', as it was heard. ${message} ${remedy}`);
  },
};

type Choice = { readonly kind: 'chosen'; readonly chosen: Omit<Chosen, keyof AsrWork> } | StepFailure;

async function choose({ run, parts, parameters }: AsrWork, language: string | undefined): Promise<Choice> {
  const named = await hotwordsOf(run.job, language, parts.hotwords ?? { get: async () => undefined });
  if (named.kind === 'failed') return named;
  const { engines, preferred } = parts;
  const needs = { hotwords: named.hotwords.length > 0, ...(preferred !== undefined && { preferred }) };
  const choice = chooseEngine(engines, language, needs);
  if (choice.kind === 'unsupported-language') return failed('UnsupportedLanguage', choice.message);
  const { engine, reason: engineReason } = choice;
  const isDeaf = needs.hotwords && !engine.takesHotwords;
  if (isDeaf && parameters.hotwordsMayBeLeft !== true) {
    return { kind: 'failed', failure: hotwordsUnsupported(engine, engines) };
  }
  const hotwords = isDeaf ? [] : named.hotwords;
  run.log.info({ engine: engine.name, reason: engineReason, language }, 'speech engine chosen');
  return { kind: 'chosen', chosen: { engine, engineReason, language: parameters.language ?? language, hotwords } };
}

function noDiarizer(): StepFailure {
  const catalog = modelCatalog();
  const commands = (['speaker-segmentation', 'speaker-embedding'] as const).map((needed) => {
    const name = catalog.find(({ task }) => task === needed)?.short ?? 'NAME';
    return `smartjobs models pull ${name}`;
  });
  return failed(
    'EngineUnavailable',
    'EnableSpeakerDiarization needs two models, and this server does not have both: one that finds turns of speech ' +
      `and one that tells voices apart. The operator brings them: ${commands.join(' && ')}`,
  );
}
