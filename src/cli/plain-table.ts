import Table from 'cli-table3';
import type { Paint } from './paint.ts';

/**
 * Plain columns, without lines between them, so that other programs can cut them too. Wide characters count as two
 * columns of the screen.
 * @param head undefined for rows that follow earlier ones
 * @param widths of columns whose text is cut, by their index
 */
export function plainTable(
  head: readonly string[] | undefined,
  rows: readonly (readonly string[])[],
  paint: Paint,
  widths: ReadonlyMap<number, number> = new Map(),
): string {
  const columns = head ?? rows[0] ?? [];
  const table = new Table({
    chars: NO_LINES,
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 2 },
    colWidths: columns.map((_name, column) => widths.get(column) ?? null),
  });
  if (head !== undefined) table.push(head.map((name) => paint('bold', name)));
  for (const row of rows) table.push([...row]);
  const lines = table.toString().split('\n');
  return lines.map((line) => line.trimEnd()).join('\n');
}

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};
