import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstalledModel } from '../../src/engines/models/model.ts';
import { onnxModel } from './onnx-model.ts';
import { hertzOfKaldiBand, MEL_BANDS } from './tones.ts';

/** By their number in the model's `language` input, 0 being what it hears when it is to find out. */
const LANGUAGES = ['<|yue|>', '<|zh|>', '<|en|>', '<|ja|>', '<|ko|>', '<|yue|>'];
/** What the first four frames say, the language before them. */
const TAGS = ['<|zh|>', '<|en|>', '<|ja|>', '<|ko|>', '<|yue|>', '<|NEUTRAL|>', '<|Speech|>', '<|withitn|>'];
const BLANK = '<blank>';
/** So many frames are put together as one, a new one every 60 ms; the fourth of them is looked at. */
const WINDOW = 7;
const SHIFT = 6;
/** Energies are of samples up to 32,768 here. */
const THRESHOLD = 20;

/** The tone that is heard as the token of that index. */
export function hertzOfSenseToken(token: number): number {
  return hertzOfKaldiBand(bandOf(token));
}

function bandOf(token: number): number {
  return 12 + 8 * token;
}

/** A model of SenseVoice's form that hears a token in each tone and says the language that it is told, else Cantonese. */
export async function writeToneSenseVoice(folder: string, tokens: readonly string[]): Promise<InstalledModel> {
  await mkdir(folder, { recursive: true });
  const files = { model: join(folder, 'model.onnx'), tokens: join(folder, 'tokens.txt') };
  const vocabulary = [BLANK, ...TAGS, ...tokens];
  await writeFile(files.tokens, vocabulary.map((token, index) => `${token} ${index}\n`).join(''));
  await writeFile(files.model, network(vocabulary));
  const languages = ['zh', 'en', 'ja', 'ko', 'yue'];
  return { name: 'tone-sense-voice', task: 'asr', family: 'sense-voice', languages, folder, files };
}

function network(vocabulary: readonly string[]): Buffer {
  const size = vocabulary.length;
  const rowOf = (token: string): number[] => vocabulary.map((other) => (other === token ? 100 : 0));
  const first = 1 + TAGS.length;
  const weights = Array.from({ length: WINDOW * MEL_BANDS * size }, (_, index) => {
    const input = Math.floor(index / size);
    const token = (index % size) - first;
    return token >= 0 && input === 3 * MEL_BANDS + bandOf(token) ? 1 : 0;
  });
  const int32 = (name: string): { name: string; type: 'int32'; shape: string[] } => ({
    ...{ name, type: 'int32', shape: ['N'] },
  });
  return onnxModel({
    inputs: [
      { name: 'x', type: 'float', shape: ['N', 'T', WINDOW * MEL_BANDS] },
      ...['x_length', 'language', 'text_norm'].map(int32),
    ],
    outputs: [{ name: 'logits', type: 'float', shape: ['N', 'L', size] }],
    constants: [
      { name: 'weights', type: 'float', shape: [WINDOW * MEL_BANDS, size], values: weights },
      { name: 'bias', type: 'float', shape: [size], values: vocabulary.map((_, id) => (id === 0 ? THRESHOLD : 0)) },
      { name: 'languages', type: 'float', shape: [LANGUAGES.length, size], values: LANGUAGES.flatMap(rowOf) },
      { name: 'tags', type: 'float', shape: [1, 3, size], values: TAGS.slice(-3).flatMap(rowOf) },
      { name: 'axis', type: 'int64', shape: [1], values: [1] },
    ],
    nodes: [
      { operator: 'MatMul', inputs: ['x', 'weights'], outputs: ['products'] },
      { operator: 'Add', inputs: ['products', 'bias'], outputs: ['spoken'] },
      { operator: 'Gather', inputs: ['languages', 'language'], outputs: ['languageRow'] },
      { operator: 'Unsqueeze', inputs: ['languageRow', 'axis'], outputs: ['languageFrame'] },
      {
        operator: 'Concat',
        inputs: ['languageFrame', 'tags', 'spoken'],
        outputs: ['logits'],
        attributes: { axis: 1 },
      },
    ],
    metadata: {
      ...{ model_type: 'sense_voice_ctc', comment: '', vocab_size: size, normalize_samples: 0 },
      ...{ lfr_window_size: WINDOW, lfr_window_shift: SHIFT, with_itn: 14, without_itn: 15 },
      ...{ lang_auto: 0, lang_zh: 1, lang_en: 2, lang_ja: 3, lang_ko: 4, lang_yue: 5 },
      neg_mean: Array.from({ length: WINDOW * MEL_BANDS }, () => '0').join(','),
      inv_stddev: Array.from({ length: WINDOW * MEL_BANDS }, () => '1').join(','),
    },
  });
}
