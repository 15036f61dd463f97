import type { Heading } from './chart-table.ts';
import { headCell, rowHeading } from './table-cells.ts';
import { cellText } from './cell-meaning.ts';
import type { ColumnKind } from './table-columns.ts';
import type { TableFrame } from './table-frame.ts';

export type Distinct = {
  readonly headings: readonly Heading[];
  /** For each row of the body the number of its heading. */
  readonly keyOf: readonly number[];
};

/** The different headings in each column, in the order in which they first stand there; found out once, when asked. */
export function distinctHeadings(frame: TableFrame, kinds: readonly ColumnKind[]): (at: number) => Distinct {
  const known = new Map<number, Distinct>();
  return (at) => {
    const found = known.get(at) ?? distinct(frame, at, kinds[at]);
    known.set(at, found);
    return found;
  };
}

function distinct(frame: TableFrame, at: number, kind: ColumnKind | undefined): Distinct {
  const headings: Heading[] = [];
  const numbers = new Map<string | number, number>();
  const keyOf = frame.body.map((_row, row) => {
    const cell = headCell(frame, row, at);
    const key = (kind?.kind === 'dates' ? kind.dateOf(cell)?.at : undefined) ?? cellText(cell);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, headings.length);
    return headings.push(rowHeading(cell, kind)) - 1;
  });
  return { headings, keyOf };
}
