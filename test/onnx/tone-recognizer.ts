import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstalledModel } from '../../src/engines/models/model.ts';
import { onnxModel, type Constant } from './onnx-model.ts';
import { hertzOfBand, MEL_BANDS } from './tones.ts';

/** The bands are this far apart, so that the skirts of a tone do not reach its neighbour. */
const SPACING = 6;
/** Natural logarithm of a band's energy: tones of tones.ts lie above, silence and skirts below. */
const THRESHOLD = -3;

/** The tone that the recognizers of this file hear as the token of that index. */
export function hertzOfToken(token: number): number {
  return hertzOfBand(bandOf(token));
}

function bandOf(token: number): number {
  return 8 + token * SPACING;
}

/**
 * A recognizer that hears each of its tokens in a tone of its own: one linear layer from mel bands to tokens, of the
 * form of NeMo's CTC models. It is loaded and decoded like any other of that form.
 * @param tokens at most 12, as in tokens.txt: `▁` begins a word; `<blk>` is added behind them
 */
export async function writeToneRecognizer(
  folder: string,
  tokens: readonly string[],
  languages: readonly string[] = ['en'],
): Promise<InstalledModel> {
  await mkdir(folder, { recursive: true });
  const files = { model: join(folder, 'model.onnx'), tokens: join(folder, 'tokens.txt') };
  await writeFile(files.tokens, [...tokens, '<blk>'].map((token, index) => `${token} ${index}\n`).join(''));
  await writeFile(files.model, ctcModel(tokens.length + 1));
  return { name: 'tones', task: 'asr', family: 'nemo-ctc', languages, folder, files };
}

/** From mel bands to scores: each token that of its band, the blank, which is the last, always the threshold. */
function ctcModel(vocabulary: number): Buffer {
  return onnxModel({
    inputs: [
      { name: 'audio_signal', type: 'float', shape: ['N', MEL_BANDS, 'T'] },
      { name: 'length', type: 'int64', shape: ['N'] },
    ],
    outputs: [{ name: 'logprobs', type: 'float', shape: ['N', 'T', vocabulary] }],
    constants: toneLayer(vocabulary),
    nodes: [
      {
        operator: 'Transpose',
        inputs: ['audio_signal'],
        outputs: ['frames'],
        attributes: { perm: [0, 2, 1] },
      },
      { operator: 'MatMul', inputs: ['frames', 'weights'], outputs: ['products'] },
      { operator: 'Add', inputs: ['products', 'bias'], outputs: ['logprobs'] },
    ],
    metadata: {
      ...{ vocab_size: vocabulary, subsampling_factor: 1, normalize_type: '' },
      ...{ model_type: 'EncDecCTCModelBPE' },
    },
  });
}

function toneLayer(vocabulary: number): readonly Constant[] {
  const weights = Array.from({ length: MEL_BANDS * vocabulary }, (_, index) => {
    const token = index % vocabulary;
    return token < vocabulary - 1 && bandOf(token) === Math.floor(index / vocabulary) ? 1 : 0;
  });
  const bias = Array.from({ length: vocabulary }, (_, token) => (token === vocabulary - 1 ? THRESHOLD : 0));
  return [
    { name: 'weights', type: 'float', shape: [MEL_BANDS, vocabulary], values: weights },
    { name: 'bias', type: 'float', shape: [vocabulary], values: bias },
  ];
}
