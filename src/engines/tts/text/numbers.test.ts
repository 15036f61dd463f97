import { describe, expect, test } from 'vitest';
import { englishDigits, englishNumber, englishOrdinal, englishYear } from './english-numbers.ts';
import { mandarinDigits, mandarinLineDigits, mandarinNumber } from './mandarin-numbers.ts';

describe('numbers in English', () => {
  test.each([
    ['0', 'zero'],
    ['7', 'seven'],
    ['13', 'thirteen'],
    ['40', 'forty'],
    ['99', 'ninety nine'],
    ['100', 'one hundred'],
    ['1,005', 'one thousand five'],
    ['12345', 'twelve thousand three hundred forty five'],
    ['1000000', 'one million'],
    [
      '1234567890123',
      'one trillion two hundred thirty four billion five hundred sixty seven million eight hundred ninety thousand one hundred twenty three',
    ],
    ['-3.14', 'minus three point one four'],
    ['.5', 'zero point five'],
    ['007', 'seven'],
    ['12345678901234', 'one two three four five six seven eight nine zero one two three four'],
  ])('%s is %s', (written, spoken) => {
    expect(englishNumber(written)).toBe(spoken);
  });

  test('ordinals', () => {
    expect([1, 2, 3, 4, 5, 8, 9, 12, 20, 21, 30, 31].map(englishOrdinal)).toEqual([
      ...['first', 'second', 'third', 'fourth', 'fifth', 'eighth', 'ninth', 'twelfth'],
      ...['twentieth', 'twenty first', 'thirtieth', 'thirty first'],
    ]);
  });

  test.each([
    [1999, 'nineteen ninety nine'],
    [1900, 'nineteen hundred'],
    [1905, 'nineteen oh five'],
    [2000, 'two thousand'],
    [2005, 'two thousand five'],
    [2010, 'twenty ten'],
    [2024, 'twenty twenty four'],
    [800, 'eight hundred'],
  ])('the year %i is %s', (year, spoken) => {
    expect(englishYear(year)).toBe(spoken);
  });

  test('digits one by one', () => {
    expect(englishDigits('3-04')).toBe('three zero four');
  });
});

describe('numbers in Mandarin', () => {
  test.each([
    ['0', '零'],
    ['10', '十'],
    ['12', '十二'],
    ['20', '二十'],
    ['101', '一百零一'],
    ['110', '一百一十'],
    ['1001', '一千零一'],
    ['1010', '一千零一十'],
    ['10000', '一万'],
    ['10,005', '一万零五'],
    ['100500', '十万零五百'],
    ['123456', '十二万三千四百五十六'],
    ['100000000', '一亿'],
    ['100000001', '一亿零一'],
    ['1203000', '一百二十万三千'],
    ['-123.01', '负一百二十三点零一'],
    ['12345678901234567890', '一千二百三十四亿亿五千六百七十八万亿九千零一十二亿三千四百五十六万七千八百九十'],
    ['123456789012345678901', '一二三四五六七八九零一二三四五六七八九零一'],
  ])('%s is %s', (written, spoken) => {
    expect(mandarinNumber(written)).toBe(spoken);
  });

  test('digits one by one, with 幺 in telephone numbers', () => {
    expect([mandarinDigits('3-01'), mandarinLineDigits('114')]).toEqual(['三零一', '幺幺四']);
  });
});
