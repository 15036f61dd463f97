import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DUCKED } from '../../engines/dub/duck-curve.ts';
import { framesOf } from '../../engines/dub/stereo-wav.ts';
import { espeakNg } from '../../engines/tts/espeak/espeak-ng.ts';
import { ACCOUNT, dubbed, DubBench, LETTER, line, stereoSamples } from './test-dub-bench.ts';

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
const SPEECH = LINES.map(({ from, to }) => ({ from, to }));

function rms(samples: Int16Array, from: number, to: number): number {
  const heard = part(samples, from, to);
  return Math.sqrt(heard.reduce((sum, sample) => sum + sample * sample, 0) / heard.length);
}

function part(samples: Int16Array, from: number, to: number): Int16Array {
  return samples.subarray(2 * framesOf(from), 2 * framesOf(to));
}

/** Millions of samples: an assertion on each takes seconds. */
function isSame(a: Int16Array, b: Int16Array): boolean {
  return a.length === b.length && a.every((sample, at) => sample === b[at]);
}

async function workFileCount(): Promise<number> {
  return await bench.workFiles.count(ACCOUNT, bench.jobId);
}

describe('a dubbed recording', () => {
  test('has each line in its time over the original, and is as long as that to the sample', async () => {
    const originalAudio = await bench.background(20.0003);
    const before = await stereoSamples(originalAudio);
    const steps: number[] = [];
    const onProgress = (fraction: number): number => steps.push(fraction);
    const wishes = { originalAudio, speech: SPEECH, totalSeconds: 20.0003, onProgress };
    const outcome = dubbed(await bench.run(LINES, wishes));
    expect(
      outcome.report.map(({ index, sourceStart, dubStart, tempo }) => [index, sourceStart, dubStart, tempo]),
    ).toEqual(LINES.map(({ from }, index) => [index, from, from, 1]));
    expect(outcome.warnings).toEqual([]);
    const after = await bench.dubbed();
    expect(after).toHaveLength(before.length);
    for (const [from, to] of [
      [0, 0.85],
      [7.15, 8.85],
      [17.15, 20],
    ] as const) {
      expect(isSame(part(after, from, to), part(before, from, to))).toBe(true);
    }
    // Behind the four letters of the last line its source still speaks: little of it is left.
    expect(rms(after, 16, 16.9) / rms(before, 16, 16.9)).toBeCloseTo(DUCKED, 2);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(steps.at(-1)).toBe(1);
    const files = await readdir(join(bench.folder, 'scratch'));
    expect(files.filter((name) => !name.startsWith('tsx-'))).toEqual(['dubbed.wav']);
  });

  test('keeps the original sound of a line that is not translated, or cannot be said, at its full loudness', async () => {
    const originalAudio = await bench.background(20);
    const before = await stereoSamples(originalAudio);
    const lines = [LINES[0], line(5, 7, undefined), line(9, 11, 'unsayable'), LINES[3]].filter(
      (one) => one !== undefined,
    );
    const outcome = dubbed(await bench.run(lines, { originalAudio, speech: [{ from: 0.9, to: 17.1 }] }));
    expect(outcome.report.map(({ index }) => index)).toEqual([0, 3]);
    expect(outcome.warnings).toEqual(['A line keeps its original sound (at 00:00:09). It cannot be said.']);
    const after = await bench.dubbed();
    for (const [from, to] of [
      [5.2, 6.8],
      [9.2, 10.8],
    ] as const)
      expect(rms(after, from, to)).toBe(rms(before, from, to));
    expect(rms(after, 7.3, 8.7) / rms(before, 7.3, 8.7)).toBeCloseTo(DUCKED, 2);
  });

  test('of a recording without sound is the dub alone', async () => {
    dubbed(await bench.run(LINES));
    const after = await bench.dubbed();
    expect(after).toHaveLength(2 * 20 * 48_000);
    expect(rms(after, 3, 4.9)).toBe(0);
    expect(20 * Math.log10(rms(after, 1.1, 1.5) / 32_768)).toBeCloseTo(-20, 0);
  });

  test('spoken by espeak-ng over what somebody says is heard where it belongs', async () => {
    bench.engine = espeakNg();
    bench.voices = (await bench.engine.voices()).filter(({ languages }) => languages.includes('es'));
    const lines = [line(1, 4, 'Buenos días a todos.'), line(6, 9, 'Hoy hablamos del tiempo.')];
    const { report, voices } = dubbed(await bench.run(lines, { totalSeconds: 10 }));
    const after = await bench.dubbed();
    for (const { dubStart, dubEnd } of report) {
      const first = after.subarray(2 * framesOf(dubStart - 0.3)).findIndex((sample) => Math.abs(sample) > 300);
      expect(Math.abs(first / 2 / 48_000 - 0.3)).toBeLessThan(0.02);
      expect(rms(after, dubEnd + 0.05, dubEnd + 0.5)).toBeLessThan(3);
    }
    expect(voices).toHaveLength(1);
    expect(voices[0]).toMatch(/^espeak-ng:es/);
  });
});

describe('a line that is too long', () => {
  const long = line(1, 2, 'una frase que es mucho más larga que su tiempo');
  const lines = [long, line(4, 6, 'y otra')];

  test('is spoken faster, but not too fast, and then makes the next one late', async () => {
    const { report } = dubbed(await bench.run(lines));
    expect(report[0]).toMatchObject({ tempo: 1.25, dubStart: 1, overflow: expect.any(Number) as number });
    expect(report[0]?.overflow).toBeCloseTo((LETTER * 46) / 1.25 - 2.92, 1);
    expect(report[1]?.dubStart).toBeGreaterThanOrEqual((report[0]?.dubEnd ?? 0) + 0.05);
    expect(report[1]?.dubStart).toBeLessThanOrEqual(4.2);
  });

  test('is asked for in fewer words first, once for all runs', async () => {
    const lines2 = [line(1, 2, `${long.translated} ${long.translated}`), line(4, 6, 'y otra')];
    const asked: [string, number][] = [];
    const translator = {
      shorten: async ({ translation, maxCharacters }: { translation: string; maxCharacters: number }) => {
        asked.push([translation, maxCharacters]);
        return asked.length === 1 ? translation.slice(0, maxCharacters + 10) : 'una frase corta';
      },
    };
    const { report } = dubbed(await bench.run(lines2, { translator }));
    expect(asked).toHaveLength(2);
    expect((asked[0]?.[1] ?? 0) * LETTER).toBeLessThan(2.92 * 1.25);
    expect(report[0]).toMatchObject({ shortened: 'una frase corta', tempo: 1, overflow: 0 });
    const count = bench.spoken.length;
    expect(dubbed(await bench.run(lines2, { translator })).report).toEqual(report);
    expect([asked.length, bench.spoken.length]).toEqual([2, count]);
  });

  test('stays as it is where the translator has no shorter one', async () => {
    const { report } = dubbed(await bench.run(lines, { translator: { shorten: async () => undefined } }));
    expect(report[0]?.shortened).toBeUndefined();
    expect(bench.spoken).toHaveLength(2);
  });
});

test('a line behind the end of the recording is left, with a warning', async () => {
  const { report, warnings } = dubbed(await bench.run([line(1, 2, 'uno'), line(19.95, 21, 'dos')]));
  expect(report.map(({ index }) => index)).toEqual([0, 1]);
  expect(report[1]?.dubStart).toBeLessThan(19.95);
  expect(warnings).toEqual([]);
  const late = dubbed(await bench.run([line(1, 2, 'uno'), line(20.5, 21, 'dos')]));
  expect(late.report.map(({ index }) => index)).toEqual([0]);
  expect(late.warnings).toEqual([
    'A line keeps its original sound (at 00:00:20). There is no time left for it in the recording.',
  ]);
});

test('where all lines lie behind the end of the recording, that is the failure', async () => {
  expect(await bench.run([line(20.5, 21, 'uno'), line(22, 23, 'dos')])).toMatchObject({
    kind: 'failed',
    failure: {
      code: 'TextUnspeakable',
      message: 'Not one line could be spoken. There is no time left for it in the recording.',
    },
  });
});

describe('a run after one that died', () => {
  test.each([1, 2, 3])('speaks from line %s on, and what comes out is the same', async (at) => {
    dubbed(await bench.run(LINES));
    const whole = await bench.dubbed();
    await bench.close();
    bench = await DubBench.open();
    const death = new AbortController();
    bench.onSpeak = (text) => {
      if (text === LINES[at]?.translated) death.abort(new Error('killed'));
    };
    await expect(bench.run(LINES, {}, death.signal)).rejects.toThrow('killed');
    expect(bench.spoken).toHaveLength(at);
    bench.onSpeak = () => undefined;
    dubbed(await bench.run(LINES));
    expect(bench.spoken).toEqual(LINES.map(({ translated }) => `a:es ${translated}`));
    expect(isSame(await bench.dubbed(), whole)).toBe(true);
  });

  test('speaks a line again whose text was corrected, and no other', async () => {
    dubbed(await bench.run(LINES));
    dubbed(await bench.run(LINES.with(2, line(9, 11, 'seis y siete'))));
    expect(bench.spoken.slice(4)).toEqual(['a:es seis y siete']);
    expect(await workFileCount()).toBe(5);
  });

  test('speaks again what was removed from the store', async () => {
    dubbed(await bench.run(LINES));
    await bench.workFiles.remove(ACCOUNT, [bench.jobId]);
    dubbed(await bench.run(LINES));
    expect(bench.spoken).toHaveLength(8);
    expect(await workFileCount()).toBe(4);
  });

  test('goes on without a store that takes nothing', async () => {
    bench.workFiles.keep = async () => undefined;
    dubbed(await bench.run(LINES));
    dubbed(await bench.run(LINES));
    expect(bench.spoken).toHaveLength(8);
  });
});

test('the languages of a job share its work files without gaps, and neither takes those of the other', async () => {
  dubbed(await bench.run(LINES));
  const spanish = await bench.dubbed();
  const death = new AbortController();
  bench.onSpeak = (text) => {
    if (text === LINES[2]?.translated) death.abort(new Error('killed'));
  };
  await expect(bench.run(LINES, { target: 'fr' }, death.signal)).rejects.toThrow('killed');
  bench.onSpeak = () => undefined;
  expect(await workFileCount()).toBe(6);
  dubbed(await bench.run(LINES, { target: 'fr' }));
  expect(await workFileCount()).toBe(8);
  dubbed(await bench.run(LINES));
  expect(bench.spoken).toHaveLength(8);
  expect(isSame(await bench.dubbed(), spanish)).toBe(true);
  await bench.workFiles.remove(ACCOUNT, [bench.jobId]);
  expect(await workFileCount()).toBe(0);
});

test('songs are left where they are skipped, and named sounds always', async () => {
  const lines = [
    line(1, 3, 'la la la', { text: '♪ la la la ♪' }),
    line(5, 7, '[Música]', { text: '[Music]' }),
    line(9, 11, 'hola', { text: 'hello' }),
  ];
  dubbed(await bench.run(lines));
  expect(bench.spoken).toEqual(['a:es la la la', 'a:es hola']);
  const { report, warnings } = dubbed(await bench.run(lines, { skipSong: true }));
  expect(report.map(({ index }) => index)).toEqual([2]);
  expect(warnings[0]).toMatch(/^SkipSong leaves lines that are marked as sung/);
});

test('what looks like markup in a line is text', async () => {
  dubbed(await bench.run([line(1, 5, 'uno <break time="3s"/> <speak>dos')]));
  expect(bench.spoken).toEqual(['a:es uno <break time="3s"/> <speak>dos']);
});
