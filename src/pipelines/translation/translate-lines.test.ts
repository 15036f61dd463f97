import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentLogger } from '../../base/logger.ts';
import type { TranslationEngine } from '../../engines/translation/translation-engine.ts';
import type { TranslationOutcome, TranslationRequest } from '../../engines/translation/translator.ts';
import type { StepOutcome } from '../steps.ts';
import { translateLines } from './translate-lines.ts';
import type { TranslatedLines } from './translated-lines.ts';
import type { Lined } from './translation-work.ts';

let scratch = '';
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'translate-lines-'));
});
afterAll(() => rm(scratch, { recursive: true }));

type Answer = (request: TranslationRequest, count: number) => TranslationOutcome;

/** So many lines, `line 0` and so on, through an engine that answers so. */
class Bench {
  readonly asked: TranslationRequest[] = [];
  readonly checkpoints = new Map<string, string>();
  readonly #lines: Lined['lines'];

  constructor(count: number) {
    this.#lines = Array.from({ length: count }, (_, from) => ({ from, to: from + 1, text: `line\n${from}` }));
  }

  async translate(answer: Answer, onProgress: (fraction: number) => void = () => undefined) {
    const engine: TranslationEngine = {
      name: 'engine',
      pairs: async () => 'any',
      modelFor: async () => 'model',
      through: async () => undefined,
      availability: async () => ({ kind: 'ready', version: '1', detail: '' }),
      translate: async (request) => {
        this.asked.push(request);
        return answer(request, this.asked.length);
      },
    };
    const work: unknown = {
      lines: this.#lines,
      source: 'en',
      settings: { glossary: [] },
      hotwords: [],
      parts: { translators: [engine] },
      run: {
        ...{ scratch, signal: new AbortController().signal, log: silentLogger },
        checkpoints: {
          get: async (key: string) => this.checkpoints.get(key),
          save: async (key: string, value: string) => void this.checkpoints.set(key, value),
        },
      },
    };
    return await translateLines(work as Lined, 'es', onProgress);
  }
}

const well: Answer = ({ lines }) => ({
  kind: 'translated',
  lines: lines.map((line) => ({ kind: 'translated', text: `<${line}>` })),
});
const refused: TranslationOutcome = { kind: 'refused', message: 'Too long.', detail: 'said so' };

function textsOf(outcome: StepOutcome<TranslatedLines>): (string | undefined)[] {
  if (outcome.kind === 'failed') throw new Error(outcome.failure.message);
  return outcome.value.lines.map(({ translated }) => translated);
}

test('lines are translated a hundred at once, each hundred with what is said around it', async () => {
  const bench = new Bench(250);
  const fractions: number[] = [];
  const outcome = await bench.translate(
    (request, count) => {
      request.onProgress?.(1);
      return well(request, count);
    },
    (fraction) => fractions.push(fraction),
  );
  expect(textsOf(outcome)).toEqual(Array.from({ length: 250 }, (_, index) => `<line ${index}>`));
  expect(fractions).toEqual([0.4, 0.8, 1]);
  expect(bench.asked.map(({ before, lines, after }) => [before, lines.length, after])).toEqual([
    [[], 100, ['line 100', 'line 101', 'line 102', 'line 103']],
    [['line 96', 'line 97', 'line 98', 'line 99'], 100, ['line 200', 'line 201', 'line 202', 'line 203']],
    [['line 196', 'line 197', 'line 198', 'line 199'], 50, []],
  ]);
});

test('a run that comes after one that failed goes on at the hundred that is missing', async () => {
  const bench = new Bench(250);
  const broken: TranslationOutcome = { kind: 'failed', message: 'No.', detail: '' };
  const first = await bench.translate((request, count) => (count === 2 ? broken : well(request, count)));
  expect(first).toMatchObject({ kind: 'failed', failure: { code: 'TranslationFailed' } });
  expect(textsOf(await bench.translate(well))).toHaveLength(250);
  expect(bench.asked.map(({ lines }) => lines[0])).toEqual(['line 0', 'line 100', 'line 100', 'line 200']);
});

describe('lines that the engine refuses', () => {
  test('stay as they are, with a warning, where it takes others', async () => {
    const bench = new Bench(201);
    const outcome = await bench.translate((request, count) => (count === 3 ? refused : well(request, count)));
    expect(textsOf(outcome).slice(199)).toEqual(['<line 199>', undefined]);
    expect(outcome).toMatchObject({
      value: { warnings: ['A line was not translated into es and stayed as in the source. Too long.'] },
    });
  });

  test('end the job where they are the first: no more are tried', async () => {
    const bench = new Bench(201);
    expect(await bench.translate(() => refused)).toMatchObject({
      kind: 'failed',
      failure: { code: 'TranslationFailed', message: expect.stringContaining('Too long.') as string },
    });
    expect(bench.asked).toHaveLength(1);
  });
});
