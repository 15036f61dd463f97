import type { SpreadsheetRefusalCode } from './spreadsheet-refusal.ts';
import { zipOf, type TestPart } from './test-archives.ts';
import { xlsxOf, xlsxParts, xmlRow, type TestSheet } from './test-xlsx.ts';

/** A file that means harm to its reader, or is something else than its name says. */
export type HostileSpreadsheet = {
  readonly name: string;
  readonly code: SpreadsheetRefusalCode;
  readonly make: () => Buffer;
};

const MB = 1024 * 1024;
const rows = `${xmlRow('m', 'v')}${xmlRow('a', 1)}`;
const plain: TestSheet = { name: 'S', rows };
const xlsx = (rest: Partial<TestSheet>): Buffer => xlsxOf({ ...plain, ...rest });
/** A workbook with one part changed, or one more. */
const changed = (name: string, part: Partial<TestPart>): Buffer =>
  zipOf(xlsxParts([plain]).map((given) => (given.name === name ? Object.assign(given, part) : given)));
const SHEET = 'xl/worksheets/sheet1.xml';
const sheetOf = (content: string): Buffer => changed(SHEET, { content });
const BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>';
const overlapping = (count: number): string =>
  `<mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(count)}</mergeCells>`;
/** A grid of 1,000 by 1,000, so that an area over all of it is a million cells. */
const columnsText = Array.from({ length: 100 }, (_, at) => `c${at}`);
const grid = xmlRow(...columnsText) + xmlRow(...columnsText).repeat(1000);

const zeros = (): Buffer => Buffer.alloc(150 * MB, ' ');
export const HOSTILE_ARCHIVES: readonly HostileSpreadsheet[] = [
  {
    name: 'a zip bomb that says what it is',
    code: 'SpreadsheetTooLarge',
    make: () => zipOf([...xlsxParts([plain]), { name: 'a', content: zeros() }, { name: 'b', content: zeros() }]),
  },
  {
    name: 'a zip bomb that says it is small',
    code: 'SpreadsheetUnreadable',
    make: () => changed(SHEET, { content: zeros(), announced: 1000 }),
  },
  {
    name: 'a part that says it has four gigabytes',
    code: 'SpreadsheetTooLarge',
    make: () => changed(SHEET, { announced: 0xffff_fffe }),
  },
  {
    name: 'a part that says it has a hundred times its size',
    code: 'SpreadsheetUnreadable',
    make: () => changed(SHEET, { announced: 99 * MB }),
  },
  {
    name: 'an archive of a thousand parts',
    code: 'SpreadsheetTooLarge',
    make: () =>
      zipOf([...xlsxParts([plain]), ...Array.from({ length: 1000 }, (_, at) => ({ name: `${at}`, content: '' }))]),
  },
  {
    name: 'a directory with fewer entries than it says',
    code: 'SpreadsheetUnreadable',
    make: () => zipOf(xlsxParts([plain]), 9),
  },
  {
    name: 'two parts of one name',
    code: 'SpreadsheetUnreadable',
    make: () => zipOf([...xlsxParts([plain]), ...xlsxParts([plain])]),
  },
  {
    name: 'an archive with a password',
    code: 'SpreadsheetEncrypted',
    make: () => changed(SHEET, { isEncrypted: true }),
  },
  { name: 'a cut-off archive', code: 'SpreadsheetUnreadable', make: () => xlsx({}).subarray(0, -30) },
  {
    name: 'a zip archive called .xls',
    code: 'SpreadsheetFormatUnsupported',
    make: () => zipOf([{ name: 'a.txt', content: 'x' }]),
  },
  { name: 'an empty zip archive', code: 'SpreadsheetEmpty', make: () => zipOf([]) },
  {
    name: 'an OpenDocument file',
    code: 'SpreadsheetFormatUnsupported',
    make: () => zipOf([{ name: 'content.xml', content: '<x/>' }]),
  },
];

const million = xmlRow(...Array.from({ length: 1000 }, () => 1)).repeat(1001);
export const HOSTILE_SHEETS: readonly HostileSpreadsheet[] = [
  { name: 'a million and a thousand cells', code: 'SpreadsheetTooLarge', make: () => xlsx({ rows: million }) },
  {
    name: 'a sheet of blanks',
    code: 'SpreadsheetTooLarge',
    make: () => xlsx({ rows: rows + ' '.repeat(150 * MB) }),
  },
  {
    name: 'five million texts',
    code: 'SpreadsheetTooLarge',
    make: () => zipOf(xlsxParts([plain], '', '<si><t>a</t></si>'.repeat(5_000_000))),
  },
  {
    name: 'a list of sheets without an end',
    code: 'SpreadsheetTooLarge',
    make: () => changed('xl/workbook.xml', { content: `<workbook>${'<sheet name="a"/>'.repeat(MB)}</workbook>` }),
  },
  {
    name: 'a row with a million attributes',
    code: 'SpreadsheetUnreadable',
    make: () => xlsx({ rows: `<row ${'a="1" '.repeat(1_000_000)}><c><v>1</v></c></row>` }),
  },
  {
    name: 'an entity bomb in the sheet',
    code: 'SpreadsheetUnreadable',
    make: () => sheetOf(`${BOMB}<worksheet>&c;</worksheet>`),
  },
  {
    name: 'an entity bomb in the workbook',
    code: 'SpreadsheetUnreadable',
    make: () => changed('xl/workbook.xml', { content: `${BOMB}<workbook>&c;</workbook>` }),
  },
  {
    name: 'an entity bomb in another encoding',
    code: 'SpreadsheetUnreadable',
    make: () => changed(SHEET, { content: Buffer.from(`\uFEFF${BOMB}<worksheet/>`, 'utf16le') }),
  },
  {
    name: 'a sheet that ends in the middle',
    code: 'SpreadsheetUnreadable',
    make: () => sheetOf('<worksheet><sheetData><row><c>'),
  },
  {
    name: 'a row that no sheet has',
    code: 'SpreadsheetUnreadable',
    make: () => xlsx({ rows: '<row r="4294967295"><c><v>1</v></c></row>' }),
  },
  {
    name: 'a cell that no sheet has',
    code: 'SpreadsheetUnreadable',
    make: () => xlsx({ rows: '<row><c r="ZZZ1"><v>1</v></c></row>' }),
  },
  {
    name: 'two cells that span the largest sheet',
    code: 'SpreadsheetNoNumbers',
    make: () =>
      xlsx({
        head: '<dimension ref="A1:XFD1048576"/>',
        rows: '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row>',
      }),
  },
  {
    name: 'merged cells without an end',
    code: 'SpreadsheetTooLarge',
    make: () => xlsx({ rows: grid, tail: overlapping(400_000) }),
  },
  {
    name: 'merged cells over and over',
    code: 'SpreadsheetUnreadable',
    make: () => xlsx({ rows: grid, tail: overlapping(20_000) }),
  },
  {
    name: 'hidden columns over and over',
    code: 'SpreadsheetUnreadable',
    make: () => xlsx({ head: `<cols>${'<col min="1" max="16384" hidden="1"/>'.repeat(100_000)}</cols>` }),
  },
  {
    name: 'a shared text that is not there',
    code: 'SpreadsheetUnreadable',
    make: () => xlsx({ rows: '<row><c t="s"><v>7</v></c></row>' }),
  },
];
