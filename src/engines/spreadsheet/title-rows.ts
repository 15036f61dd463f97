import type { Cell } from './cell.ts';
import { cellText } from './cell-meaning.ts';
import { shortened } from './shortened.ts';
import { countNameRows } from './name-rows.ts';
import { below, type GridRow, type SheetGrid } from './sheet-grid.ts';

export type TitleRows = {
  readonly count: number;
  /** Their lone texts, joined. */
  readonly title: string;
  /** What all numbers are in by a line such as 单位：万元; empty where there is none. */
  readonly unit: string;
};

const LONGEST_TITLE = 300;
/** As many lines as exports have before their table begins. */
const MOST_ROWS = 12;
const UNIT_LINE = /^[(（]?\s*(?:单位|單位|単位|units?)\s*[:：]\s*([\p{L}$€£¥￥²³/ ]{1,12}?)\s*[)）]?$/iu;

/** What stands above a table: lone texts, and the properties (two cells a row) that exports begin with. */
export function titleRows(grid: SheetGrid): TitleRows {
  const { rows, columns } = grid;
  const count = columns.length < 2 ? 0 : (propertyRows(grid) ?? loneRows(grid));
  const texts = rows
    .slice(0, count)
    .flatMap((row) => (isLone(grid)(row) ? [row.cells.map(cellText).join('')] : []));
  const unit = texts.flatMap((text) => UNIT_LINE.exec(text)?.[1]?.trim() ?? [])[0] ?? '';
  const title = texts.filter((text) => !UNIT_LINE.test(text)).join(' ');
  return { count, title: shortened(title, LONGEST_TITLE), unit };
}

const filledOf = ({ cells }: GridRow): Cell[] => cells.filter((cell) => cell !== undefined);

/** In the first column, merged over several, or in a table too wide for it to be a name. */
function isLone({ columns, merged }: SheetGrid): (row: GridRow) => boolean {
  return (row) => {
    const filled = filledOf(row);
    if (filled.length !== 1 || typeof filled[0] !== 'string') return false;
    const at = row.cells.findIndex((cell) => cell !== undefined);
    return at === 0 || columns.length > 2 || merged.has(`${row.index},${columns[at + 1] ?? ''}`);
  };
}

function loneRows(grid: SheetGrid): number {
  const isTitle = isLone(grid);
  return Math.max(
    0,
    grid.rows.findIndex((row) => !isTitle(row)),
  );
}

/** Rows of one or two cells before a gap, behind which names begin a wider table; undefined where there are none. */
function propertyRows(grid: SheetGrid): number | undefined {
  const table = grid.rows.slice(0, MOST_ROWS + 1).findIndex((row) => filledOf(row).length > 2);
  if (table < 1 || grid.rows[table]?.followsGap !== true) return undefined;
  return countNameRows(below(grid, table)) > 0 ? table : undefined;
}
