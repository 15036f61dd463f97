import { describe, expect, test } from 'vitest';
import type { BurnedLine } from './burned-line.ts';
import { mergeLines } from './merge-lines.ts';
import { subtitlesAmong } from './subtitle-bands.ts';

function line(from: number, to: number, text: string, place: Partial<BurnedLine['area']> = {}): BurnedLine {
  return { from, to, text, confidence: 0.9, area: { x: 0.3, y: 0.88, width: 0.4, height: 0.08, ...place } };
}

const LOW = [line(1, 3, 'First of all'), line(4, 6, 'and then the second'), line(7, 9, 'until it ends')];
const texts = (lines: readonly BurnedLine[]): string[] => lines.map(({ text }) => text);

/** Texts that have little in common. */
function different(index: number): string {
  return Array.from({ length: 24 }, (_, at) =>
    String.fromCodePoint(97 + ((index * 48_271 + (at + 1) * (index + 3) * 7) % 25)),
  ).join('');
}

describe('the place of the subtitles', () => {
  test('is where texts follow each other, not where one stands all the time', () => {
    const mark = line(0, 10, 'CHANNEL 5', { x: 0.8, y: 0.05, width: 0.15 });
    expect(texts(subtitlesAmong([mark, ...LOW], 10))).toEqual(texts(LOW));
  });

  test('is not where the camera saw something once', () => {
    const sign = line(2, 4, 'Mill Street', { x: 0.1, y: 0.3 });
    expect(texts(subtitlesAmong([sign, ...LOW], 60))).toEqual(texts(LOW));
  });

  test('may be at the top', () => {
    const high = LOW.map((low) => ({ ...low, area: { ...low.area, y: 0.06 } }));
    expect(texts(subtitlesAmong(high, 60))).toEqual(texts(high));
  });

  test('holds lines of one row and of two, centred or flush left, and nothing that stands there by chance', () => {
    const two = line(10, 12, 'One row\nand another', { y: 0.8, height: 0.16 });
    const astray = line(20, 21, 'noise', { x: 0.02, width: 0.1 });
    expect(texts(subtitlesAmong([...LOW, two, astray], 60))).toEqual([...texts(LOW), 'One row\nand another']);
  });

  test('holds no mark that comes and goes, and is read in other words each time', () => {
    const mark = Array.from({ length: 6 }, (_, index) =>
      line(index * 10, index * 10 + 8, `CHANNEL FIVE ${index}`, { y: 0.05, height: 0.05 }),
    );
    expect(texts(subtitlesAmong([...mark, ...LOW], 60))).toEqual(texts(LOW));
  });

  test('is found among the lines of a day in a time that grows with their number alone', () => {
    const day = Array.from({ length: 3000 }, (_, index) =>
      line(10 * index, 10 * index + 9, `Line ${(index * 7919) % 3000} says ${'abcdefghij'.repeat(6)}`),
    );
    const start = performance.now();
    expect(subtitlesAmong(mergeLines(day), 30_000).length).toBe(0);
    const other = day.map(({ from, to }, index) =>
      line(from, to, `${different(index)} ${different(index * 31 + 7)}`),
    );
    expect(subtitlesAmong(mergeLines(other), 30_000).length).toBe(3000);
    // A second or two; to compare each with each takes hours.
    expect(performance.now() - start).toBeLessThan(60_000);
  });

  test('is nowhere where there is no text', () => expect(subtitlesAmong([], 60)).toEqual([]));
});

describe('readings of one text', () => {
  test('that follow each other are one line, in the better reading', () => {
    const merged = mergeLines([
      line(1, 2, 'The flrst traln'),
      { ...line(2.25, 4, 'The first train'), confidence: 0.95 },
    ]);
    expect(merged).toMatchObject([{ from: 1, to: 4, text: 'The first train' }]);
  });

  test('that overlap are one line, and what is noise beside it is dropped', () => {
    const noise = { ...line(1, 2, 'Th9 f'), confidence: 0.6 };
    expect(texts(mergeLines([noise, line(1, 3, 'The first train')]))).toEqual(['The first train']);
  });

  test('that differ are two lines, however close', () => {
    expect(mergeLines([line(1, 3, 'The first train'), line(3, 5, 'leaves at seven')]).length).toBe(2);
  });

  test('two rows that come and go together are one line', () => {
    const rows = [line(1, 3, 'below', { y: 0.9, height: 0.06 }), line(1, 3.2, 'above', { y: 0.8, height: 0.06 })];
    expect(texts(mergeLines(rows))).toEqual(['above\nbelow']);
  });
});
