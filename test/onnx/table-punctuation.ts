import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstalledModel } from '../../src/engines/models/model.ts';
import { onnxModel } from './onnx-model.ts';

const MARKS = ['<unk>', '_', '，', '。', '？', '、'];
const NO_MARK = MARKS.indexOf('_');

/**
 * A punctuation model of the CT-Transformer form that looks up in a table which mark follows a word: one `Gather`.
 * @param marks for each word, in small letters, or character, the mark of `，。？、` behind it; others have none
 */
export async function writeTablePunctuation(
  folder: string,
  marks: Readonly<Record<string, string>>,
): Promise<InstalledModel> {
  await mkdir(folder, { recursive: true });
  const model = join(folder, 'model.onnx');
  const tokens = [...Object.keys(marks), '<unk>'];
  const table = tokens.flatMap((token) => {
    const mark = MARKS.indexOf(marks[token] ?? '_');
    return MARKS.map((_, index) => (index === (mark < 0 ? NO_MARK : mark) ? 1 : 0));
  });
  const bytes = onnxModel({
    inputs: [
      { name: 'inputs', type: 'int32', shape: ['N', 'T'] },
      { name: 'text_lengths', type: 'int32', shape: ['N'] },
    ],
    outputs: [{ name: 'logits', type: 'float', shape: ['N', 'T', MARKS.length] }],
    constants: [{ name: 'table', type: 'float', shape: [tokens.length, MARKS.length], values: table }],
    nodes: [{ operator: 'Gather', inputs: ['table', 'inputs'], outputs: ['logits'] }],
    metadata: {
      ...{ model_type: 'ct_transformer', tokens: tokens.join('|'), vocab_size: tokens.length },
      ...{ punctuations: MARKS.join('|'), unk_symbol: '<unk>' },
    },
  });
  await writeFile(model, bytes);
  return {
    ...{ name: 'table', task: 'punctuation', family: 'ct-transformer', languages: ['zh', 'en'], folder },
    files: { model },
  };
}
