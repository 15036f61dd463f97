import type { Sheet } from './cell.ts';
import { refuseSheetOfText } from './choose-sheet.ts';
import { decodeText, parseDelimited, refuseMarkup } from './delimited-text.ts';
import { RefusedSpreadsheet, unsupported } from './spreadsheet-refusal.ts';
import { readXls } from './xls-sheet.ts';
import { readXlsx } from './xlsx-sheet.ts';

const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex');
/** Files that begin so are no text, though some hold nothing but printable characters. */
const OTHERS: readonly (readonly [string, string])[] = [
  ['%PDF', 'a PDF document'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['GIF8', 'a picture'],
  ['\x1f\x8b', 'a gzip archive'],
  ['Rar!', 'an archive'],
  ['7z\xbc\xaf', 'an archive'],
];

/**
 * One sheet of a file, whose first bytes tell what it is; its name does not count.
 * @param wanted the name of the sheet; absent = the first visible one
 */
export function readSheet(file: Buffer, wanted: string | undefined): Sheet {
  if (file.length === 0) throw new RefusedSpreadsheet('SpreadsheetEmpty', 'The file is empty.');
  const start = file.toString('latin1', 0, 8);
  const other = OTHERS.find(([mark]) => start.startsWith(mark));
  if (other !== undefined) throw unsupported(other[1]);
  if (/^PK(?:\u0003\u0004|\u0005\u0006)/.test(start)) return readXlsx(file, wanted);
  if (file.subarray(0, 8).equals(COMPOUND)) return readXls(file, wanted);
  if (/^\t[\0\u0002\u0004\u0008][\u0004\u0006\u0008]\0/.test(start))
    throw unsupported('a workbook of Excel 4 or earlier');
  const text = decodeText(file);
  refuseMarkup(text);
  refuseSheetOfText(wanted);
  return parseDelimited(text);
}
