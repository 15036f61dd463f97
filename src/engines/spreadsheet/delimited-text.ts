import { decodedText, looksBinary, looksWestern } from '../decode-text.ts';
import type { Cell, Sheet, SheetRow } from './cell.ts';
import { RefusedSpreadsheet, tooLarge, unreadable, unsupported } from './spreadsheet-refusal.ts';
import { LAST_COLUMN, SPREADSHEET_LIMITS } from './spreadsheet-limits.ts';

const SEPARATORS = [',', ';', '\t', '|'] as const;
/** Lines that are looked at to tell which separator the file has. */
const SAMPLE_LINES = 30;
const SAMPLE_LENGTH = 64 * 1024;

/**
 * The text of a .csv file: UTF-8 or UTF-16 with a mark, UTF-8 without one, or as Windows writes, GB18030 of China or
 * Windows-1252 of the West.
 */
export function decodeText(bytes: Buffer): string {
  const text = decodedText(bytes, looksWestern(bytes) ? ['windows-1252'] : ['gb18030']);
  if (text === undefined) throw unsupported('no text in UTF-8 or GB18030, and no workbook');
  if (looksBinary(text)) throw unsupported('neither a workbook nor text');
  return text;
}

/** The rows of a text with separators; every cell is a text, and tells later whether it is a number. */
export function parseDelimited(text: string): Sheet {
  const named = /^sep=([^"\r\n ])\r?\n/.exec(text);
  const body = named === null ? text : text.slice(named[0].length);
  const separator = named?.[1] ?? separatorOf(body);
  const rows: SheetRow[] = [];
  let cells: Cell[] = [];
  let count = 0;
  let row = 0;
  const endRow = (): void => {
    if (cells.some((cell) => cell !== undefined)) rows.push({ index: row, cells });
    cells = [];
    row += 1;
  };
  for (const { value, endsRow } of fields(body, separator)) {
    const trimmed = value.trim();
    cells.push(trimmed === '' ? undefined : trimmed);
    if (trimmed !== '') count += 1;
    if (count > SPREADSHEET_LIMITS.cells)
      throw tooLarge(`The file has more than ${SPREADSHEET_LIMITS.cells} cells.`);
    if (cells.length > LAST_COLUMN) throw tooLarge(`Row ${row + 1} has more than ${LAST_COLUMN} columns.`);
    if (endsRow) endRow();
  }
  return { name: '', rows, merges: [], hiddenRows: new Set(), hiddenColumns: new Set() };
}

type Field = { readonly value: string; readonly endsRow: boolean };

function* fields(text: string, separator: string): Generator<Field> {
  const mark = `\\u{${(separator.codePointAt(0) ?? 0).toString(16)}}`;
  const plainEnd = new RegExp(`[${mark}\\r\\n]`, 'gu');
  let at = 0;
  let line = 1;
  while (at < text.length) {
    let value = '';
    while (text[at] === ' ') at += 1;
    if (text[at] === '"') {
      const start = line;
      const quoted = readQuoted(text, at);
      if (quoted === undefined) throw unreadable(`the quotation mark that opens in row ${start} never closes`);
      ({ value, end: at } = quoted);
    }
    plainEnd.lastIndex = at;
    const end = plainEnd.exec(text)?.index ?? text.length;
    value += text.slice(at, end);
    const endsRow = text[end] !== separator;
    if (endsRow) line += 1;
    at = end + (text[end] === '\r' && text[end + 1] === '\n' ? 2 : 1);
    yield { value, endsRow: endsRow || at > text.length };
    // A separator at the very end of the file has an empty cell behind it, and its row an end.
    if (!endsRow && at === text.length) yield { value: '', endsRow: true };
  }
}

/** What stands between two quotation marks, a doubled one standing for itself. */
function readQuoted(text: string, from: number): { value: string; end: number } | undefined {
  let value = '';
  let at = from + 1;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end < 0) return undefined;
    value += text.slice(at, end);
    if (text[end + 1] !== '"') return { value, end: end + 1 };
    value += '"';
    at = end + 2;
  }
}

/** The one that stands most evenly in the first lines, outside of quotation marks. */
function separatorOf(text: string): string {
  const sample = text.slice(0, SAMPLE_LENGTH).replaceAll(/"[^"]*"/g, '');
  const lines = sample.split(/\r\n|\r|\n/, SAMPLE_LINES).filter((line) => line.trim() !== '');
  const evenness = (separator: string): number => {
    const counts = lines.map((line) => line.split(separator).length - 1).filter((count) => count > 0);
    const usual = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0;
    return counts.filter((count) => count === usual).length * (usual > 0 ? 1 : 0);
  };
  const scores = SEPARATORS.map((separator) => ({ separator, score: evenness(separator) }));
  // Where semicolons part the cells, commas may stand in every number.
  const best = Math.max(...scores.map(({ score }) => score));
  const ties = scores.filter(({ score }) => score === best && score > 0).map(({ separator }) => separator);
  return ties.find((separator) => separator !== ',') ?? ties[0] ?? ',';
}

/** A text that is a document of another kind, though it may be named .csv or .xls. */
export function refuseMarkup(text: string): void {
  const start = text.slice(0, 1024).trimStart().toLowerCase();
  if (start.startsWith('%pdf')) throw unsupported('a PDF document');
  if (start.startsWith('{\\rtf')) throw unsupported('a rich text document');
  if (/^<(?:!doctype html|html|head|body|table|meta|style)/.test(start)) throw unsupported('an HTML page');
  if (start.startsWith('<')) throw unsupported('an XML document');
  if (/^[[{]\s*["{[\]}]/.test(start)) throw unsupported('a JSON document');
  if (text.trim() === '') throw new RefusedSpreadsheet('SpreadsheetEmpty', 'The file is empty.');
}
