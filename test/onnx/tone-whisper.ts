import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstalledModel } from '../../src/engines/models/model.ts';
import { onnxModel, type Node, type TensorInfo } from './onnx-model.ts';
import { hertzOfBand, MEL_BANDS } from './tones.ts';

/** The languages, each heard in a tone of its own. */
const LANGUAGES = ['en', 'zh', 'de'] as const;
/** What it transcribes, whatever it hears: two tokens, between time marks of 0.00 s and of 0.80 s. */
const TEXT = [' Hello', ' there.'] as const;

const SOT = 10;
const FIRST_LANGUAGE = 11;
const TRANSCRIBE = 20;
const TRANSLATE = 21;
const EOT = 22;
const NO_SPEECH = 23;
const NO_TIMESTAMPS = 29;
const TIMESTAMPS = NO_TIMESTAMPS + 1;
/** Time marks are 20 ms apart; up to 2 s of them are enough here. */
const VOCABULARY = TIMESTAMPS + 101;
const TEXT_END = TIMESTAMPS + 0.8 / 0.02;

/** The sizes of the cache that a real decoder keeps its past in; this one only looks at the last token. */
const CONTEXT = 16;
const STATE = MEL_BANDS;

/** The tone in which a language is spoken. */
export function hertzOfLanguage(language: (typeof LANGUAGES)[number]): number {
  return hertzOfBand(bandOf(LANGUAGES.indexOf(language)));
}

function bandOf(index: number): number {
  return 20 + 20 * index;
}

/**
 * A multilingual model of whisper's form: the encoder takes the mean of each mel band, the decoder scores languages by
 * their bands and every other token by the one before it.
 */
export async function writeToneWhisper(folder: string): Promise<InstalledModel> {
  await mkdir(folder, { recursive: true });
  const files = {
    encoder: join(folder, 'encoder.onnx'),
    decoder: join(folder, 'decoder.onnx'),
    tokens: join(folder, 'tokens.txt'),
  };
  await writeFile(files.encoder, encoder());
  await writeFile(files.decoder, decoder());
  const lines = TEXT.map((text, token) => `${Buffer.from(text).toString('base64')} ${token}\n`);
  await writeFile(files.tokens, lines.join(''));
  return { name: 'tone-whisper-tiny', task: 'asr', family: 'whisper', languages: LANGUAGES, folder, files };
}

function encoder(): Buffer {
  const cross = (name: string): TensorInfo => ({ name, type: 'float', shape: [1, 1, 1, STATE] });
  return onnxModel({
    inputs: [{ name: 'mel', type: 'float', shape: ['N', MEL_BANDS, 'T'] }],
    outputs: [cross('n_layer_cross_k'), cross('n_layer_cross_v')],
    constants: [{ name: 'shape', type: 'int64', shape: [4], values: [1, 1, 1, STATE] }],
    nodes: [
      { operator: 'ReduceMean', inputs: ['mel'], outputs: ['mean'], attributes: { axes: [2], keepdims: 0 } },
      { operator: 'Reshape', inputs: ['mean', 'shape'], outputs: ['n_layer_cross_k'] },
      { operator: 'Identity', inputs: ['n_layer_cross_k'], outputs: ['n_layer_cross_v'] },
    ],
    metadata: metadata(),
  });
}

function decoder(): Buffer {
  const cache = (name: string): TensorInfo => ({ name, type: 'float', shape: [1, 'N', CONTEXT, STATE] });
  const cross = (name: string): TensorInfo => ({ name, type: 'float', shape: [1, 'N', 'T', STATE] });
  const passOn = (name: string): Node => ({
    operator: 'Identity',
    inputs: [`in_${name}`],
    outputs: [`out_${name}`],
  });
  return onnxModel({
    inputs: [
      { name: 'tokens', type: 'int64', shape: ['N', 'L'] },
      cache('in_n_layer_self_k_cache'),
      cache('in_n_layer_self_v_cache'),
      cross('n_layer_cross_k'),
      cross('n_layer_cross_v'),
      { name: 'offset', type: 'int64', shape: [1] },
    ],
    outputs: [
      { name: 'logits', type: 'float', shape: ['N', 'L', VOCABULARY] },
      cache('out_n_layer_self_k_cache'),
      cache('out_n_layer_self_v_cache'),
    ],
    constants: [
      { name: 'next', type: 'float', shape: [VOCABULARY, VOCABULARY], values: nextTokens() },
      { name: 'languages', type: 'float', shape: [STATE, VOCABULARY], values: languageWeights() },
      { name: 'shape', type: 'int64', shape: [3], values: [1, 1, VOCABULARY] },
    ],
    nodes: [
      { operator: 'Gather', inputs: ['next', 'tokens'], outputs: ['following'] },
      { operator: 'MatMul', inputs: ['n_layer_cross_k', 'languages'], outputs: ['spoken'] },
      { operator: 'Reshape', inputs: ['spoken', 'shape'], outputs: ['spokenRow'] },
      { operator: 'Add', inputs: ['following', 'spokenRow'], outputs: ['logits'] },
      passOn('n_layer_self_k_cache'),
      passOn('n_layer_self_v_cache'),
    ],
  });
}

/** The likeliest token behind each: the start of a phrase, its two tokens, its end, the end of all. */
function nextTokens(): number[] {
  const next = new Map([
    ...[[TRANSCRIBE, TIMESTAMPS] as const, [TIMESTAMPS, 0] as const, [0, 1] as const],
    ...[[1, TEXT_END] as const, [TEXT_END, EOT] as const, [EOT, EOT] as const],
  ]);
  return Array.from({ length: VOCABULARY * VOCABULARY }, (_, index) =>
    next.get(Math.floor(index / VOCABULARY)) === index % VOCABULARY ? 100 : 0,
  );
}

function languageWeights(): number[] {
  return Array.from({ length: STATE * VOCABULARY }, (_, index) => {
    const language = (index % VOCABULARY) - FIRST_LANGUAGE;
    const isLanguage = language >= 0 && language < LANGUAGES.length;
    return isLanguage && bandOf(language) === Math.floor(index / VOCABULARY) ? 1 : 0;
  });
}

function metadata(): Record<string, string | number> {
  return {
    ...{ model_type: 'whisper-tiny', n_mels: MEL_BANDS, n_text_layer: 1, n_text_ctx: CONTEXT },
    ...{ n_text_state: STATE, n_vocab: VOCABULARY, sot: SOT, eot: EOT, blank_id: 5 },
    ...{ translate: TRANSLATE, transcribe: TRANSCRIBE, is_multilingual: 1, no_speech: NO_SPEECH },
    ...{ no_timestamps: NO_TIMESTAMPS, sot_sequence: [SOT, FIRST_LANGUAGE, TRANSCRIBE].join(',') },
    all_language_tokens: LANGUAGES.map((_, index) => FIRST_LANGUAGE + index).join(','),
    all_language_codes: LANGUAGES.join(','),
  };
}
