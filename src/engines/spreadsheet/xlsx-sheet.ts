import * as library from '@e965/xlsx';
import type { Cell, Sheet, SheetRow } from './cell.ts';
import { formulaError } from './formula-error.ts';
import { meaningOfNumber } from './number-format.ts';
import { refusalOf, unreadable } from './spreadsheet-refusal.ts';
import { readXlsxLayout } from './xlsx-layout.ts';
import { readXlsxPackage, type XlsxParts } from './xlsx-package.ts';

/**
 * One sheet of an .xlsx. The library gets an archive of our own making: the cells, texts and formats of that sheet,
 * already unpacked, counted and looked through, and nothing else of the file.
 */
export function readXlsx(file: Buffer, wanted: string | undefined): Sheet {
  const parts = readXlsxPackage(file, wanted);
  const layout = readXlsxLayout(parts.sheetXml, parts.sheetName);
  const rows = takeRows(parseCells(parts, layout.cellsXml), parts.is1904, layout.uncomputed);
  const { merges, hiddenRows, hiddenColumns } = layout;
  return { name: parts.sheetName, rows, merges, hiddenRows, hiddenColumns };
}

/** A cell as the library gives it: kind, value, number format. */
type RawCell = { readonly t: string; readonly v?: string | number | boolean; readonly z?: string };
type RawRows = (RawCell | undefined)[][];
type Archive = object;

/** The part of the library that is used here; its types leave out what takes an archive that is open already. */
type Library = {
  readonly CFB: {
    readonly utils: {
      cfb_new(): Archive;
      cfb_add(archive: Archive, name: string, data: Buffer): void;
    };
  };
  parse_zip(
    archive: Archive,
    options: object,
  ): { readonly Sheets: Readonly<Record<string, { '!data'?: RawRows }>> };
};
const xlsx = library as unknown as Library;

const TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const LINKS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE_LINKS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const KIND = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function parseCells({ is1904, sharedStrings, styles }: XlsxParts, cellsXml: string): RawRows {
  const archive = xlsx.CFB.utils.cfb_new();
  const add = (name: string, data: string | Buffer): void => {
    xlsx.CFB.utils.cfb_add(archive, name, typeof data === 'string' ? Buffer.from(data, 'latin1') : data);
  };
  const override = (part: string, kind: string): string =>
    `<Override PartName="/xl/${part}.xml" ContentType="${KIND}.${kind}+xml"/>`;
  const overrides = [override('workbook', 'sheet.main'), override('worksheets/sheet1', 'worksheet')];
  if (sharedStrings !== undefined) {
    overrides.push(override('sharedStrings', 'sharedStrings'));
    add('xl/sharedStrings.xml', sharedStrings);
  }
  if (styles !== undefined) {
    overrides.push(override('styles', 'styles'));
    add('xl/styles.xml', styles);
  }
  add('[Content_Types].xml', `<Types xmlns="${TYPES}">${overrides.join('')}</Types>`);
  const sheets = `<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>`;
  const properties = `<workbookPr date1904="${is1904 ? 1 : 0}"/>`;
  add('xl/workbook.xml', `<workbook xmlns="${MAIN}" xmlns:r="${LINKS}">${properties}${sheets}</workbook>`);
  const link = `<Relationship Id="r1" Type="${LINKS}/worksheet" Target="worksheets/sheet1.xml"/>`;
  add('xl/_rels/workbook.xml.rels', `<Relationships xmlns="${PACKAGE_LINKS}">${link}</Relationships>`);
  add('xl/worksheets/sheet1.xml', `<worksheet xmlns="${MAIN}"><sheetData>${cellsXml}</sheetData></worksheet>`);
  return rowsOf(archive);
}

function rowsOf(archive: Archive): RawRows {
  const options = { dense: true, cellText: false, cellNF: true, cellFormula: false, cellHTML: false, WTF: true };
  try {
    return xlsx.parse_zip(archive, options).Sheets['S']?.['!data'] ?? [];
  } catch (error) {
    throw (
      refusalOf(error) ??
      unreadable(`its cells make no sense (${error instanceof Error ? error.message : String(error)})`)
    );
  }
}

/** Takes the library's rows one by one, so that a million cells are not held twice. */
function takeRows(raw: RawRows, is1904: boolean, uncomputed: ReadonlySet<string>): SheetRow[] {
  const rows: SheetRow[] = [];
  raw.forEach((rawRow, index) => {
    const cells: Cell[] = [];
    rawRow.forEach((rawCell, column) => {
      const cell =
        uncomputed.size > 0 && uncomputed.has(`${index},${column}`) ? undefined : meaning(rawCell, is1904);
      if (cell !== undefined) cells[column] = cell;
    });
    raw[index] = [];
    rows.push({ index, cells });
  });
  return withUncomputed(rows, uncomputed);
}

function withUncomputed(rows: SheetRow[], uncomputed: ReadonlySet<string>): SheetRow[] {
  if (uncomputed.size === 0) return rows;
  const byIndex = new Map(rows.map((row) => [row.index, [...row.cells]]));
  for (const key of uncomputed) {
    const [row = 0, column = 0] = key.split(',').map(Number);
    const cells = byIndex.get(row) ?? [];
    cells[column] = { kind: 'uncomputed' };
    byIndex.set(row, cells);
  }
  return [...byIndex].map(([index, cells]) => ({ index, cells })).toSorted((a, b) => a.index - b.index);
}

function meaning(cell: RawCell | undefined, is1904: boolean): Cell {
  const value = cell?.v;
  if (cell === undefined || value === undefined) return cell?.t === 'e' ? formulaError(undefined) : undefined;
  if (cell.t === 'e') return formulaError(typeof value === 'number' ? value : undefined);
  if (typeof value === 'number')
    return Number.isFinite(value) ? meaningOfNumber(value, cell.z, is1904) : formulaError(0x24);
  if (typeof value === 'boolean') return value;
  const text = value.trim();
  return text === '' ? undefined : text;
}
