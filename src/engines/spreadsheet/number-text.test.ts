import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commonMark, decimalMark, parseNumberText } from './number-text.ts';

const value = (text: string, mark?: 'point' | 'comma'): number | undefined => parseNumberText(text, mark)?.value;

describe('numbers as people type them', () => {
  test.each([
    ['12', 12],
    ['-3.5', -3.5],
    ['−3.5', -3.5],
    ['+7', 7],
    ['.5', 0.5],
    ['5.', 5],
    ['1,234', 1234],
    ['1,234,567.89', 1_234_567.89],
    ['12,34,567', 1_234_567],
    ['1 234 567', 1_234_567],
    ["1'234.5", 1234.5],
    ['(1,234)', -1234],
    ['($5)', -5],
    ['-$5', -5],
    ['$-5', -5],
    ['1e3', 1000],
    ['1.5E-3', 0.0015],
    ['１２３', 123],
    ['٣٫٥', 3.5],
    ['١٬٢٣٤', 1234],
    ['1.5万', 15_000],
    ['3亿', 300_000_000],
    ['1.2万亿', 1.2e12],
    ['2億', 200_000_000],
    ['5만', 50_000],
    ['1.1万', 11_000],
    ['1.5K', 1500],
    ['2M', 2e6],
    ['3bn', 3e9],
    ['-0', 0],
    ['0.125', 0.125],
    ['1.234,5-', undefined],
    ['1,234.5-', -1234.5],
    ['$(5)', -5],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  test.each([
    ['12%', 0.12, '%'],
    ['12.5 %', 0.125, '%'],
    ['٪', undefined, undefined],
    ['7％', 0.07, '%'],
    ['5‰', 0.005, '%'],
    ['¥1,000', 1000, '¥'],
    ['￥1.5万', 15_000, '¥'],
    ['€ 5', 5, '€'],
    ['5 €', 5, '€'],
    ['US$3', 3, 'US$'],
    ['300元', 300, '元'],
    ['1.5万元', 15_000, '元'],
    ['12人', 12, '人'],
    ['3 kg', 3, 'kg'],
    ['8 Mbit', 8, 'Mbit'],
  ])('%s with its unit', (text, expected, unit) => {
    const parsed = parseNumberText(text);
    expect([parsed?.value, parsed?.unit]).toEqual([expected, unit]);
  });

  test.each([
    '',
    ' ',
    'abc',
    '12,34',
    '1,2345',
    '1.2.3',
    '--5',
    '(-5)',
    '1 2',
    '5 apples and pears',
    '0x10',
    '1e999',
    'Q1',
    '0,125',
    '3月',
    '12月份',
    '5日',
    '2nd',
    '1号店',
    '-(5)',
    '-5-',
    '.',
    ',',
  ])('%j is none', (text) => expect(parseNumberText(text)).toBeUndefined());

  test('a comma parts the fraction where the column says so', () => {
    expect(value('12,5', 'comma')).toBe(12.5);
    expect(value('1.234,5', 'comma')).toBe(1234.5);
    expect(value('1 234,5', 'comma')).toBe(1234.5);
    expect(value('1.5', 'comma')).toBeUndefined();
    expect(value('0,125', 'comma')).toBe(0.125);
    expect(value('1.234,56-', 'comma')).toBe(-1234.56);
  });
});

test('a column tells its decimal mark by the first cell that leaves no doubt', () => {
  expect(decimalMark(['1', '2'])).toBe('either');
  expect(decimalMark(['1,234', '5'])).toBe('either');
  expect(decimalMark(['0,125', '5'])).toBe('comma');
  expect(decimalMark(['1.5', '2'])).toBe('point');
  expect(decimalMark(['1', '2,5'])).toBe('comma');
  expect(decimalMark(['1.234,5', '1.234'])).toBe('comma');
  expect(decimalMark(['1.5', '2,5'])).toBeUndefined();
});

test('a column that leaves it open has the mark of the others, a point where they differ or say nothing', () => {
  expect(commonMark(['either', 'comma'])).toBe('comma');
  expect(commonMark(['either', 'comma', 'point'])).toBe('point');
  expect(commonMark(['either', undefined])).toBe('point');
});

const numbers = fc.double({ min: -1e12, max: 1e12, noNaN: true }).map((number) => Number(number.toFixed(3)) || 0);

test('what a computer writes is read back, in four ways of writing', () => {
  fc.assert(
    fc.property(numbers, (number) => {
      for (const [locale, mark] of [
        ['en-US', 'point'],
        ['de-DE', 'comma'],
        ['fr-FR', 'comma'],
        ['en-IN', 'point'],
      ] as const) {
        expect(value(number.toLocaleString(locale, { maximumFractionDigits: 3 }), mark)).toBe(number);
      }
      expect(value(`(${Math.abs(number).toLocaleString('en-US', { maximumFractionDigits: 3 })})`)).toBe(
        -Math.abs(number) || 0,
      );
      expect(value(String(number))).toBe(number);
    }),
  );
});

test('no text does any harm: a finite number or none, and soon', () => {
  const strange = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom(...Array.from(" 0123456789.,'()-+¥$%万亿eEkM٫")) }),
  );
  fc.assert(
    fc.property(strange, (text) => {
      expect(parseNumberText(text)?.value ?? 0).toSatisfy(Number.isFinite);
    }),
  );
});
