import type { Cell } from './cell.ts';
import { cellNumber, cellText } from './cell-meaning.ts';
import { cyclePart } from './cycle-parts.ts';
import { isoText, tableDate } from './table-date.ts';
import type { TableFrame } from './table-frame.ts';
import { YEAR_NAME } from './year-name.ts';

const PARTS = [
  {
    cycle: 'months',
    name: /^(?:months?|月|月份|monat|mois|mes|mese|mês|월|месяц)$/iu,
    length: 12,
    precision: 'month',
  },
  {
    cycle: 'quarters',
    name: /^(?:quarters?|qtr|季度|季|quartal|trimestre|분기|квартал)$/iu,
    length: 4,
    precision: 'quarter',
  },
] as const;

/** The same table with one column of dates where one of years and one of months or quarters stand in it. */
export function joinYearAndPart(frame: TableFrame): TableFrame {
  const names = (frame.names ?? []).map((name) => cellText(name).trim());
  const year = names.findIndex((name) => YEAR_NAME.test(name));
  for (const part of PARTS) {
    const at = names.findIndex((name) => part.name.test(name));
    if (year < 0 || at < 0) continue;
    const dates = frame.body.map((row): Cell => {
      const given = row.cells[year] ?? frame.grid.merged.get(`${row.index},${frame.grid.columns[year] ?? 0}`);
      const number = partNumber(row.cells[at], part.cycle);
      const which = cellNumber(given, 'point')?.value;
      if (which === undefined || number === undefined || number > part.length) return undefined;
      const month = part.precision === 'month' ? number : 3 * number - 2;
      const date = tableDate({ year: which, month }, part.precision, '');
      const text = part.precision === 'month' ? isoText(date?.at ?? 0, 'month') : `${which} Q${number}`;
      return date === undefined ? undefined : { kind: 'date', date: { ...date, text } };
    });
    if (dates.length > 0 && dates.every((date) => date !== undefined)) return replaced(frame, { year, at, dates });
  }
  return frame;
}

function partNumber(cell: Cell, cycle: string): number | undefined {
  const number = typeof cell === 'string' && /^\d{1,2}$/.test(cell) ? Number(cell) : cell;
  if (typeof number === 'number') return Number.isInteger(number) && number >= 1 ? number : undefined;
  const part = typeof cell === 'string' ? cyclePart(cell) : undefined;
  return part?.cycle === cycle ? part.at + 1 : undefined;
}

function replaced(
  { grid, names, body, ...rest }: TableFrame,
  { year, at, dates }: { year: number; at: number; dates: readonly Cell[] },
): TableFrame {
  const without = <Item>(items: readonly Item[]): Item[] => items.filter((_item, column) => column !== at);
  return {
    ...rest,
    grid: { ...grid, columns: without(grid.columns) },
    names: names === undefined ? undefined : without(names),
    body: body.map((row, index) => ({ ...row, cells: without(row.cells.with(year, dates[index])) })),
  };
}
