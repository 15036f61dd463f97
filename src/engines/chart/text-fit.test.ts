import { expect, test } from 'vitest';
import { cleanText, ellipsized, fitText } from './text-fit.ts';

/** Every UTF-16 unit is half a size wide. */
const measure = (text: string, font: string): number => (text.length * Number(/(\d+)px/.exec(font)?.[1])) / 2;
const look = { weight: 400, families: 'x' };

test('a text that fits is left alone', () => {
  expect(fitText('Sales', look, { width: 100, lines: 1, size: 20, least: 10 }, measure)).toMatchObject({
    lines: ['Sales'],
    size: 20,
  });
});

test('a longer one is made smaller, then broken, then cut', () => {
  expect(
    fitText('Sales by region', look, { width: 100, lines: 1, size: 20, least: 10 }, measure).size,
  ).toBeLessThan(14);
  const two = fitText('Sales by region', look, { width: 100, lines: 2, size: 20, least: 10 }, measure);
  expect(two).toMatchObject({ lines: ['Sales by', 'region'], size: 20 });
  const cut = fitText('word '.repeat(500), look, { width: 100, lines: 2, size: 20, least: 10 }, measure);
  expect(cut.lines).toHaveLength(2);
  expect(cut.lines[1]).toMatch(/…$/);
  for (const line of cut.lines) expect(measure(line, cut.font)).toBeLessThanOrEqual(100);
});

test('Chinese breaks between words, and marks stay with what they follow', () => {
  const { lines } = fitText('二〇二三年，营业额增长', look, { width: 60, lines: 3, size: 20, least: 20 }, measure);
  expect(lines.join('')).toBe('二〇二三年，营业额增长');
  for (const line of lines) expect(line).not.toMatch(/^，/);
});

test('an emoji of several characters is never cut in two', () => {
  const family = '👨‍👩‍👧‍👦';
  expect(ellipsized(`ab${family}cd`, 40, '10px x', measure)).toBe('ab…');
});

test('line breaks, control characters and direction overrides become spaces', () => {
  expect(cleanText('a\nb\u202Ec\u0000')).toBe('a b c');
});

test('a line that begins on the right keeps its marks at its end, also where it is cut', () => {
  const sales = 'مبيعات (2024).';
  expect(cleanText(sales)).toBe(`\u2067${sales}\u2069`);
  expect(cleanText(`2024 ${sales}`)).toBe(`\u20672024 ${sales}\u2069`);
  expect(cleanText(`Sales ${sales}`)).toBe(`Sales ${sales}`);
  const { lines } = fitText(`${sales} ${sales}`, look, { width: 170, lines: 2, size: 20, least: 20 }, measure);
  expect(lines).toEqual([`\u2067${sales}\u2069`, `\u2067${sales}\u2069`]);
  expect(ellipsized(cleanText(sales), 50, '10px x', measure)).toMatch(/^\u2067مبيعات.*…$/);
  expect(cleanText('\u0000')).toBe('');
});
