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
  expect(numberSigns('en')).toMatch(/^[-0-9.KMBT ]+$/);
  expect(numberSigns('zh-CN')).toContain('亿');
  expect(numberSigns('ko')).toContain('억');
});
