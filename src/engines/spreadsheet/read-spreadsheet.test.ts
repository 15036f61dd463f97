import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildTable } from './build-table.ts';
import type { ChartTable } from './chart-table.ts';
import { readSpreadsheet } from './read-spreadsheet.ts';
import type { SpreadsheetOutcome } from './spreadsheet-outcome.ts';
import { readSheet } from './read-sheet.ts';

let scratch = '';
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'spreadsheet-'));
});
afterEach(async () => await rm(scratch, { recursive: true, force: true }));

function read(path: string, sheet?: string, signal = new AbortController().signal): Promise<SpreadsheetOutcome> {
  return readSpreadsheet({ path, scratch, signal, ...(sheet === undefined ? {} : { sheet }) });
}

async function readBytes(content: string | Buffer): Promise<SpreadsheetOutcome> {
  const path = join(scratch, 'given.xls');
  await writeFile(path, content);
  return await read(path);
}

const fixturePath = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));

/** As the child reads it, but here: a process for each sheet would take most of the time. */
function fixture(name: string, sheet?: string): ChartTable {
  return buildTable(readSheet(readFileSync(fixturePath(name)), sheet));
}

const headings = (table: ChartTable): string[] => table.rows.map(({ text }) => text);
const columns = (table: ChartTable): unknown[] =>
  table.columns.map(({ heading, values }) => [heading.text, ...values]);

describe.each(['xlsx', 'xls'])('workbooks that LibreOffice made: %s', (ending) => {
  test('a title, dates, money, percentages, formulas, hidden rows and columns, a source below', () => {
    const table = fixture(`report.${ending}`);
    expect([table.sheet, table.title, table.rowsName, table.time]).toEqual([
      ...['销售', '2024年华东销售报告', '月份', 'rows'],
    ]);
    expect(headings(table)).toEqual(['2024年1月', '2024年2月', '2024年3月']);
    expect(table.rows[1]?.date).toEqual({ at: Date.UTC(2024, 1), precision: 'month', text: '2024年2月' });
    expect(table.columns.map(({ unit }) => unit)).toEqual(['¥', '%', '¥']);
    expect(columns(table)).toEqual([
      ['收入', 1_234_567.5, 1_300_000, null],
      ['增长率', 0.125, -0.05, 0],
      ['合计', 1_234_568.5, 1_300_002, 3],
    ]);
    expect(table.notes).toEqual(['1 hidden row is left out.', '1 hidden column is left out.']);
  });

  test('a long table with merged names', () => {
    const table = fixture(`report.${ending}`, 'Regions');
    expect([headings(table), columns(table)]).toEqual([
      ['2022', '2023'],
      [
        ['Asia', 10, 20],
        ['Europe', 30, 40],
      ],
    ]);
  });

  test('labels in Arabic, Japanese, Korean and with emoji', () => {
    const table = fixture(`report.${ending}`, 'scripts');
    expect(headings(table)).toEqual(['العربية', '日本語', '한국어', 'Éric & Zoë']);
    expect(columns(table)).toEqual([
      ['عدد المتحدثين', 420, 125, 81, 1],
      ['話者 😀', -1.5, 1e15, 0.000125, 2],
    ]);
  });

  test('names over names, and years across', () => {
    expect(columns(fixture(`headers.${ending}`, 'Quarters'))).toEqual([
      ['North Plan', 1, 5],
      ['North Actual', 2, 6],
      ['South Plan', 3, 7],
      ['South Actual', 4, 8],
    ]);
    const wide = fixture(`headers.${ending}`, 'Wide');
    expect([wide.time, headings(wide), ...columns(wide).slice(2)]).toEqual([
      ...['columns', ['China', 'India'], ['2021', 3, null], ['2022', 4, 8]],
    ]);
  });

  test('what cannot be read is named', () => {
    const reading = (sheet: string) => () => fixture(`report.${ending}`, sheet);
    expect(reading('Errors')).toThrow('Sheet "Errors", cell B3 holds the formula error #DIV/0!.');
    expect(reading('Empty')).toThrow('Sheet "Empty" has no visible cell with something in it.');
    expect(reading('Sheet1')).toThrow(
      'no sheet "Sheet1". It has "销售", "草稿", "Regions", "Errors", "Scripts", "Empty".',
    );
  });
});

test('a table and a refusal come through the process that reads', async () => {
  const path = fixturePath('report.xlsx');
  expect(await read(path, 'Regions')).toEqual({ kind: 'read', table: fixture('report.xlsx', 'Regions') });
  expect(await read(path, 'Errors')).toEqual({
    kind: 'refused',
    code: 'SpreadsheetCellInvalid',
    message: 'Sheet "Errors", cell B3 holds the formula error #DIV/0!.',
  });
});

test('a text file in GB18030, whatever its name', async () => {
  const outcome = await readBytes(Buffer.from('d4c2b7dd2ccafdc1bf0a31d4c22c310a32d4c22c320a', 'hex'));
  const table = outcome.kind === 'read' ? outcome.table : undefined;
  expect(table).toMatchObject({ sheet: '', rowsName: '月份', rows: [{ text: '1月' }, { text: '2月' }] });
});

test('a table of a hundred thousand numbers arrives whole', async () => {
  const rows = Array.from({ length: 20_000 }, (_, row) => [
    `r${row}`,
    ...[1, 2, 3, 4, 5].map((column) => row * column),
  ]);
  const outcome = await readBytes(rows.map((row) => row.join(',')).join('\n'));
  const table = outcome.kind === 'read' ? outcome.table : undefined;
  expect(table?.rows.at(-1)?.text).toBe('r19999');
  expect(table?.columns.map(({ values }) => values)).toEqual(
    [1, 2, 3, 4, 5].map((at) => rows.map((row) => row[at])),
  );
});

describe('limits', () => {
  test('a file over 20 MB is not opened', async () => {
    const message = 'The file has 21.0 MB; at most 20 MB are read.';
    expect(await readBytes(Buffer.alloc(21 * 1024 * 1024))).toMatchObject({ code: 'SpreadsheetTooLarge', message });
  });

  test('an abort throws its reason', async () => {
    await expect(read(fixturePath('report.xlsx'), undefined, AbortSignal.abort('gone'))).rejects.toBe('gone');
  });
});
