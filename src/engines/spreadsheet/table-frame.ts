import type { Cell } from './cell.ts';
import { cellText, isNothing, looksNumeric } from './cell-meaning.ts';
import { yearDate } from './date-text.ts';
import { below, type GridRow, type SheetGrid } from './sheet-grid.ts';

/** A grid parted into what stands above the table, the names of its columns, and its rows. */
export type TableFrame = {
  readonly title: string;
  /** What is under the title. */
  readonly grid: SheetGrid;
  /** One for each column of the grid; the parts of names that take several rows are joined. Absent = no names. */
  readonly names: readonly Cell[] | undefined;
  readonly body: readonly GridRow[];
};

/** Names of columns take three rows at most: years over quarters over units. */
const MOST_NAME_ROWS = 3;
const LONGEST_TITLE = 300;

export function frameOf(whole: SheetGrid): TableFrame {
  const titleRows = countTitleRows(whole);
  const title = whole.rows.slice(0, titleRows).map(({ cells }) => cells.map(cellText).join(' ').trim());
  const grid = below(whole, titleRows);
  const nameRows = countNameRows(grid, grid.rows);
  const names = nameRows === 0 ? undefined : joinNames(grid, grid.rows.slice(0, nameRows));
  const body = withoutFootnotes(grid.rows.slice(nameRows));
  return { title: title.join(' ').slice(0, LONGEST_TITLE), grid, names, body };
}

/** A lone text above: in the first column, merged over several, or in a table too wide for it to be a name. */
function countTitleRows({ rows, columns, merged }: SheetGrid): number {
  if (columns.length < 2) return 0;
  const isTitle = ({ index, cells }: GridRow): boolean => {
    const filled = cells.filter((cell) => cell !== undefined);
    if (filled.length !== 1 || typeof filled[0] !== 'string') return false;
    const at = cells.findIndex((cell) => cell !== undefined);
    return at === 0 || columns.length > 2 || merged.has(`${index},${columns[at + 1] ?? ''}`);
  };
  const end = rows.findIndex((row) => !isTitle(row));
  return Math.max(0, end);
}

function countNameRows({ columns, merged }: SheetGrid, rows: readonly GridRow[]): number {
  const from = columns.length > 1 ? 1 : 0;
  const hasNumbers = ({ cells }: GridRow): boolean => cells.slice(from).some((cell) => looksNumeric(cell));
  const first = rows.findIndex((row) => hasNumbers(row) && !isYears(row.cells));
  const [head] = rows;
  if (head === undefined) return 0;
  if (first === 0) return 0;
  if (first < 0) return rows.length > 1 || !looksNumeric(head.cells[0]) ? 1 : 0;
  if (first === 1 || first > MOST_NAME_ROWS) return 1;
  // Several rows without a number: names over names where the upper ones are merged, else rows still to be filled in.
  const isMerged = columns.some(
    (column, at) => at > 0 && head.cells[at] === undefined && merged.has(`${head.index},${column}`),
  );
  return isMerged ? first : 1;
}

/** 2019, 2020, 2021 behind words or an empty corner: names of columns, though they are numbers. */
function isYears(cells: readonly Cell[]): boolean {
  const first = cells.findIndex((cell) => looksNumeric(cell));
  if (first < 1) return false;
  const years = cells.slice(first).flatMap((cell) => (cell === undefined ? [] : [yearOf(cell)]));
  if (years.length < 2 || years.includes(undefined)) return false;
  const steps = years.slice(1).map((year, index) => Math.sign((year ?? 0) - (years[index] ?? 0)));
  return steps.every((step) => step === steps[0] && step !== 0);
}

function yearOf(cell: Cell): number | undefined {
  const year = typeof cell === 'string' && /^\d{4}$/.test(cell) ? Number(cell) : cell;
  return typeof year === 'number' && yearDate(year) !== undefined ? year : undefined;
}

/** A column's name from top to bottom; a merged name counts for each column under it. */
function joinNames({ columns, merged }: SheetGrid, rows: readonly GridRow[]): Cell[] {
  return columns.map((column, at) => {
    const parts: Cell[] = [];
    for (const { index, cells } of rows) {
      const part = cells[at] ?? merged.get(`${index},${column}`);
      if (part !== undefined && !parts.some((other) => cellText(other) === cellText(part))) parts.push(part);
    }
    return parts.length > 1 ? parts.map(cellText).join(' ') : parts[0];
  });
}

const FOOTNOTE =
  /^(?:source|note|notes|remark|\*|注|备注|備註|说明|數據來源|数据来源|资料来源|來源|来源|出典|출처|المصدر)/iu;

/** Sources and remarks under a table are no rows of it: lone words under its last number, after a gap or so named. */
function withoutFootnotes(rows: readonly GridRow[]): readonly GridRow[] {
  let end = rows.length;
  while (end > 0 && isLoneText(rows[end - 1])) end -= 1;
  const note = rows.findIndex(
    (row, at) => at >= end && at > 0 && (row.followsGap || FOOTNOTE.test(firstText(row))),
  );
  return note < 0 ? rows : rows.slice(0, note);
}

function isLoneText(row: GridRow | undefined): boolean {
  const filled = row?.cells.filter((cell) => !isNothing(cell)) ?? [];
  const [cell] = filled;
  return filled.length <= 1 && (cell === undefined || (typeof cell === 'string' && !looksNumeric(cell)));
}

function firstText({ cells }: GridRow): string {
  return cellText(cells.find((cell) => cell !== undefined));
}
