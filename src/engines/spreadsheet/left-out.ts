import { columnLetters } from './cell.ts';
import { cellText, isNothing } from './cell-meaning.ts';
import type { ColumnKind } from './table-columns.ts';
import type { TableFrame } from './table-frame.ts';

/** Columns that are named one by one. */
const MOST_NAMED = 20;

/** A sentence for each column with something in it that is not drawn. */
export function leftOutNotes(
  { grid, names, body }: TableFrame,
  kinds: readonly ColumnKind[],
  columns: readonly number[],
): string[] {
  const filled = columns.filter((at) => body.some(({ cells }) => !isNothing(cells[at])));
  const notes = filled.slice(0, MOST_NAMED).map((at) => {
    const name = cellText(names?.[at]);
    const column = `Column ${columnLetters(grid.columns[at] ?? 0)}${name === '' ? '' : ` (${JSON.stringify(name)})`}`;
    return `${column} ${reasonOf(kinds[at])} and is left out.`;
  });
  const more = filled.length - notes.length;
  return more === 0 ? notes : [...notes, `${more} more columns are left out.`];
}

function reasonOf(kind: ColumnKind | undefined): string {
  if (kind?.kind === 'row-numbers') return 'only counts the rows';
  return kind?.kind === 'numbers' ? 'is not the first of a long table' : 'has no numbers';
}
