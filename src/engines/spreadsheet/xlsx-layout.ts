import type { CellPlace, CellRange } from './cell.ts';
import { tooLarge, unreadable } from './spreadsheet-refusal.ts';
import { LAST_COLUMN, LAST_ROW } from './spreadsheet-limits.ts';
import { attributes, isTrue, startTags } from './xml-part.ts';

/** An .xlsx sheet: its rows still as XML, and what lies around them. */
export type XlsxLayout = {
  readonly cellsXml: string;
  readonly merges: readonly CellRange[];
  readonly hiddenColumns: ReadonlySet<number>;
};

/** `<sheetData/>`, or from its start tag to its end tag. */
const OPEN = /<(?:\w+:)?sheetData(?:\s[^<>]*)?>/;
const CLOSE = /<\/(?:\w+:)?sheetData\s*>/;
const MOST_MERGES = 100_000;
const MERGE = /<(?:\w+:)?mergeCell\s[^<>]*?\bref=["']([^"'<>]*)["']/g;
const REFERENCE = /^([A-Z]{1,3})(\d{1,7})$/;

/** The sheet's own word about its size is not read at all. */
export function readXlsxLayout(sheetXml: string, sheet: string): XlsxLayout {
  const open = OPEN.exec(sheetXml);
  const start = open === null ? sheetXml.length : open.index + open[0].length;
  const isEmpty = open === null || open[0].endsWith('/>');
  const close = isEmpty ? start : start + sheetXml.slice(start).search(CLOSE);
  if (close < start) throw unreadable(`the cells of sheet ${JSON.stringify(sheet)} are cut off`);
  const cellsXml = sheetXml.slice(start, close);
  const head = sheetXml.slice(0, open?.index ?? 0);
  const tail = sheetXml.slice(close);
  return {
    cellsXml,
    merges: mergedRanges(tail, sheet),
    hiddenColumns: hiddenColumns(head),
  };
}

function mergedRanges(tail: string, sheet: string): CellRange[] {
  const ranges: CellRange[] = [];
  for (const [, reference = ''] of tail.matchAll(MERGE)) {
    if (ranges.length === MOST_MERGES) {
      throw tooLarge(`Sheet ${JSON.stringify(sheet)} has more than ${MOST_MERGES} merged areas.`);
    }
    ranges.push(range(reference));
  }
  return ranges;
}

/** C7 as row 6 and column 2; undefined where no sheet reaches. */
export function place(reference: string): CellPlace | undefined {
  const [, letters = '', digits = ''] = REFERENCE.exec(reference) ?? [];
  let column = 0;
  for (const letter of letters) column = column * 26 + (letter.codePointAt(0) ?? 64) - 64;
  const row = Number(digits);
  return column >= 1 && column <= LAST_COLUMN && row >= 1 && row <= LAST_ROW
    ? { row: row - 1, column: column - 1 }
    : undefined;
}

function range(reference: string): CellRange {
  const [first = '', last = first] = reference.split(':');
  const from = place(first);
  const to = place(last);
  if (from === undefined || to === undefined || to.row < from.row || to.column < from.column) {
    throw unreadable(`it has merged cells at ${JSON.stringify(reference.slice(0, 40))}`);
  }
  return { from, to };
}

function hiddenColumns(head: string): Set<number> {
  const hidden = new Set<number>();
  let count = 0;
  for (const tag of startTags(head, 'col')) {
    const given = attributes(tag);
    if (!isTrue(given.get('hidden'))) continue;
    const last = Math.min(LAST_COLUMN, Number(given.get('max')));
    for (let column = Math.max(1, Number(given.get('min'))); column <= last; column += 1) {
      count += 1;
      if (count > LAST_COLUMN) throw unreadable('its hidden columns overlap');
      hidden.add(column - 1);
    }
  }
  return hidden;
}
