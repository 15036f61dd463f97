import { expect, test } from 'vitest';
import type { ChartTable } from './chart-table.ts';
import { tableLines, TableReceiver } from './table-lines.ts';

const table: ChartTable = {
  ...{ sheet: 'S', title: '', rowsName: 'm', time: 'none', notes: ['n'] },
  rows: Array.from({ length: 1200 }, (_, row) => ({ text: `r${row}` })),
  columns: [1, 2].map((at) => ({
    heading: { text: `c${at}` },
    unit: '%',
    values: Array.from({ length: 12_000 }, (_, row) => (row % 3 === 0 ? null : row * at)),
  })),
};

function receive(lines: readonly string[]): TableReceiver {
  const receiver = new TableReceiver();
  for (const line of lines) receiver.takeText(line);
  return receiver;
}

test('a table goes through lines of a bounded length', () => {
  const lines = [...tableLines(table)].map((line) => JSON.stringify(line));
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(100_000);
  expect(receive(lines).table).toEqual(table);
});

test('of a child that is killed in the middle of a line nothing is believed, and nothing breaks', () => {
  const lines = [...tableLines(table)].map((line) => JSON.stringify(line));
  expect(receive(lines.slice(0, -1)).table).toBeUndefined();
  expect(receive([...lines.slice(0, 3), lines[3]?.slice(0, 50) ?? '']).table).toBeUndefined();
});
