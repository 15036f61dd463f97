import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstalledModel } from '../../src/engines/models/model.ts';
import { onnxModel } from './onnx-model.ts';
import { hertzOfKaldiBand, MEL_BANDS } from './tones.ts';

/** One frame of four is looked at, as the library takes for granted: one every 40 ms. */
const SUBSAMPLING = 4;
const THRESHOLD = 0;
/** Of a token's score, for each place behind the first of those that sound alike. */
const LESS_LIKELY = 0.05;

/** The tone of that index. */
export function hertzOfTone(tone: number): number {
  return hertzOfKaldiBand(bandOf(tone));
}

function bandOf(tone: number): number {
  return 12 + 8 * tone;
}

/**
 * A transducer of Zipformer's form for Chinese that hears characters in tones. Those of one tone sound alike, the first
 * a little likelier than the next, so that only hotwords bring the others forward.
 * @param tones the characters of each tone
 */
export async function writeToneTransducer(
  folder: string,
  tones: readonly (readonly string[])[],
): Promise<InstalledModel> {
  await mkdir(folder, { recursive: true });
  const files = Object.fromEntries(
    ['encoder', 'decoder', 'joiner'].map((part) => [part, join(folder, `${part}.onnx`)]),
  );
  const tokens = join(folder, 'tokens.txt');
  const toneOf = [-1, ...tones.flatMap((characters, tone) => characters.map(() => tone))];
  const lines = ['<blk>', ...tones.flat()].map((token, index) => `${token} ${index}\n`);
  await writeFile(tokens, lines.join(''));
  const gains = [0, ...tones.flatMap((characters) => characters.map((_, place) => 1 - LESS_LIKELY * place))];
  await writeFile(files['encoder'] ?? '', encoder(toneOf, gains));
  await writeFile(files['decoder'] ?? '', decoder(toneOf));
  await writeFile(files['joiner'] ?? '', joiner(toneOf.length));
  return {
    ...{ name: 'tone-transducer', task: 'asr', family: 'transducer', languages: ['zh'], folder },
    files: { ...files, tokens },
  };
}

function encoder(toneOf: readonly number[], gains: readonly number[]): Buffer {
  const size = toneOf.length;
  const weights = Array.from({ length: MEL_BANDS * size }, (_, index) => {
    const token = index % size;
    return token > 0 && bandOf(toneOf[token] ?? 0) === Math.floor(index / size) ? (gains[token] ?? 0) : 0;
  });
  return onnxModel({
    inputs: [
      { name: 'x', type: 'float', shape: ['N', 'T', MEL_BANDS] },
      { name: 'x_lens', type: 'int64', shape: ['N'] },
    ],
    outputs: [
      { name: 'encoder_out', type: 'float', shape: ['N', 'L', size] },
      { name: 'encoder_out_lens', type: 'int64', shape: ['N'] },
    ],
    constants: [
      { name: 'weights', type: 'float', shape: [MEL_BANDS, size], values: weights },
      { name: 'bias', type: 'float', shape: [size], values: toneOf.map((tone) => (tone < 0 ? THRESHOLD : 0)) },
      ...(
        [
          ['starts', 0],
          ['ends', 1e6],
          ['axes', 1],
          ['steps', SUBSAMPLING],
          ['more', SUBSAMPLING - 1],
        ] as const
      ).map(([name, value]) => ({ name, type: 'int64' as const, shape: [1], values: [value] })),
    ],
    nodes: [
      { operator: 'Slice', inputs: ['x', 'starts', 'ends', 'axes', 'steps'], outputs: ['frames'] },
      { operator: 'MatMul', inputs: ['frames', 'weights'], outputs: ['products'] },
      { operator: 'Add', inputs: ['products', 'bias'], outputs: ['encoder_out'] },
      { operator: 'Add', inputs: ['x_lens', 'more'], outputs: ['longer'] },
      { operator: 'Div', inputs: ['longer', 'steps'], outputs: ['encoder_out_lens'] },
    ],
    metadata: { model_type: 'zipformer2' },
  });
}

/** Nothing of the same tone is said twice in a row, for a tone lasts over many frames. */
function decoder(toneOf: readonly number[]): Buffer {
  const size = toneOf.length;
  const table = toneOf.flatMap((last) => toneOf.map((next) => (last >= 0 && next === last ? -1000 : 0)));
  return onnxModel({
    inputs: [{ name: 'y', type: 'int64', shape: ['N', 1] }],
    outputs: [{ name: 'decoder_out', type: 'float', shape: ['N', size] }],
    constants: [{ name: 'table', type: 'float', shape: [size, size], values: table }],
    nodes: [
      { operator: 'Gather', inputs: ['table', 'y'], outputs: ['rows'] },
      {
        operator: 'ReduceMean',
        inputs: ['rows'],
        outputs: ['decoder_out'],
        attributes: { axes: [1], keepdims: 0 },
      },
    ],
    metadata: { vocab_size: size, context_size: 1 },
  });
}

function joiner(size: number): Buffer {
  return onnxModel({
    inputs: [
      { name: 'encoder_out', type: 'float', shape: ['N', size] },
      { name: 'decoder_out', type: 'float', shape: ['N', size] },
    ],
    outputs: [{ name: 'logit', type: 'float', shape: ['N', size] }],
    constants: [],
    nodes: [{ operator: 'Add', inputs: ['encoder_out', 'decoder_out'], outputs: ['logit'] }],
    metadata: { joiner_dim: size },
  });
}
