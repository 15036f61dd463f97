import { expect, test } from 'vitest';
import { numberSigns, tickWriter, valueWriter } from './number-format.ts';

const of = (values: readonly (number | null)[], language: string, percent = false): ((value: number) => string) =>
  valueWriter([{ name: '', values, percent }], language);

test('large numbers are shortened as the language counts', () => {
  expect(of([1_234_567], 'zh-CN')(1_234_567)).toBe('123.5万');
  expect(of([1_234_567_890], 'zh-CN')(1_234_567_890)).toBe('12.3亿');
  expect(of([1_234_567], 'en')(1_234_567)).toBe('1.2M');
  expect(of([1_234_567], 'ja')(1_234_567)).toBe('123.5万');
});

test('smaller ones keep their digits, and the decimals of the data all along', () => {
  expect(of([12_345], 'en')(12_345)).toBe('12,345');
  expect(of([1.5, 2], 'en')(1)).toBe('1.0');
  expect(of([1.23456], 'en')(1.23456)).toBe('1.23');
  expect(of([0, null], 'en')(0)).toBe('0');
});

test('a shortened number keeps one decimal, so that it does not tremble while it counts', () => {
  expect(of([450_000], 'en')(450_000)).toBe('450.0K');
});

test('percentages are fractions of one', () => {
  expect(of([0.256], 'en', true)(0.256)).toBe('25.6%');
  expect(tickWriter(0.2, 1, true, 'en')(0.4)).toBe('40%');
});

test('what is small beside a large number keeps its digits', () => {
  const write = of([100_000, 3, 5, 9999], 'en');
  expect([3, 9999, 50_000, 100_000].map(write)).toEqual(['3', '9,999', '50.0K', '100.0K']);
});

test('large numbers that are nearly alike are told apart', () => {
  const values = [1_234_567, 1_234_569, 1_234_599];
  expect(values.map(of(values, 'en'))).toEqual(['1,234,567', '1,234,569', '1,234,599']);
  const larger = [4_101_000_000, 4_105_000_000];
  expect(larger.map(of(larger, 'en'))).toEqual(['4.101B', '4.105B']);
  expect([1_234_580, 1_234_585].map(tickWriter(5, 1_234_585, false, 'en'))).toEqual(['1,234,580', '1,234,585']);
  expect([1_235_000, 1_240_000].map(tickWriter(5000, 1_240_000, false, 'en'))).toEqual(['1.235M', '1.24M']);
  expect([12_345_670, 12_345_680].map(tickWriter(10, 12_345_680, false, 'zh-CN'))).toEqual([
    '1234.567万',
    '1234.568万',
  ]);
  const close = [0.97123, 0.97124];
  expect(close.map(of(close, 'en'))).toEqual(['0.97123', '0.97124']);
});

test('numbers that no word or row of zeros is for have a power of ten', () => {
  expect([1e-9, 4.1e-9, 0].map(of([1e-9, 4.1e-9, 0], 'en'))).toEqual(['1.0E-9', '4.1E-9', '0']);
  expect([0, 1e-9, 1.5e-9].map(tickWriter(5e-10, 5e-9, false, 'en'))).toEqual(['0', '1E-9', '1.5E-9']);
  expect(of([1e300, 2], 'en')(1e300)).toBe('1.0E300');
  expect(tickWriter(5e299, 2e300, false, 'zh-CN')(1.5e300)).toBe('1.5E300');
  expect(of([0.00123, 0.0005], 'en')(0.00123)).toBe('0.00123');
  expect(tickWriter(2e-7, 0.500001, false, 'en')(0.5000002)).toBe('0.5000002');
});

test('nothing is minus zero', () => {
  expect(of([-5, 3], 'en')(-0.2)).toBe('0');
  expect(tickWriter(10, 100, false, 'en')(-0)).toBe('0');
});

test('ticks have no decimals but those of their step', () => {
  expect([0, 0.5, 1].map(tickWriter(0.5, 1, false, 'en'))).toEqual(['0.0', '0.5', '1.0']);
  expect(tickWriter(50_000, 200_000, false, 'en')(150_000)).toBe('150K');
  expect(tickWriter(500_000, 2_000_000, false, 'zh-CN')(1_500_000)).toBe('150万');
});

test('the signs of a language are all that its numbers are written with', () => {
  expect(numberSigns('en')).toMatch(/^[-0-9.KMBTE ]+$/);
  expect(numberSigns('zh-CN')).toContain('亿');
  expect(numberSigns('ko')).toContain('억');
});
