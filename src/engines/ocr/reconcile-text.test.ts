import { describe, expect, test } from 'vitest';
import type { BurnedLine } from './burned-line.ts';
import { reconcileText } from './reconcile-text.ts';

const area = { x: 0.2, y: 0.9, width: 0.6, height: 0.08 };
const burned = (from: number, to: number, text: string): BurnedLine => ({ from, to, text, area, confidence: 0.9 });
const spoken = (from: number, to: number, text: string) => ({ from, to, text });

describe('words that are read', () => {
  test('take the place of what was misheard, with their own times', () => {
    const heard = [spoken(1, 3, 'nobody new why the old bitch had been closed')];
    const read = [burned(0.9, 3.2, 'Nobody knew why the old bridge\nhad been closed.')];
    expect(reconcileText(heard, read, 'left-out')).toEqual([
      { from: 0.9, to: 3.2, text: 'Nobody knew why the old bridge\nhad been closed.', source: 'picture' },
    ]);
  });

  test('of several lines replace the one sentence that they make up', () => {
    const heard = [spoken(0, 6, 'when the rain had stopped at last we all went down to the harbor')];
    const read = [
      burned(0, 2.9, 'When the rain had stopped at last,'),
      burned(3, 6, 'we all went down to the harbour.'),
    ];
    expect(reconcileText(heard, read, 'left-out').map(({ text, source }) => [text, source])).toEqual([
      ['When the rain had stopped at last,', 'picture'],
      ['we all went down to the harbour.', 'picture'],
    ]);
  });

  test('in Chinese are compared character by character', () => {
    const heard = [spoken(1, 3, '我们应该先文文船长'), spoken(4, 6, '明天下午天气会变得更冷')];
    const read = [burned(1, 3, '我们应该先问问船长。')];
    expect(reconcileText(heard, read, 'left-out').map(({ text }) => text)).toEqual([
      '我们应该先问问船长。',
      '明天下午天气会变得更冷',
    ]);
  });
});

describe('speech', () => {
  test('that no burned line repeats keeps its words and times', () => {
    const heard = [spoken(0, 2, 'good morning captain'), spoken(5, 7, 'where are we going')];
    const read = [burned(0, 2, 'Good morning, captain!')];
    expect(reconcileText(heard, read, 'left-out').at(-1)).toEqual({
      ...{ from: 5, to: 7, text: 'where are we going', source: 'speech' },
    });
  });

  test('keeps what is left of a sentence that is repeated in part, with its part of the time', () => {
    const heard = [spoken(0, 6, 'when the rain had stopped at last we all went down to the harbor')];
    const lines = reconcileText(heard, [burned(0, 2.9, 'When the rain had stopped at last,')], 'left-out');
    expect(lines.map(({ text }) => text)).toEqual([
      'When the rain had stopped at last,',
      'we all went down to the harbor',
    ]);
    expect(lines[1]?.from).toBeCloseTo(3.1, 0);
    expect(lines[1]?.to).toBe(6);
  });

  test('is not replaced by the same words at another time', () => {
    const heard = [spoken(0, 2, 'good morning captain')];
    const read = [burned(20, 22, 'Good morning, captain!')];
    expect(reconcileText(heard, read, 'left-out')).toEqual([{ ...heard[0], source: 'speech' }]);
  });
});

describe('text that nobody says', () => {
  const heard = [spoken(0, 3, 'the train leaves at seven')];
  const sign = burned(1, 3, 'Platform closed for repair');

  test('is left out, or kept beside the speech', () => {
    expect(reconcileText(heard, [sign], 'left-out').map(({ source }) => source)).toEqual(['speech']);
    expect(reconcileText(heard, [sign], 'kept').map(({ source }) => source)).toEqual(['speech', 'picture']);
  });

  test('and stands far longer than subtitles do is not said, whatever is said meanwhile', () => {
    const talk = Array.from({ length: 20_000 }, (_, at) => spoken(at * 2, at * 2 + 1.9, 'the bbc knew us as well'));
    const mark = burned(0, 40_000, 'BBC NEWS');
    expect(reconcileText(talk, [mark], 'left-out')).toEqual(talk.map((line) => ({ ...line, source: 'speech' })));
    expect(reconcileText(talk, [mark], 'kept').length).toBe(20_001);
  });

  test('is all there is where nothing was heard', () => {
    expect(reconcileText([], [sign], 'left-out')).toEqual([
      { from: 1, to: 3, text: 'Platform closed for repair', source: 'picture' },
    ]);
  });
});
