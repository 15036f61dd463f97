import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { describe, expect, test, vi } from 'vitest';
import { fontFamilies, registerFonts } from './chart-fonts.ts';

// Before the canvas is loaded: what this machine has installed must not stand in for what is shipped.
vi.hoisted(() => (process.env['DISABLE_SYSTEM_FONTS_LOAD'] = '1'));
const atFirst = GlobalFonts.families.length;

const TEXTS = {
  Latin: 'The quick brown fox, ÀÉÎÕÜ ßçñøł ŞİĞ €£¥ 0123456789 ±×÷≤≥≠→↑↓ ①②●▲★',
  Greek: 'ΑΒΓΔ αβγδεζηθ άέή',
  Cyrillic: 'Продажи по месяцам, ЁЙЩЪЫ',
  'simplified Chinese': '数据来源国家统计局营业额单位亿元增长率（同比）：《》、。％',
  'traditional Chinese': '營業額單位億元臺灣圖表數據來源',
  Japanese: '売上の内訳、カメラとレンズ。四半期「ひらがな」ー',
  Korean: '분기별 매출액 단위 억원',
  Arabic: 'مبيعات الربع الأول من السنة ٠١٢٣٤٥',
  Hebrew: 'מכירות לפי רבעון',
  Thai: 'ยอดขายรายไตรมาส',
  Devanagari: 'तिमाही बिक्री',
  emoji: '😀🚀📈🍎🐼❤⭐☕',
};

/** The pixels of a character, alone. */
function drawn(character: string, weight: 400 | 700): string {
  const canvas = createCanvas(80, 60);
  const context = canvas.getContext('2d');
  context.font = `${weight} 30px ${fontFamilies()}`;
  context.fillText(character, 20, 40);
  return canvas.data().toString('base64');
}

/** The characters that are drawn as what stands for a missing one, or as nothing. */
function missing(text: string, weight: 400 | 700): string[] {
  const nothing = drawn('', weight);
  const box = drawn('\u0378', weight);
  return [...new Set(text)].filter((character) => {
    const pixels = drawn(character, weight);
    return /\S/.test(character) && (pixels === nothing || pixels === box);
  });
}

test('nothing but what is shipped takes part', () => {
  expect(atFirst).toBe(0);
});

describe.each(Object.entries(TEXTS))('%s', (_script, text) => {
  test.each([400, 700] as const)('is drawn without missing boxes, at weight %d', (weight) => {
    registerFonts([text]);
    expect(missing(text, weight)).toEqual([]);
  });
});

test('a character that no font has is found missing', () => {
  registerFonts(['a']);
  expect(missing('a\u0379\u{10fffd}', 400)).toEqual(['\u0379', '\u{10fffd}']);
});

test('Arabic letters join', () => {
  registerFonts([TEXTS.Arabic]);
  const context = createCanvas(1, 1).getContext('2d');
  context.font = `30px ${fontFamilies()}`;
  const width = (word: string): number => context.measureText(word).width;
  const alone = Array.from('مبيعات', width).reduce((sum, one) => sum + one, 0);
  expect(width('مبيعات')).toBeLessThan(alone * 0.8);
});
