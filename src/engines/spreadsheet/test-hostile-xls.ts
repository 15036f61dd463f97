import { BIFF } from './biff-records.ts';
import type { HostileSpreadsheet } from './test-hostile-xlsx.ts';
import { BIFF8, bytes, compoundFileOf, u16, u32, u8, xlsStream, type TestRecord } from './test-xls.ts';

const NAME = bytes(u8(1, 0), Buffer.from('S'));
const xls = (globals: readonly TestRecord[], sheet: readonly TestRecord[]): Buffer =>
  compoundFileOf({ Workbook: xlsStream(BIFF8, NAME, globals, sheet) });

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

export const HOSTILE_OLD_WORKBOOKS: readonly HostileSpreadsheet[] = [
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
