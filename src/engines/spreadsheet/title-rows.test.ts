import { expect, test } from 'vitest';
import { columnsOf, headingsOf, tableOf } from './test-tables.ts';

test('a line that says what all numbers are in is no title, and counts where a column says nothing else', () => {
  const table = tableOf('2024年销售,,,\n,,,单位：万元\n月份,收入,毛利(元),占比\n1月,1,2,50%\n2月,3,4,20%');
  expect(table.title).toBe('2024年销售');
  expect(table.columns.map(({ unit }) => unit)).toEqual(['万元', '', '%']);
});

test('the properties that an export begins with are passed over', () => {
  const lines = ['"Source","World Indicators",', '', '"Updated","2024-06-28",', ''];
  const table = tableOf([...lines, 'Country,Code,2019,2020', 'Aruba,ABW,1,2', 'Angola,AGO,3,4'].join('\n'));
  expect([table.title, table.time, headingsOf(table)]).toEqual(['', 'columns', ['Aruba', 'Angola']]);
  expect(columnsOf(tableOf('Account,12345\n\nMonth,Sales,Cost\nJan,1,2'))).toEqual([
    ['Sales', 1],
    ['Cost', 2],
  ]);
});

test('rows before a gap are rows where no names follow it', () => {
  const table = tableOf('Name,Value,\nA,1,\n\nB,2,late\nC,3,');
  expect([headingsOf(table), columnsOf(table)]).toEqual([['A', 'B', 'C'], [['Value', 1, 2, 3]]]);
});

test('a long title is not cut within a letter', () => {
  expect(tableOf(`${`${'😀'.repeat(119)},,\n`.repeat(3)}a,b,c\nx,1,2`).title).toBe(
    `${`${'😀'.repeat(119)} `.repeat(2)}${'😀'.repeat(59)}…`,
  );
});
