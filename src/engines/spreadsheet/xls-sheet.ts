import { BIFF, biffRecords, type BiffRecord } from './biff-records.ts';
import type { Cell, CellRange, Sheet } from './cell.ts';
import { chooseSheet } from './choose-sheet.ts';
import { openCompoundFile } from './compound-file.ts';
import { formulaError } from './formula-error.ts';
import { meaningOfNumber } from './number-format.ts';
import { encrypted, refusalOf, tooLarge, unreadable, unsupported } from './spreadsheet-refusal.ts';
import { SPREADSHEET_LIMITS } from './spreadsheet-limits.ts';
import { readXlsWorkbook, type XlsWorkbook } from './xls-workbook.ts';

/**
 * One sheet of an .xls of Excel 5 to 2003, read record by record. The library reads these too, but took 604 MB for a
 * million cells, and loops as often as a record of the file tells it to.
 */
export function readXls(file: Buffer, wanted: string | undefined): Sheet {
  const container = openCompoundFile(file);
  if (container.names.has('EncryptedPackage')) throw encrypted();
  const stream = container.read('Workbook') ?? container.read('Book');
  if (stream === undefined) throw unsupported('an Office document, but no workbook');
  try {
    const workbook = readXlsWorkbook(stream);
    const { name, start } = chooseSheet(workbook.sheets, wanted);
    return new SheetReader(workbook, name).read(stream, start);
  } catch (error) {
    // Most are numbers read past the end of their record.
    throw refusalOf(error) ?? unreadable(`a record is damaged (${error instanceof Error ? error.message : ''})`);
  }
}

const LAST_COLUMN = 255;
const HIDDEN_ROW = 0x20;
/** In the place of a formula's number: its kind is another one. */
const NO_NUMBER = 0xffff;

class SheetReader {
  readonly #workbook: XlsWorkbook;
  readonly #name: string;
  readonly #rows = new Map<number, Cell[]>();
  readonly #merges: CellRange[] = [];
  readonly #hiddenRows = new Set<number>();
  readonly #hiddenColumns = new Set<number>();
  #count = 0;
  /** Where the text of the formula before goes. */
  #formulaAt: { readonly row: number; readonly column: number } | undefined;

  constructor(workbook: XlsWorkbook, name: string) {
    this.#workbook = workbook;
    this.#name = name;
  }

  read(stream: Buffer, start: number): Sheet {
    for (const record of biffRecords(stream, start)) this.#take(record);
    const rows = [...this.#rows].map(([index, cells]) => ({ index, cells })).toSorted((a, b) => a.index - b.index);
    const { hiddenRows, hiddenColumns } = { hiddenRows: this.#hiddenRows, hiddenColumns: this.#hiddenColumns };
    return { name: this.#name, rows, merges: this.#merges, hiddenRows, hiddenColumns };
  }

  #take({ type, data, parts }: BiffRecord): void {
    if (type === BIFF.row) this.#takeRow(data);
    else if (type === BIFF.colInfo) this.#takeColumns(data);
    else if (type === BIFF.mergeCells) this.#takeMerges(data);
    else if (type === BIFF.mulRk) this.#takeNumbers(data);
    else if (type === BIFF.string) this.#takeFormulaText(parts);
    else if (CELLS.has(type)) this.#put(data.readUInt16LE(0), data.readUInt16LE(2), this.#cell(type, data, parts));
  }

  #put(row: number, column: number, cell: Cell): void {
    if (cell === undefined) return;
    this.#count += 1;
    if (this.#count > SPREADSHEET_LIMITS.cells) {
      const name = JSON.stringify(this.#name);
      throw tooLarge(`Sheet ${name} has more than ${SPREADSHEET_LIMITS.cells} cells; at most that many are read.`);
    }
    if (column > LAST_COLUMN) throw unreadable(`sheet ${JSON.stringify(this.#name)} has a column ${column + 1}`);
    const cells = this.#rows.get(row) ?? [];
    cells[column] = cell;
    this.#rows.set(row, cells);
  }

  #cell(type: number, data: Buffer, parts: readonly Buffer[]): Cell {
    const style = data.readUInt16LE(4);
    if (type === BIFF.number) return this.#number(data.readDoubleLE(6), style);
    if (type === BIFF.rk) return this.#number(compactNumber(data.readInt32LE(6)), style);
    if (type === BIFF.labelSst) return text(this.#workbook.texts[data.readUInt32LE(6)]);
    if (type === BIFF.label || type === BIFF.rString) return text(this.#workbook.reader.read(parts, 6, 2));
    if (type === BIFF.boolErr) return truthOrError(data.readUInt8(6), data.readUInt8(7) === 1);
    return this.#formula(data, style);
  }

  #formula(data: Buffer, style: number): Cell {
    this.#formulaAt = undefined;
    if (data.readUInt16LE(12) !== NO_NUMBER) return this.#number(data.readDoubleLE(6), style);
    const kind = data.readUInt8(6);
    if (kind === 0) this.#formulaAt = { row: data.readUInt16LE(0), column: data.readUInt16LE(2) };
    return kind === 1 || kind === 2 ? truthOrError(data.readUInt8(8), kind === 2) : undefined;
  }

  #takeFormulaText(parts: readonly Buffer[]): void {
    if (this.#formulaAt === undefined) return;
    this.#put(this.#formulaAt.row, this.#formulaAt.column, text(this.#workbook.reader.read(parts, 0, 2)));
    this.#formulaAt = undefined;
  }

  #takeNumbers(data: Buffer): void {
    const first = data.readUInt16LE(2);
    for (let at = 4, column = first; at + 6 <= data.length - 2; at += 6, column += 1) {
      this.#put(
        data.readUInt16LE(0),
        column,
        this.#number(compactNumber(data.readInt32LE(at + 2)), data.readUInt16LE(at)),
      );
    }
  }

  #number(value: number, style: number): Cell {
    if (!Number.isFinite(value)) return formulaError(0x24);
    return meaningOfNumber(value, this.#workbook.formatOf(style), this.#workbook.is1904);
  }

  #takeRow(data: Buffer): void {
    if ((data.readUInt16LE(12) & HIDDEN_ROW) !== 0) this.#hiddenRows.add(data.readUInt16LE(0));
  }

  #takeColumns(data: Buffer): void {
    if ((data.readUInt16LE(8) & 1) === 0) return;
    const last = Math.min(LAST_COLUMN, data.readUInt16LE(2));
    // Past a whole set of them, more records hide nothing.
    if (this.#hiddenColumns.size > LAST_COLUMN) return;
    for (let column = data.readUInt16LE(0); column <= last; column += 1) this.#hiddenColumns.add(column);
  }

  #takeMerges(data: Buffer): void {
    for (let at = 2; at + 8 <= data.length; at += 8) {
      const from = { row: data.readUInt16LE(at), column: data.readUInt16LE(at + 4) };
      const to = { row: data.readUInt16LE(at + 2), column: data.readUInt16LE(at + 6) };
      if (to.row >= from.row && to.column >= from.column) this.#merges.push({ from, to });
    }
  }
}

const CELLS = new Set<number>([
  ...[BIFF.number, BIFF.rk, BIFF.labelSst, BIFF.label, BIFF.rString, BIFF.boolErr, BIFF.formula],
]);

function text(value: string | undefined): Cell {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' ? undefined : trimmed;
}

function truthOrError(value: number, isError: boolean): Cell {
  return isError ? formulaError(value) : value === 1;
}

/** 30 bits of a whole number, or the upper ones of a fraction; either may stand for a hundredth. */
function compactNumber(bits: number): number {
  let value: number;
  if ((bits & 2) === 0) {
    const bytes = Buffer.alloc(8);
    bytes.writeInt32LE(bits & ~3, 4);
    value = bytes.readDoubleLE(0);
  } else value = bits >> 2;
  return (bits & 1) === 0 ? value : value / 100;
}
