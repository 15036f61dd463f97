import { describe, expect, test } from 'vitest';
import { alignWithin } from './align-within.ts';
import { believedText } from './believed-text.ts';
import { sampledPicture } from './scan-plan.ts';
import { tesseractName } from './tesseract-languages.ts';
import type { ReadRow } from './text-reader.ts';

describe("Tesseract's names of languages", () => {
  test.each([
    ['en', 'eng'],
    ['en-GB', 'eng'],
    ['zh', 'chi_sim'],
    ['zh-CN', 'chi_sim'],
    ['zh_TW', 'chi_tra'],
    ['zh-Hant', 'chi_tra'],
    ['yue', 'chi_tra'],
    ['pt-BR', 'por'],
    ['zu', undefined],
    ['no language', undefined],
  ])('%s is %s', (tag, name) => expect(tesseractName(tag)).toBe(name));
});

function row(...words: readonly (readonly [text: string, confidence: number])[]): ReadRow {
  return { words: words.map(([text, confidence]) => ({ text, confidence, left: 0, top: 0, width: 9, height: 9 })) };
}

describe('what was read', () => {
  test('is believed where its words are, without the specks beside it', () => {
    const read = believedText([row(['|', 0.5], ['Good', 0.9], ['morning!', 0.8], ['»', 0.4])]);
    expect(read?.text).toBe('Good morning!');
    expect(read?.confidence).toBeCloseTo(0.83, 1);
  });

  test('in Chinese has no spaces, but keeps those between words of other scripts', () => {
    expect(believedText([row(['没有', 0.9], ['人', 0.9], ['知道', 0.9], ['。', 0.9])])?.text).toBe('没有人知道。');
    expect(believedText([row(['我', 0.9], ['用', 0.9], ['Open', 0.9], ['Source', 0.9])])?.text).toBe(
      '我用 Open Source',
    );
  });

  test('is not believed where words are not, or are hardly letters', () => {
    expect(believedText([row(['we.', 0.46], ['OR.', 0.24])])).toBeUndefined();
    expect(believedText([row(['ab', 0.66])])).toBeUndefined();
    expect(believedText([row(['=”', 0.9], ['a)', 0.9], ['(|', 0.9])])).toBeUndefined();
    expect(believedText([])).toBeUndefined();
  });

  test('row by row: noise above a text is left out', () => {
    expect(believedText([row(['Sey', 0.3]), row(['Good', 0.9], ['morning', 0.9])])?.text).toBe('Good morning');
  });
});

test('a text is found within a longer one, where it is most like it', () => {
  expect(alignWithin('bcd', 'aabcdee')).toEqual({ similarity: 1, from: 2, to: 5 });
  expect(alignWithin('bxd', 'aabcdee')).toEqual({ similarity: 1 - 1 / 3, from: 2, to: 5 });
  expect(alignWithin('abc', '').similarity).toBe(0);
});

test('of texts without end too', () => {
  expect(alignWithin('needle', `${'x'.repeat(400_000)}needle`).from).toBe(400_000);
});

describe('the size in which a picture is looked at', () => {
  const WHOLE = { x: 0, y: 0, width: 1, height: 1 };

  test('is 720 pixels on its shorter side', () => {
    expect(sampledPicture({ width: 1920, height: 1080 }, WHOLE).whole).toEqual({ width: 1280, height: 720 });
    expect(sampledPicture({ width: 360, height: 640 }, WHOLE).whole).toEqual({ width: 720, height: 1280 });
  });

  test.each([
    [16, 4096],
    [640_000, 360],
    [2, 8192],
  ])('has no more pixels for a strip of %i x %i', (width, height) => {
    const { whole, part } = sampledPicture({ width, height }, WHOLE);
    expect(whole.width * whole.height).toBeLessThanOrEqual(2880 * 720);
    expect(Math.min(whole.width, whole.height)).toBeGreaterThanOrEqual(2);
    expect(part).toEqual({ left: 0, top: 0, ...whole });
  });
});
