import type { Sheet } from './cell.ts';
import { refuseSheetOfText } from './choose-sheet.ts';
import { decodeText, parseDelimited, refuseMarkup } from './delimited-text.ts';
import { RefusedSpreadsheet, unsupported } from './spreadsheet-refusal.ts';
import { readXls } from './xls-sheet.ts';
import { readXlsx } from './xlsx-sheet.ts';

/** What a file is by its first bytes, in hexadecimal. */
const ZIP = /^504b(?:0304|0506)/;
const COMPOUND = /^d0cf11e0a1b11ae1/;
const EXCEL_4 = /^09(?:00|02|04)0[468]00/;
/** Files that are no text, though some hold nothing but printable characters. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/^25504446/, 'a PDF document'],
  [/^(?:89504e47|ffd8ff|47494638)/, 'a picture'],
  [/^(?:1f8b|52617221|377abcaf)/, 'an archive'],
  [EXCEL_4, 'a workbook of Excel 4 or earlier'],
];

/**
 * One sheet of a file, whose first bytes tell what it is; its name does not count.
 * @param wanted the name of the sheet; absent = the first visible one
 */
export function readSheet(file: Buffer, wanted: string | undefined): Sheet {
  if (file.length === 0) throw new RefusedSpreadsheet('SpreadsheetEmpty', 'The file is empty.');
  const start = file.toString('hex', 0, 8);
  if (ZIP.test(start)) return readXlsx(file, wanted);
  if (COMPOUND.test(start)) return readXls(file, wanted);
  const other = OTHERS.find(([mark]) => mark.test(start));
  if (other !== undefined) throw unsupported(other[1]);
  const text = decodeText(file);
  refuseMarkup(text);
  refuseSheetOfText(wanted);
  return parseDelimited(text);
}
