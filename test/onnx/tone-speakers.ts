import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstalledModel } from '../../src/engines/models/model.ts';
import { onnxModel } from './onnx-model.ts';

const SAMPLE_RATE = 16_000;
/** Samples that one decision is made of: 20 ms. */
const FRAME = 320;
/** Frames of a window: 2 s, so that a test of some seconds has many. */
const FRAMES = 100;
/** nobody, 0, 1, 2, 0+1, 0+2, 1+2: the seven classes of pyannote's models of three speakers. */
const CLASSES = 7;
const BANDS = 80;

/** The two speakers: whole periods of these fit into a frame, so neither is heard in the other. */
export const SPEAKER_HERTZ = [500, 2000] as const;

/** A segmentation model of pyannote's form that hears a speaker in each of two tones, by Fourier sums over frames. */
export async function writeToneSegmentation(folder: string): Promise<InstalledModel> {
  const waves = SPEAKER_HERTZ.flatMap((hertz) => [
    (at: number): number => Math.cos((2 * Math.PI * hertz * at) / SAMPLE_RATE),
    (at: number): number => Math.sin((2 * Math.PI * hertz * at) / SAMPLE_RATE),
  ]);
  const basis = Array.from({ length: FRAME }, (_, at) => waves.map((wave) => wave(at) / FRAME)).flat();
  const classes = waves.flatMap((_, wave) =>
    Array.from({ length: CLASSES }, (__, index) => (index === 1 + Math.floor(wave / 2) ? 1 : 0)),
  );
  const bytes = onnxModel({
    inputs: [{ name: 'x', type: 'float', shape: ['N', 1, 'T'] }],
    outputs: [{ name: 'y', type: 'float', shape: ['N', FRAMES, CLASSES] }],
    constants: [
      { name: 'shape', type: 'int64', shape: [3], values: [1, FRAMES, FRAME] },
      { name: 'basis', type: 'float', shape: [FRAME, waves.length], values: basis },
      { name: 'classes', type: 'float', shape: [waves.length, CLASSES], values: classes },
      // Nobody, where there is less than a hundredth of a full tone's energy; two at once do not occur.
      { name: 'bias', type: 'float', shape: [CLASSES], values: [0.0006, 0, 0, -1, -1, -1, -1] },
    ],
    nodes: [
      { operator: 'Reshape', inputs: ['x', 'shape'], outputs: ['frames'] },
      { operator: 'MatMul', inputs: ['frames', 'basis'], outputs: ['sums'] },
      { operator: 'Mul', inputs: ['sums', 'sums'], outputs: ['energy'] },
      { operator: 'MatMul', inputs: ['energy', 'classes'], outputs: ['scores'] },
      { operator: 'Add', inputs: ['scores', 'bias'], outputs: ['y'] },
    ],
    metadata: {
      ...{ sample_rate: SAMPLE_RATE, window_size: FRAMES * FRAME, num_classes: CLASSES, num_speakers: 3 },
      ...{ receptive_field_size: FRAME, receptive_field_shift: FRAME, powerset_max_classes: 2 },
    },
  });
  return await write(folder, bytes, 'speaker-segmentation', 'pyannote');
}

/** A model of voices that knows them by the mel bands that they fill: its answer is the mean of what stands out. */
export async function writeToneEmbedding(folder: string): Promise<InstalledModel> {
  const bytes = onnxModel({
    inputs: [{ name: 'feats', type: 'float', shape: ['N', 'T', BANDS] }],
    outputs: [{ name: 'embs', type: 'float', shape: ['N', BANDS] }],
    constants: [{ name: 'zero', type: 'float', shape: [1], values: [0] }],
    nodes: [
      {
        operator: 'ReduceMean',
        inputs: ['feats'],
        outputs: ['mean'],
        attributes: { axes: [1], keepdims: 0 },
      },
      { operator: 'Max', inputs: ['mean', 'zero'], outputs: ['embs'] },
    ],
    metadata: {
      ...{ framework: 'wespeaker', language: 'English', sample_rate: SAMPLE_RATE },
      ...{ output_dim: BANDS, normalize_samples: 1 },
    },
  });
  return await write(folder, bytes, 'speaker-embedding', 'speaker-embedding');
}

async function write(
  folder: string,
  bytes: Buffer,
  task: InstalledModel['task'],
  family: string,
): Promise<InstalledModel> {
  await mkdir(folder, { recursive: true });
  const model = join(folder, 'model.onnx');
  await writeFile(model, bytes);
  return { name: family, task, family, languages: [], folder, files: { model } };
}
