import { readFileSync } from 'node:fs';
import { utils, write } from '@e965/xlsx';
import { describe, expect, test } from 'vitest';
import { BIFF } from './biff-records.ts';
import { buildTable } from './build-table.ts';
import type { Cell } from './cell.ts';
import { BIFF5, BIFF8, bytes, compoundFileOf, f64, u16, u32, u8, xlsStream, type TestRecord } from './test-xls.ts';
import { readXls } from './xls-sheet.ts';

const text8 = (text: string): Buffer => bytes(u16(text.length), u8(1), Buffer.from(text, 'utf16le'));
const NAME8 = bytes(u8(1, 0), Buffer.from('S'));

function cells(globals: readonly TestRecord[], sheet: readonly TestRecord[]): Cell[][] {
  const stream = xlsStream(BIFF8, NAME8, globals, sheet);
  return readXls(compoundFileOf({ Workbook: stream }), undefined).rows.map(({ cells: row }) => row.slice());
}

describe('cells of Excel 97 to 2003', () => {
  test.each<[string, TestRecord, Cell]>([
    ['a number', [BIFF.number, bytes(u16(0, 0, 0), f64(1.5))], 1.5],
    ['a short whole number', [BIFF.rk, bytes(u16(0, 0, 0), u32((7 << 2) | 2))], 7],
    ['a negative one', [BIFF.rk, bytes(u16(0, 0, 0), u32(((-7 << 2) | 2) >>> 0))], -7],
    ['a hundredth', [BIFF.rk, bytes(u16(0, 0, 0), u32((725 << 2) | 3))], 7.25],
    ['a short fraction', [BIFF.rk, bytes(u16(0, 0, 0), f64(0.5).subarray(4))], 0.5],
    ['a text of its own', [BIFF.label, bytes(u16(0, 0, 0), text8(' 数量 '))], '数量'],
    ['a truth', [BIFF.boolErr, bytes(u16(0, 0, 0), u8(1, 0))], true],
    ['an error', [BIFF.boolErr, bytes(u16(0, 0, 0), u8(0x07, 1))], { kind: 'error', name: '#DIV/0!' }],
    ['a formula with a number', [BIFF.formula, bytes(u16(0, 0, 0), f64(3), Buffer.alloc(8))], 3],
    [
      'a formula with an error',
      [BIFF.formula, bytes(u16(0, 0, 0), u8(2, 0, 0x17, 0, 0, 0, 0xff, 0xff), Buffer.alloc(8))],
      { kind: 'error', name: '#REF!' },
    ],
  ])('%s', (_what, record, expected) => {
    expect(cells([], [record])).toEqual([[expected]]);
  });

  test('several numbers in one record', () => {
    const rk = (value: number): Buffer => bytes(u16(0), u32((value << 2) | 2));
    expect(cells([], [[BIFF.mulRk, bytes(u16(0, 1), rk(4), rk(5), u16(2))]])[0]?.slice(1)).toEqual([4, 5]);
  });

  test('a formula with a text, which follows it', () => {
    const formula = bytes(u16(0, 0, 0), u8(0, 0, 0, 0, 0, 0, 0xff, 0xff), Buffer.alloc(8));
    expect(
      cells(
        [],
        [
          [BIFF.formula, formula],
          [BIFF.string, text8('so')],
        ],
      ),
    ).toEqual([['so']]);
  });

  test('shared texts go on in the next record, in wider letters if need be', () => {
    const first = bytes(u32(2, 2), u16(4), u8(0), Buffer.from('ab'));
    const next = bytes(u8(1), Buffer.from('数量', 'utf16le'), u16(1), u8(8), u16(1), Buffer.from('c'), u32(0));
    const uses = [0, 1].map((at): TestRecord => [BIFF.labelSst, bytes(u16(at, 0, 0), u32(at))]);
    expect(
      cells(
        [
          [BIFF.sst, first],
          [BIFF.continue, next],
        ],
        uses,
      ),
    ).toEqual([['ab数量'], ['c']]);
  });

  test('numbers are dates where their style says so, from 1904 too', () => {
    const format: TestRecord = [BIFF.format, bytes(u16(200), text8('yyyy"年"m"月"'))];
    const style: TestRecord = [BIFF.xf, u16(0, 200, 0, 0)];
    const number: TestRecord = [BIFF.number, bytes(u16(0, 0, 0), f64(43_830))];
    const found = cells([[BIFF.date1904, u16(1)], format, style], [number])[0]?.[0];
    expect(found).toMatchObject({ kind: 'date', date: { at: Date.UTC(2024, 0), text: '2024年1月' } });
  });
});

test('texts of Excel 5 are in the code page of its Windows', () => {
  const label: TestRecord = [BIFF.label, bytes(u16(0, 0, 0, 4), Buffer.from('cafdc1bf', 'hex'))];
  const stream = xlsStream(
    BIFF5,
    bytes(u8(4), Buffer.from('cafdc1bf', 'hex')),
    [[BIFF.codePage, u16(936)]],
    [label],
  );
  const sheet = readXls(compoundFileOf({ Book: stream }), '数量');
  expect([sheet.name, sheet.rows[0]?.cells[0]]).toEqual(['数量', '数量']);
});

test('texts of a Western Excel 5 have the signs of Windows', () => {
  const label: TestRecord = [BIFF.label, bytes(u16(0, 0, 0, 3), Buffer.from('8096e4', 'hex'))];
  const stream = xlsStream(BIFF5, bytes(u8(1), Buffer.from('S')), [[BIFF.codePage, u16(1252)]], [label]);
  expect(readXls(compoundFileOf({ Book: stream }), undefined).rows[0]?.cells[0]).toBe('€–ä');
});

test.each(['biff5', 'biff8'] as const)('what another program writes as %s is read', (bookType) => {
  const rows = Array.from({ length: 300 }, (_, row) => [`row ${row}`, row * 1.5, -row]);
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([['n', 'a', 'b'], ...rows]), 'Data');
  const table = buildTable(readXls(write(book, { type: 'buffer', bookType }) as Buffer, 'Data'));
  expect(table.rows.map(({ text }) => text)).toEqual(rows.map(([name]) => name));
  expect(table.columns.map(({ values }) => values)).toEqual([rows.map((row) => row[1]), rows.map((row) => row[2])]);
});

test('the first sheet is passed over where it is hidden', () => {
  const file = readFileSync(new URL('./fixtures/report.xls', import.meta.url));
  const name = Buffer.from('销售', 'utf16le');
  // Before the name stand whether the sheet is hidden, its kind, the length and the width of the name.
  file.writeUInt8(1, file.indexOf(name) - 4);
  expect(readXls(file, undefined).name).toBe('Regions');
  expect(readXls(file, '销售').name).toBe('销售');
});
