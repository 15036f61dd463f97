import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstalledModel } from '../../src/engines/models/model.ts';
import { onnxModel } from './onnx-model.ts';

export const VITS_RATE = 16_000;
/** Samples for each letter. */
export const LETTER = 1600;
const LETTERS = ' abcdefghijklmnopqrstuvwxyz.!?,';
/** How loud the two speakers are. */
export const LOUDNESS = [0.8, 0.2] as const;

/** The tone of a letter; a whole number of waves in each, so that one goes over into the next. */
export function hertzOfLetter(letter: string): number {
  return 300 + 50 * LETTERS.indexOf(letter);
}

/** A model of VITS's form that sings every letter as a tenth of a second of its tone, by two people. */
export async function writeToneVits(
  folder: string,
  metadata: Record<string, string> = {},
): Promise<InstalledModel> {
  await mkdir(folder, { recursive: true });
  const files = { model: join(folder, 'model.onnx'), tokens: join(folder, 'tokens.txt') };
  const tokens = Array.from(LETTERS).map((letter, id) => `${letter} ${id}\n`);
  await writeFile(files.tokens, tokens.join(''));
  await writeFile(files.model, network(metadata));
  return { name: 'tone-vits', task: 'tts', family: 'vits', languages: ['en'], folder, files };
}

function network(metadata: Record<string, string>): Buffer {
  const table = Array.from(LETTERS).flatMap((letter) =>
    Array.from({ length: LETTER }, (_, sample) =>
      Math.sin((2 * Math.PI * hertzOfLetter(letter) * sample) / VITS_RATE),
    ),
  );
  const scale = (name: string) => ({ name, type: 'float', shape: [1] }) as const;
  return onnxModel({
    inputs: [
      { name: 'x', type: 'int64', shape: [1, 'T'] },
      { name: 'x_length', type: 'int64', shape: [1] },
      ...['noise_scale', 'length_scale', 'noise_scale_w'].map(scale),
      { name: 'sid', type: 'int64', shape: [1] },
    ],
    outputs: [{ name: 'y', type: 'float', shape: [1, 1, 'N'] }],
    constants: [
      { name: 'tones', type: 'float', shape: [LETTERS.length, LETTER], values: table },
      { name: 'loudness', type: 'float', shape: [LOUDNESS.length], values: LOUDNESS },
      { name: 'sound', type: 'int64', shape: [3], values: [1, 1, -1] },
    ],
    nodes: [
      { operator: 'Gather', inputs: ['tones', 'x'], outputs: ['sung'] },
      { operator: 'Gather', inputs: ['loudness', 'sid'], outputs: ['gain'] },
      { operator: 'Reshape', inputs: ['sung', 'sound'], outputs: ['line'] },
      { operator: 'Mul', inputs: ['line', 'gain'], outputs: ['y'] },
    ],
    metadata: {
      ...{ model_type: 'vits', comment: 'tones', language: 'English', frontend: 'characters' },
      ...{ sample_rate: VITS_RATE, n_speakers: LOUDNESS.length, add_blank: 0, use_eos_bos: 0 },
      ...metadata,
    },
  });
}
