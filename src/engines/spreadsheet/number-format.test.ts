import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meaningOfNumber } from './number-format.ts';

const dateOf = (serial: number, format: string, is1904 = false): string => {
  const cell = meaningOfNumber(serial, format, is1904);
  if (typeof cell !== 'object' || cell.kind !== 'date') return JSON.stringify(cell);
  return `${new Date(cell.date.at).toISOString().slice(0, 16)} ${cell.date.precision} ${cell.date.text}`;
};

test.each([
  [45_292, 'yyyy-mm-dd', '2024-01-01T00:00 day 2024-01-01'],
  [45_292, 'yyyy"年"m"月"', '2024-01-01T00:00 month 2024年1月'],
  [45_292, 'yyyy\\年m\\月', '2024-01-01T00:00 month 2024年1月'],
  [45_296, 'mmm-yy', '2024-01-01T00:00 month Jan-24'],
  [45_296, 'yyyy', '2024-01-01T00:00 year 2024'],
  [45_292.5625, 'yyyy-mm-dd hh:mm', '2024-01-01T13:30 time 2024-01-01 13:30'],
  [45_296, '[$-804]aaaa;@', '2024-01-05T00:00 day 2024-01-05'],
  [45_296, '[$-411]ggge"年"m"月"', '2024-01-01T00:00 month 2024-01'],
  // What looks as the reader's country has it looks the same to everybody here.
  [45_296, 'm/d/yy', '2024-01-05T00:00 day 2024-01-05'],
  // The calendar of 1900 has a 29 February that never was.
  [1, 'yyyy-mm-dd', '1900-01-01T00:00 day 1900-01-01'],
  [59, 'yyyy-mm-dd', '1900-02-28T00:00 day 1900-02-28'],
  [61, 'yyyy-mm-dd', '1900-03-01T00:00 day 1900-03-01'],
])('%d as %s', (serial, format, expected) => {
  expect(dateOf(serial, format)).toBe(expected);
});

test('days may be counted from 1904', () => {
  expect(dateOf(43_830, 'yyyy-mm-dd', true)).toBe('2024-01-01T00:00 day 2024-01-01');
});

test('a time of day is words, and a serial number outside of the calendar is a number', () => {
  expect(meaningOfNumber(0.5, 'h:mm', false)).toBe('12:00');
  expect(meaningOfNumber(-1, 'yyyy-mm-dd', false)).toBe(-1);
  expect(meaningOfNumber(1e9, 'yyyy-mm-dd', false)).toBe(1e9);
});

test.each([
  ['0.0%', '%'],
  ['0.00%;[Red]-0.00%', '%'],
  ['[$¥-804]#,##0.00', '¥'],
  ['[$￥-804]#,##0.00', '¥'],
  ['"$"#,##0', '$'],
  ['#,##0.00\\ [$€-407]', '€'],
  ['0.0"万元"', '万元'],
  ['#,##0" kg"', 'kg'],
  ['"US$"#,##0', 'US$'],
  ['"约"0.0"人"', '人'],
  ['$#,##0.0,"K"', '$'],
  ['_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-', '€'],
])('%s counts in %s', (format, unit) => {
  expect(meaningOfNumber(0.5, format, false)).toEqual({ kind: 'amount', value: 0.5, unit });
});

test.each([
  'General',
  '0',
  '#,##0.00',
  '@',
  '0.00E+00',
  '# ?/?',
  '_(* #,##0_);_(* (#,##0)',
  '[$-804]General',
  '[DBNum2][$-804]0',
  '0.0,,"M"',
  '0!.0,"万"',
  '#,##0.0,"千元"',
  '[>=1000]0.0,"K";0',
  undefined,
])('%s is plain', (format) => {
  expect(meaningOfNumber(0.5, format, false)).toBe(0.5);
});

test('a number that is shown as a year, a month or a week is a name', () => {
  const shown = [
    [2019, '0"年"'],
    [3, 'General\\月'],
    [3, '"第"0"周"'],
  ] as const;
  expect(shown.map(([number, format]) => meaningOfNumber(number, format, false))).toEqual([
    '2019年',
    '3月',
    '第3周',
  ]);
  expect(meaningOfNumber(5, '0"个月"', false)).toEqual({ kind: 'amount', value: 5, unit: '个月' });
});

test('a percentage whose sign is but written behind it is one', () => {
  expect(meaningOfNumber(12.3, '0.0"%"', false)).toEqual({ kind: 'amount', value: 0.123, unit: '%' });
  expect(meaningOfNumber(12, '0\\%', false)).toEqual({ kind: 'amount', value: 0.12, unit: '%' });
});

test('every day that a workbook can hold has a date, in order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 61, max: 2_958_464 }), fc.boolean(), (serial, is1904) => {
      const at = (day: number): number => {
        const cell = meaningOfNumber(day, 'yyyy-mm-dd', is1904);
        return typeof cell === 'object' && cell.kind === 'date' ? cell.date.at : Number.NaN;
      };
      if (is1904 && serial > 2_956_000) return;
      expect(at(serial + 1) - at(serial)).toBe(864e5);
    }),
  );
});

test('no format does any harm', () => {
  const formats = fc.string({ unit: fc.constantFrom(...Array.from('0#?.,%ymdhs"\\[]$;@*_-AMP/ 年¥E+')) });
  fc.assert(
    fc.property(formats, fc.double({ noNaN: true, noDefaultInfinity: true }), (format, value) => {
      expect(meaningOfNumber(value, format, false)).toBeDefined();
    }),
  );
});
