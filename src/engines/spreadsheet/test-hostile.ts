import { BIFF } from './biff-records.ts';
import type { SpreadsheetRefusalCode } from './spreadsheet-refusal.ts';
import { zipOf, type TestPart } from './test-archives.ts';
import { BIFF8, bytes, compoundFileOf, u16, u32, u8, xlsStream, type TestRecord } from './test-xls.ts';
import { xlsxOf, xlsxParts, xmlRow, type TestSheet } from './test-xlsx.ts';

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
  zipOf(xlsxParts([plain]).map((given) => (given.name === name ? { ...given, ...part } : given)));
const SHEET = 'xl/worksheets/sheet1.xml';
const sheetOf = (content: string): Buffer => changed(SHEET, { content });
const NAME = bytes(u8(1, 0), Buffer.from('S'));
const xls = (globals: readonly TestRecord[], sheet: readonly TestRecord[]): Buffer =>
  compoundFileOf({ Workbook: xlsStream(BIFF8, NAME, globals, sheet) });

const BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>';
const overlapping = `<mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(400_000)}</mergeCells>`;
/** A grid of 1,000 by 1,000, so that an area over all of it is a million cells. */
const columnsText = Array.from({ length: 100 }, (_, at) => `c${at}`);
const grid = xmlRow(...columnsText) + xmlRow(...columnsText).repeat(1000);

/** Files that mean harm to their reader, or are something else than their name says. */
export function hostileSpreadsheets(): HostileSpreadsheet[] {
  return [...archives(), ...sheets(), ...oldWorkbooks(), ...otherFiles()];
}

function archives(): HostileSpreadsheet[] {
  const zeros = Buffer.alloc(150 * MB, ' ');
  return [
    {
      name: 'a zip bomb that says what it is',
      code: 'SpreadsheetTooLarge',
      make: () => zipOf([...xlsxParts([plain]), { name: 'a', content: zeros }, { name: 'b', content: zeros }]),
    },
    {
      name: 'a zip bomb that says it is small',
      code: 'SpreadsheetUnreadable',
      make: () => changed(SHEET, { content: zeros, announced: 1000 }),
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
        zipOf([
          ...xlsxParts([plain]),
          ...Array.from({ length: 1000 }, (_, at) => ({ name: `${at}`, content: '' })),
        ]),
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
}

function sheets(): HostileSpreadsheet[] {
  const million = xmlRow(...Array.from({ length: 1000 }, () => 1)).repeat(1001);
  return [
    { name: 'a million and a thousand cells', code: 'SpreadsheetTooLarge', make: () => xlsx({ rows: million }) },
    {
      name: 'a sheet of blanks',
      code: 'SpreadsheetTooLarge',
      make: () => xlsx({ rows: rows + ' '.repeat(150 * MB) }),
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
      name: 'merged cells over and over',
      code: 'SpreadsheetUnreadable',
      make: () => xlsx({ rows: grid, tail: overlapping }),
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
}

function oldWorkbooks(): HostileSpreadsheet[] {
  const number: TestRecord = [BIFF.rk, bytes(u16(0, 0, 0), u32(6))];
  const links = (count: number): TestRecord[] =>
    Array.from({ length: count }, () => [0x01b8, bytes(u16(0, 0xffff, 0, 0xff), Buffer.alloc(32))]);
  const circle = (): Buffer => {
    const file = xls([], [number]);
    // The first sector after the table of sectors is the directory: it is to follow itself.
    file.writeUInt32LE(1, 512 + 4);
    return file;
  };
  const endless = (): Buffer => {
    const file = header(68, 0);
    file.writeUInt32LE(0, 512 + 508);
    return file;
  };
  const header = (at: number, value: number): Buffer => {
    const file = xls([], [number]);
    file.writeUInt32LE(value, at);
    return file;
  };
  return [
    {
      name: 'an .xls with a password',
      code: 'SpreadsheetEncrypted',
      make: () => xls([[BIFF.filePass, u16(1, 1, 1)]], [number]),
    },
    {
      name: 'an .xls with the old kind of password',
      code: 'SpreadsheetEncrypted',
      make: () => xls([[BIFF.filePass, u16(0, 5, 5)]], [number]),
    },
    {
      name: 'an .xlsx with a password',
      code: 'SpreadsheetEncrypted',
      make: () => compoundFileOf({ EncryptionInfo: u8(4), EncryptedPackage: u8(1) }),
    },
    {
      name: 'a Word document called .xls',
      code: 'SpreadsheetFormatUnsupported',
      make: () => compoundFileOf({ WordDocument: u8(1) }),
    },
    { name: 'a cut-off .xls', code: 'SpreadsheetUnreadable', make: () => xls([], [number]).subarray(0, 2000) },
    {
      name: 'nothing but the start of an .xls',
      code: 'SpreadsheetUnreadable',
      make: () => xls([], []).subarray(0, 100),
    },
    { name: 'sectors in a circle', code: 'SpreadsheetUnreadable', make: circle },
    { name: 'a table of sectors that runs on for ever', code: 'SpreadsheetUnreadable', make: endless },
    { name: 'sectors of four gigabytes', code: 'SpreadsheetUnreadable', make: () => header(30, 31) },
    // 10 KB: each link is over the whole sheet, which a reader may visit cell by cell.
    {
      name: 'links over the whole sheet',
      code: 'SpreadsheetNoNumbers',
      make: () => xls([], [...links(200), [BIFF.label, bytes(u16(0, 0, 0), u16(1), u8(0), Buffer.from('x'))]]),
    },
    {
      name: 'a column far to the right',
      code: 'SpreadsheetUnreadable',
      make: () => xls([], [[BIFF.rk, bytes(u16(0, 60_000, 0), u32(6))]]),
    },
    {
      name: 'a record cut short',
      code: 'SpreadsheetUnreadable',
      make: () => xls([], [[BIFF.number, u16(0, 0, 0)]]),
    },
    {
      name: 'a workbook of Excel 4',
      code: 'SpreadsheetFormatUnsupported',
      make: () => bytes(u16(0x409, 6, 0, 0x10, 0), Buffer.alloc(100)),
    },
  ];
}

function otherFiles(): HostileSpreadsheet[] {
  const text =
    (content: string): (() => Buffer) =>
    () =>
      Buffer.from(content, 'latin1');
  return [
    {
      name: 'a PDF called .xls',
      code: 'SpreadsheetFormatUnsupported',
      make: text('%PDF-1.7\n1 0 obj\n<<>>\nendobj'),
    },
    {
      name: 'a web page called .xls',
      code: 'SpreadsheetFormatUnsupported',
      make: text('\n<!DOCTYPE html><table><tr><td>1</td></tr></table>'),
    },
    {
      name: 'an XML table called .xls',
      code: 'SpreadsheetFormatUnsupported',
      make: text('<?xml version="1.0"?><Workbook/>'),
    },
    { name: 'a picture', code: 'SpreadsheetFormatUnsupported', make: text('\x89PNG\r\n\x1a\n....') },
    { name: 'JSON', code: 'SpreadsheetFormatUnsupported', make: text('[{"a":1}]') },
    {
      name: 'noise',
      code: 'SpreadsheetFormatUnsupported',
      make: () => Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) % 251)),
    },
    { name: 'an empty file', code: 'SpreadsheetEmpty', make: text('') },
    { name: 'a file of blanks', code: 'SpreadsheetEmpty', make: text(' \n\n ') },
    { name: 'a text of two million cells', code: 'SpreadsheetTooLarge', make: text('1,1\n'.repeat(1_000_000)) },
    { name: 'a row of a million columns', code: 'SpreadsheetTooLarge', make: text('1,'.repeat(1_000_000)) },
    {
      name: 'a text of nothing but quotation marks',
      code: 'SpreadsheetUnreadable',
      make: text('"'.repeat(2_000_001)),
    },
  ];
}
