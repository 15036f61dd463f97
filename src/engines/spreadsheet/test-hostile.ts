import { HOSTILE_OLD_WORKBOOKS } from './test-hostile-xls.ts';
import { HOSTILE_ARCHIVES, HOSTILE_SHEETS, type HostileSpreadsheet } from './test-hostile-xlsx.ts';

const text =
  (content: string): (() => Buffer) =>
  () =>
    Buffer.from(content, 'latin1');

const OTHER_FILES: readonly HostileSpreadsheet[] = [
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

/** Files that mean harm to their reader, or are something else than their name says. */
export const HOSTILE_SPREADSHEETS: readonly HostileSpreadsheet[] = [
  ...HOSTILE_ARCHIVES,
  ...HOSTILE_SHEETS,
  ...HOSTILE_OLD_WORKBOOKS,
  ...OTHER_FILES,
];
