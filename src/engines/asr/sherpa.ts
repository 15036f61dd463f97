import type { InstalledModel } from '../models/model.ts';
import { modelAvailability, SILENT_SECOND } from '../sherpa/model-availability.ts';
import { LOAD_LIMIT, MODEL_RUNTIME, requestLimit } from '../sherpa/model-runtime.ts';
import type { SherpaTranscript } from '../sherpa/sherpa-addon.ts';
import { modelRemedy, sherpaFailure } from '../sherpa/sherpa-failure.ts';
import type { SherpaModel, SherpaPool } from '../sherpa/sherpa-pool.ts';
import type { SherpaConfiguration, SherpaOutcome } from '../sherpa/sherpa-request.ts';
import { speechSound } from '../sherpa/speech-sound.ts';
import { speechSeconds, type SpeechSegment } from '../vad/speech-segments.ts';
import type { AsrEngine, AsrOutcome, AsrRequest, TimedWord } from './asr-engine.ts';
import { primaryLanguage } from './choose-engine.ts';
import { recognizerFamily, type RecognizerFamily } from './recognizer-families.ts';
import { hotwordSearch, hotwordText, hotwordUnit } from './sherpa-hotwords.ts';
import { languageOfTranscript, wordsOfTranscript } from './sherpa-words.ts';
import { inSmallLetters, writesCapitals } from './token-case.ts';

/** Speech of the model's languages by sherpa-onnx, in one of the pool's child processes. */
export function sherpaAsr(model: InstalledModel, pool: SherpaPool): AsrEngine {
  const family = recognizerFamily(model);
  const broken = 'reason' in family ? family : undefined;
  return {
    name: `sherpa-onnx ${model.name}`,
    model,
    takesHotwords: 'reason' in family ? false : hotwordUnit(model, family) !== undefined,
    supports: (language) => broken === undefined && supports(model, language),
    async recognize(request) {
      if ('reason' in family)
        return { kind: 'unavailable', message: `${family.reason} ${modelRemedy(model.name)}` };
      return await recognize(request, { model, family, pool });
    },
    async availability() {
      if ('reason' in family) {
        return { kind: 'missing', reason: family.reason, remedy: modelRemedy(model.name) };
      }
      const trial = { json: {}, sound: SILENT_SECOND };
      const detail = `${model.family}: ${model.languages.join(', ')}`;
      return await modelAvailability(pool, model, configuration(model, family, {}), trial, detail);
    },
  };
}

type Loaded = { readonly model: InstalledModel; readonly family: RecognizerFamily; readonly pool: SherpaPool };

/** A job that names no language goes to models that know several, or to English, which is what it means elsewhere. */
function supports({ languages }: InstalledModel, language: string | undefined): boolean {
  if (languages.length === 0) return true;
  if (language === undefined) return languages.length > 1 || languages[0] === 'en';
  return languages.includes(primaryLanguage(language));
}

async function recognize(request: AsrRequest, { model, family, pool }: Loaded): Promise<AsrOutcome> {
  const { speech, signal, onProgress } = request;
  const capitals = await writesCapitals(model);
  const hotwords = hotwordsFor(request, model, family, capitals);
  const parts = speech.flatMap((segment) => cut(segment, family.longest));
  const total = speechSeconds(parts);
  return await pool.use(configuration(model, family, request), signal, async (loaded) => {
    const words: TimedWord[] = [];
    const heard = new Map<string, number>();
    let done = 0;
    for (const part of parts) {
      const outcome = await askTwice(() => askPart(loaded, part, request, family, hotwords));
      if (outcome.kind !== 'answered') return sherpaFailure(outcome, model, signal);
      const transcript = outcome.json as SherpaTranscript;
      words.push(...wordsOfTranscript(transcript, part));
      const language = languageOfTranscript(transcript);
      const seconds = part.to - part.from;
      if (language !== undefined) heard.set(language, (heard.get(language) ?? 0) + seconds);
      done += seconds;
      onProgress(done / total);
    }
    const language = mostHeard(heard) ?? (model.languages.length === 1 ? model.languages[0] : undefined);
    const readable = capitals ? inSmallLetters(words) : words;
    return { kind: 'recognized', words: readable, ...(language !== undefined && { language }) };
  });
}

function configuration(
  model: InstalledModel,
  family: RecognizerFamily,
  request: Pick<AsrRequest, 'language' | 'hotwords'>,
): SherpaConfiguration {
  const { tokens } = model.files;
  const language = request.language === undefined ? '' : primaryLanguage(request.language);
  const unit = (request.hotwords?.length ?? 0) > 0 ? hotwordUnit(model, family) : undefined;
  const { search, units } =
    unit === undefined ? { search: { decodingMethod: 'greedy_search' }, units: {} } : hotwordSearch(model, unit);
  const modelConfig = { ...family.config(model.files, language), ...units, tokens, ...MODEL_RUNTIME };
  return {
    task: 'recognize',
    config: { featConfig: { sampleRate: 16_000, featureDim: 80 }, modelConfig, ...search },
    reads: [model.folder],
    loadLimit: LOAD_LIMIT,
  };
}

function hotwordsFor(
  { hotwords = [] }: AsrRequest,
  model: InstalledModel,
  family: RecognizerFamily,
  capitals: boolean,
): string | undefined {
  if (hotwords.length === 0 || hotwordUnit(model, family) === undefined) return undefined;
  return hotwordText(hotwords, capitals);
}

async function askPart(
  loaded: SherpaModel,
  { from, to }: SpeechSegment,
  { wavPath, signal }: AsrRequest,
  { silence }: RecognizerFamily,
  hotwords: string | undefined,
): Promise<SherpaOutcome> {
  const sound = await speechSound(wavPath, from, to, silence);
  return await loaded.ask({ json: { hotwords }, sound, timeLimit: requestLimit(to - from), signal });
}

/** A process that a machine short of memory has killed is worth a second try; what kills it again is the recording. */
async function askTwice(ask: () => Promise<SherpaOutcome>): Promise<SherpaOutcome> {
  const outcome = await ask();
  return outcome.kind === 'crashed' ? await ask() : outcome;
}

function cut({ from, to }: SpeechSegment, longest = Infinity): SpeechSegment[] {
  const parts = Math.max(1, Math.ceil((to - from) / longest));
  const at = (part: number): number => (part === parts ? to : from + (part * (to - from)) / parts);
  return Array.from({ length: parts }, (_, part) => ({ from: at(part), to: at(part + 1) }));
}

function mostHeard(seconds: ReadonlyMap<string, number>): string | undefined {
  const most = Math.max(...seconds.values());
  return [...seconds].find(([, heard]) => heard === most)?.[0];
}
