import type { CellPlace, CellRange } from './cell.ts';
import { tooLarge, unreadable } from './spreadsheet-refusal.ts';
import { LAST_COLUMN, LAST_ROW, SPREADSHEET_LIMITS } from './spreadsheet-limits.ts';
import { attributes, isTrue, startTags } from './xml-part.ts';

/** What lies around the cells of an .xlsx sheet, and its cells still as XML. */
export type XlsxLayout = {
  readonly cellsXml: string;
  readonly merges: readonly CellRange[];
  readonly hiddenRows: ReadonlySet<number>;
  readonly hiddenColumns: ReadonlySet<number>;
  /** Formulas whose result nobody has computed, by `row,column`. */
  readonly uncomputed: ReadonlySet<string>;
};

/** `<sheetData/>`, or from its start tag to its end tag. */
const OPEN = /<(?:\w+:)?sheetData(?:\s[^<>]*)?>/;
const CLOSE = /<\/(?:\w+:)?sheetData\s*>/;
/** A row's start, a cell's, or the end of a formula and its cell with no result between. */
const LANDMARK = new RegExp(
  [
    String.raw`<(?:\w+:)?row(?=[\s/>])(?<row>[^<>]*)>`,
    String.raw`<(?:\w+:)?c(?=[\s/>])(?<cell>[^<>]*)>`,
    String.raw`(?<bare>(?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^<>]*)?/>)\s*(?:<(?:\w+:)?v(?:\s[^<>]*)?/>\s*)?</(?:\w+:)?c>)`,
  ].join('|'),
  'g',
);
/** Characters. Those of rows and cells have a few attributes; what looks for them should not look for long. */
const LONGEST_TAG = 2000;
const MERGE = /<(?:\w+:)?mergeCell\s[^<>]*?\bref=["']([^"'<>]*)["']/g;
const REFERENCE = /^([A-Z]{1,3})(\d{1,7})$/;

/**
 * Walks a sheet once, before the library does: counts its cells, and refuses places that no sheet has. The sheet's
 * own word about its size is not read at all.
 */
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
    merges: [...tail.matchAll(MERGE)].map(([, reference = '']) => range(reference)),
    hiddenColumns: hiddenColumns(head),
    ...walkCells(cellsXml, sheet),
  };
}

type Walk = Pick<XlsxLayout, 'hiddenRows' | 'uncomputed'>;

function walkCells(cellsXml: string, sheet: string): Walk {
  const hiddenRows = new Set<number>();
  const uncomputed = new Set<string>();
  let at: CellPlace = { row: -1, column: -1 };
  let cell = '';
  let count = 0;
  for (const { 0: tag, groups = {} } of cellsXml.matchAll(LANDMARK)) {
    if (tag.length > LONGEST_TAG)
      throw unreadable(`sheet ${JSON.stringify(sheet)} has a tag of ${tag.length} characters`);
    if (groups['row'] !== undefined) {
      at = { row: rowOf(groups['row'], at.row, sheet), column: -1 };
      if (/\shidden=["'](?:1|true)["']/.test(groups['row'])) hiddenRows.add(at.row);
    } else if (groups['cell'] !== undefined) {
      cell = groups['cell'];
      count += 1;
      at = placeOf(cell, at, sheet);
      // A formula whose result is an empty text is computed: LibreOffice writes t="str" and no value.
    } else if (!/\bt=["']str["']/.test(cell)) uncomputed.add(`${at.row},${at.column}`);
  }
  if (count > SPREADSHEET_LIMITS.cells) {
    throw tooLarge(
      `Sheet ${JSON.stringify(sheet)} has ${count} cells; at most ${SPREADSHEET_LIMITS.cells} are read.`,
    );
  }
  return { hiddenRows, uncomputed };
}

function rowOf(text: string, before: number, sheet: string): number {
  const given = /\br=["'](\d+)["']/.exec(text)?.[1];
  const row = given === undefined ? before + 1 : Number(given) - 1;
  if (row < 0 || row >= LAST_ROW) throw unreadable(`sheet ${JSON.stringify(sheet)} has a row ${row + 1}`);
  return row;
}

function placeOf(text: string, before: CellPlace, sheet: string): CellPlace {
  const reference = /\br=["']([^"']*)["']/.exec(text)?.[1];
  const at = reference === undefined ? { row: before.row, column: before.column + 1 } : place(reference);
  if (at === undefined || at.column >= LAST_COLUMN) {
    const name = JSON.stringify((reference ?? 'past the last column').slice(0, 20));
    throw unreadable(`sheet ${JSON.stringify(sheet)} has a cell named ${name}`);
  }
  return at;
}

/** C7 as row 6 and column 2; undefined where no sheet reaches. */
function place(reference: string): CellPlace | undefined {
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
