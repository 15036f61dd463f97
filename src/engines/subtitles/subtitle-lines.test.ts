import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { piecesOf } from '../asr/timed-text.ts';
import { columnsOf } from './columns.ts';
import { readingSeconds } from './reading-times.ts';
import { subtitleLines, type SpokenSentence } from './subtitle-lines.ts';

/** A sentence whose words take `pace` seconds each. */
function said(text: string, from: number, pace = 0.3, speaker?: number): SpokenSentence<number> {
  const words = piecesOf(text).map((piece, index) => ({
    text: piece,
    from: from + index * pace,
    to: from + (index + 1) * pace,
  }));
  const to = words.at(-1)?.to ?? from;
  return { from, to, words, ...(speaker !== undefined && { speaker }) };
}

const texts = (sentences: readonly SpokenSentence<number>[]): string[] =>
  subtitleLines(sentences).map(({ text }) => text);

const LONG =
  'It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want of a wife, however little known his feelings.';

describe('lines', () => {
  test('are sentences where these fit', () => {
    const text = 'The first one ends right here. The second one is a little longer than that.';
    expect(texts([said(text, 0)])).toEqual([
      'The first one ends right here.',
      'The second one is a little longer than that.',
    ]);
  });

  test('of a long sentence end at commas, and fit two rows', () => {
    const lines = texts([said(LONG, 0, 0.2)]);
    expect(lines.join(' ')).toBe(LONG);
    expect(lines.length).toBeLessThanOrEqual(3);
    for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(84);
    for (const line of lines) expect(line).toMatch(/[,.]$/);
  });

  test('of Chinese have at most 36 characters', () => {
    const text = '今天的天气非常好'.repeat(10);
    const lines = texts([said(text, 0, 0.1)]);
    expect(lines.join('')).toBe(text);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(36);
  });

  test('of slow speech take seven seconds at most', () => {
    const lines = subtitleLines([said('so many words and each of them is said very slowly', 0, 1.5)]);
    expect(lines.length).toBeGreaterThan(2);
    for (const { from, spokenTo } of lines) expect(spokenTo - from).toBeLessThanOrEqual(7);
  });

  test('of a phrase of Thai, which has no spaces, are its parts, with their part of the time', () => {
    const phrase = 'ประเทศไทยเป็นประเทศที่มีวัฒนธรรมอันยาวนานและมีอาหารอร่อยมากมายที่นักท่องเที่ยวชื่นชอบ'.repeat(3);
    const lines = subtitleLines([{ from: 0, to: 18, words: [{ text: phrase, from: 0, to: 18 }] }]);
    expect(lines.map(({ text }) => text).join('')).toBe(phrase);
    expect(lines.map(({ from }) => Math.round(from))).toEqual([0, 6, 12]);
    for (const { text } of lines) expect(columnsOf(text)).toBeLessThanOrEqual(84);
  });

  test('of hours without a mark or a pause are made in a time that grows with their number alone', () => {
    const start = performance.now();
    const lines = texts([said('word '.repeat(40_000), 0, 0.3)]);
    expect(lines.join(' ').split(' ').length).toBe(40_000);
    // Half a second; looking at all the rest for each line took minutes.
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  test('are joined from fragments of one sentence, but not over a silence or between people', () => {
    expect(texts([said('and so', 0), said('we went to the market together.', 0.8)])).toHaveLength(1);
    expect(texts([said('and so', 0), said('we went to the market together.', 2)])).toHaveLength(2);
    expect(texts([said('and so', 0, 0.3, 1), said('we went to the market together.', 0.8, 0.3, 2)])).toHaveLength(
      2,
    );
  });

  test('a fragment goes to the sentence that it begins', () => {
    const [first, second] = [said('This is one whole sentence here.', 0), said('And then', 2, 0.2)];
    expect(texts([first, second, said('there is another one to come.', 2.5)])).toEqual([
      'This is one whole sentence here.',
      'And then there is another one to come.',
    ]);
  });

  test('keep who speaks', () => {
    expect(subtitleLines([said('Good morning to you all.', 0, 0.3, 7)])).toMatchObject([{ speaker: 7 }]);
  });

  test('of nothing there are none', () => {
    expect(subtitleLines([])).toEqual([]);
    expect(subtitleLines([{ from: 0, to: 3, words: [] }])).toEqual([]);
  });
});

describe('times', () => {
  test('a line stands until it is read where nothing follows', () => {
    const [line] = subtitleLines([said('Extraordinarily complicated considerations notwithstanding.', 5, 0.2)]);
    expect(line).toMatchObject({ from: 5, spokenTo: 5.8 });
    expect(line?.to).toBeCloseTo(5 + 59 / 17, 2);
  });

  test('and is gone 80 ms before the next begins', () => {
    const [line] = subtitleLines([
      said('Extraordinarily complicated considerations notwithstanding.', 5, 0.2),
      said('Another sentence follows very soon.', 6.9),
    ]);
    expect(line?.to).toBeCloseTo(6.82, 6);
  });

  test('a word alone stands for a second', () => {
    const [line] = subtitleLines([said('Yes.', 3, 0.2)]);
    expect(line).toMatchObject({ from: 3, to: 4, spokenTo: 3.2 });
  });
});

const word = fc.record({
  text: fc.constantFrom('and', 'well.', 'notwithstanding', 'a', 'so,', '好', '天气。', 'Mr.', 'what?'),
  gap: fc.nat(1500),
  length: fc.integer({ min: 10, max: 2000 }),
});

test('no word is lost, and lines are in order, with a length, and no two at once', () => {
  fc.assert(
    fc.property(fc.array(fc.array(word, { minLength: 1, maxLength: 30 }), { maxLength: 8 }), (sentences) => {
      let at = 0;
      const spoken = sentences.map((words) => {
        const timed = words.map(({ text, gap, length }) => {
          const from = (at += gap) / 1000;
          at += length;
          return { text, from, to: at / 1000 };
        });
        return { from: timed[0]?.from ?? 0, to: timed.at(-1)?.to ?? 0, words: timed };
      });
      const lines = subtitleLines(spoken);
      const bare = (text: string): string => text.replaceAll(/\s/g, '');
      expect(bare(lines.map(({ text }) => text).join(''))).toBe(
        bare(
          sentences
            .flat()
            .map(({ text }) => text)
            .join(''),
        ),
      );
      for (const [index, { from, to, text, spokenTo }] of lines.entries()) {
        expect(to).toBeGreaterThan(from);
        expect(from).toBeGreaterThanOrEqual(lines[index - 1]?.to ?? 0);
        expect(spokenTo >= from && spokenTo <= to).toBe(true);
        expect(columnsOf(text)).toBeLessThanOrEqual(84);
        const room = (lines[index + 1]?.from ?? Infinity) - from - 0.08;
        expect(to - from).toBeGreaterThanOrEqual(Math.min(room, Math.max(1, readingSeconds(text))) - 0.002);
      }
    }),
  );
});
