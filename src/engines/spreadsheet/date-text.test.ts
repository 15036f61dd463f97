import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compactDate, dayOrder, parseDateText, yearDate } from './date-text.ts';

const read = (text: string, order?: 'day-first' | 'month-first'): string | undefined => {
  const date = parseDateText(text, order);
  return date === undefined ? undefined : `${new Date(date.at).toISOString().slice(0, 19)} ${date.precision}`;
};

describe('dates as people type them', () => {
  test.each([
    ['2024-01-05', '2024-01-05T00:00:00 day'],
    ['2024/1/5', '2024-01-05T00:00:00 day'],
    ['2024.1.5', '2024-01-05T00:00:00 day'],
    ['2024-01-05 13:30', '2024-01-05T13:30:00 time'],
    ['2024-01-05T13:30:15Z', '2024-01-05T13:30:15 time'],
    ['2024-01', '2024-01-01T00:00:00 month'],
    ['2024/12', '2024-12-01T00:00:00 month'],
    ['2024年', '2024-01-01T00:00:00 year'],
    ['2024年1月', '2024-01-01T00:00:00 month'],
    ['２０２４年１月５日', '2024-01-05T00:00:00 day'],
    ['2024 年 1 月 5 日', '2024-01-05T00:00:00 day'],
    ['2024년 1월 5일', '2024-01-05T00:00:00 day'],
    ['2024Q3', '2024-07-01T00:00:00 quarter'],
    ['Q1 2024', '2024-01-01T00:00:00 quarter'],
    ["Q4'2023", '2023-10-01T00:00:00 quarter'],
    ['2024年第二季度', '2024-04-01T00:00:00 quarter'],
    ['2024年3季度', '2024-07-01T00:00:00 quarter'],
    ['Jan 2024', '2024-01-01T00:00:00 month'],
    ['Sept 2024', '2024-09-01T00:00:00 month'],
    ['January-2024', '2024-01-01T00:00:00 month'],
    ['5 Jan 2024', '2024-01-05T00:00:00 day'],
    ['5-Jan-2024', '2024-01-05T00:00:00 day'],
    ['January 5, 2024', '2024-01-05T00:00:00 day'],
    ['March 3rd 2024', '2024-03-03T00:00:00 day'],
    ['٢٠٢٤-٠١-٠٥', '2024-01-05T00:00:00 day'],
    ['2024-02-29', '2024-02-29T00:00:00 day'],
    ['03.04.2024', '2024-04-03T00:00:00 day'],
    ['5. Januar 2024', '2024-01-05T00:00:00 day'],
    ['März 2024', '2024-03-01T00:00:00 month'],
    ['1 févr. 2024', '2024-02-01T00:00:00 day'],
    ['5 de enero de 2024', '2024-01-05T00:00:00 day'],
    ['Jan-24', '2024-01-01T00:00:00 month'],
    ["Dec '85", '1985-12-01T00:00:00 month'],
    ['2024-01-05 1:30 PM', '2024-01-05T13:30:00 time'],
    ['2024-01-05 12:05 am', '2024-01-05T00:05:00 time'],
    ['FY2024', '2024-01-01T00:00:00 year'],
    ['2025E', '2025-01-01T00:00:00 year'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    '2023-02-29',
    '2024-13-01',
    '2024-04-31',
    'Smarch 2024',
    '2024',
    '12.5',
    '1月',
    '2024-1-5-7',
    '3/4/2024',
    '2024-01-05 13:30 PM',
    'Jan 24',
    '1001A',
    '1.234,56',
    '',
  ])('%j is none', (text) => expect(read(text)).toBeUndefined());
});

test('3/4/2024 is read as its whole column can be read, or not at all', () => {
  expect(dayOrder(['3/4/2024', '13/4/2024'])).toBe('day-first');
  expect(dayOrder(['3/4/2024', '3/14/2024'])).toBe('month-first');
  expect(dayOrder(['3/4/2024', '4/5/2024'])).toBeUndefined();
  expect(dayOrder(['13/4/2024', '3/14/2024'])).toBeUndefined();
  expect(read('3/4/2024', 'day-first')).toBe('2024-04-03T00:00:00 day');
  expect(read('3/4/2024', 'month-first')).toBe('2024-03-04T00:00:00 day');
  expect(read('03.04.2024 08:15', 'day-first')).toBe('2024-04-03T08:15:00 time');
  expect(read('03.04.2024', 'month-first')).toBe('2024-03-04T00:00:00 day');
  expect(read('3/4/2024 1:30 pm', 'month-first')).toBe('2024-03-04T13:30:00 time');
});

test('whole numbers that are dates', () => {
  expect(yearDate(2019)).toMatchObject({ at: Date.UTC(2019, 0), precision: 'year', text: '2019' });
  expect([yearDate(2019.5), yearDate(12), yearDate(9999)]).toEqual([undefined, undefined, undefined]);
  expect(compactDate(20240105)).toMatchObject({ at: Date.UTC(2024, 0, 5), text: '2024-01-05' });
  expect(compactDate(202401)).toMatchObject({ precision: 'month', text: '2024-01' });
  expect([compactDate(20241305), compactDate(123456), compactDate(20240230)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('each day of a thousand years is read back, however it is written', () => {
  const days = fc.integer({ min: Date.UTC(1900, 0) / 864e5, max: Date.UTC(2899, 11) / 864e5 });
  fc.assert(
    fc.property(days, (day) => {
      const at = day * 864e5;
      const [year = 0, month = 0, date = 0] = new Date(at).toISOString().slice(0, 10).split('-').map(Number);
      const long = new Date(at).toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' });
      const texts = [`${year}-${month}-${date}`, `${year}年${month}月${date}日`, `${year}/${month}/${date}`, long];
      for (const text of texts) expect(parseDateText(text)?.at).toBe(at);
      expect(parseDateText(`${date}.${month}.${year}`, 'day-first')?.at).toBe(at);
      expect(parseDateText(`${month}/${date}/${year}`, 'month-first')?.at).toBe(at);
    }),
  );
});

test('no text does any harm', () => {
  const strange = fc.string({ unit: fc.constantFrom(...Array.from(' 0123456789-/.年月日QT:Janfeb')) });
  fc.assert(
    fc.property(strange, (text) => {
      expect(parseDateText(text)?.at ?? 0).toSatisfy(Number.isSafeInteger);
    }),
  );
});
