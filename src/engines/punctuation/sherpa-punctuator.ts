import type { TimedWord } from '../asr/asr-engine.ts';
import { primaryLanguage } from '../asr/choose-engine.ts';
import { joinsWithoutSpace } from '../asr/timed-text.ts';
import type { InstalledModel } from '../models/model.ts';
import { modelAvailability } from '../sherpa/model-availability.ts';
import { LOAD_LIMIT, MODEL_RUNTIME } from '../sherpa/model-runtime.ts';
import { sherpaFailure } from '../sherpa/sherpa-failure.ts';
import type { SherpaPool } from '../sherpa/sherpa-pool.ts';
import type { SherpaConfiguration } from '../sherpa/sherpa-request.ts';
import { placeMarks } from './place-marks.ts';
import type { PunctuationOutcome, Punctuator } from './punctuator.ts';

/** Seconds for a word; the model reads some hundred words a second. */
const SECONDS_PER_WORD = 0.1;
const MARK_AT_END = /[.,?!;:。，？！、；：]$/u;

/**
 * Punctuation by sherpa-onnx with a CT-Transformer model, such as the one for Chinese and English. Words that bear
 * marks already are left alone: models like SenseVoice and whisper write their own, which are better.
 */
export function sherpaPunctuator(model: InstalledModel, pool: SherpaPool): Punctuator {
  return {
    name: `sherpa-onnx ${model.name}`,
    supports: (language) => language !== undefined && model.languages.includes(primaryLanguage(language)),
    async punctuate(words, signal) {
      const bare = words.length > 0 && !words.some(({ text }) => MARK_AT_END.test(text));
      return bare ? await punctuate(words, signal, model, pool) : { kind: 'punctuated', words };
    },
    async availability() {
      const detail = `${model.family}: ${model.languages.join(', ')}`;
      return await modelAvailability(pool, model, configuration(model), { json: { text: 'hello' } }, detail);
    },
  };
}

async function punctuate(
  words: readonly TimedWord[],
  signal: AbortSignal,
  model: InstalledModel,
  pool: SherpaPool,
): Promise<PunctuationOutcome> {
  const timeLimit = 60 + SECONDS_PER_WORD * words.length;
  const outcome = await pool.use(configuration(model), signal, async (loaded) => {
    return await loaded.ask({ json: { text: textOf(words) }, timeLimit, signal });
  });
  if (outcome.kind !== 'answered') return sherpaFailure(outcome, model, signal);
  const { text } = outcome.json as { text: string };
  const marked = placeMarks(words, text);
  if (marked !== undefined) return { kind: 'punctuated', words: marked };
  return { kind: 'failed', message: `The model ${model.name} changed words.`, detail: text.slice(0, 500) };
}

function textOf(words: readonly TimedWord[]): string {
  return words.reduce((text, word) => {
    const space = text === '' || joinsWithoutSpace(text.slice(-2), word.text) ? '' : ' ';
    return text + space + word.text;
  }, '');
}

function configuration({ files, folder }: InstalledModel): SherpaConfiguration {
  return {
    task: 'punctuate',
    config: { model: { ctTransformer: files['model'] ?? '', ...MODEL_RUNTIME } },
    reads: [folder],
    loadLimit: LOAD_LIMIT,
  };
}
