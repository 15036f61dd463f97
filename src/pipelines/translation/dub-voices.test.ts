import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { framesOf } from '../../engines/dub/stereo-wav.ts';
import type { DubLine } from './dub-request.ts';
import { dubbed, DubBench, line, voice } from './test-dub-bench.ts';

let bench: DubBench;
beforeEach(async () => {
  bench = await DubBench.open();
});
afterEach(async () => await bench.close());

const LINES = [
  line(1, 3, 'uno dos tres'),
  line(5, 7, 'cuatro cinco'),
  line(9, 11, 'seis siete'),
  line(15, 17, 'ocho'),
];

/** The lines, said by so many people in turn. */
function saidBy(speakers: number): DubLine[] {
  return LINES.map(({ from, to, translated }, index) => line(from, to, translated, { speaker: index % speakers }));
}

describe('voices', () => {
  test('are one for each speaker, and the same in each line of theirs', async () => {
    const lines = saidBy(3);
    const { voices } = dubbed(await bench.run(lines));
    expect(voices).toEqual(['a:es', 'b:es']);
    const speakers = bench.spoken.map((said) => said.split(' ')[0]);
    expect(speakers).toEqual(['a:es', 'b:es', 'a:es', 'a:es']);
  });

  test('that are named speak all lines, and where they do not know the language, one that does', async () => {
    const lines = saidBy(4);
    dubbed(await bench.run(lines, { voice: 'b:es' }));
    expect(new Set(bench.spoken.map((said) => said.split(' ')[0]))).toEqual(new Set(['b:es']));
    const { warnings, voices } = dubbed(await bench.run(lines, { voice: 'd:en' }));
    expect(voices).toEqual(['a:es']);
    expect(warnings).toEqual(["The voice 'd:en' does not speak Spanish: A:ES (a:es) does."]);
  });

  test('that nobody knows any more are replaced with a warning', async () => {
    const { warnings, voices } = dubbed(await bench.run(LINES, { voice: 'gone:es' }));
    expect(voices).toEqual(['a:es']);
    expect(warnings[0]).toContain("There is no voice 'gone:es'.");
  });

  test('for a language that nobody speaks are a failure that names the remedy', async () => {
    const outcome = await bench.run(LINES, { target: 'de' });
    expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'VoiceUnavailable' } });
  });

  test('whose engine is gone are asked once, and where no line was spoken, that is the failure', async () => {
    bench.engine = {
      ...bench.engine,
      synthesize: async () => {
        bench.spoken.push('asked');
        return { kind: 'unavailable', message: 'It is gone: install it.' };
      },
    };
    const outcome = await bench.run(LINES);
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { code: 'EngineUnavailable', message: 'Not one line could be spoken. It is gone: install it.' },
    });
    expect(bench.spoken).toEqual(['asked']);
  });

  test('share one at another pitch where there are fewer voices than speakers', async () => {
    bench.voices = [voice('a:es', ['es'])];
    const lines = saidBy(2);
    dubbed(await bench.run(lines));
    const after = await bench.dubbed();
    const rises = (from: number): number => {
      const left = after.subarray(2 * framesOf(from), 2 * framesOf(from + 0.25)).filter((_, at) => at % 2 === 0);
      return left.filter((sample, at) => sample >= 0 && (left[at - 1] ?? 0) < 0).length / 0.25;
    };
    expect(rises(1.3) / 1000).toBeCloseTo(1, 1);
    expect(rises(5.3) / 1000).toBeCloseTo(0.89, 1);
  });
});
