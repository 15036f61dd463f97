import { expect, test } from 'vitest';
import { columnsOf, headingsOf, tableOf } from './test-tables.ts';

test('a code beside each name, and more numbers than one, are left out', () => {
  const table = tableOf(
    'Entity,Code,Year,Life,Births\nChina,CHN,2019,77,1\nChina,CHN,2020,78,2\nIndia,IND,2019,70,3\nIndia,IND,2020,69,4',
  );
  expect([headingsOf(table), columnsOf(table)]).toEqual([
    ['2019', '2020'],
    [
      ['China', 77, 78],
      ['India', 70, 69],
    ],
  ]);
  expect(table.notes.slice(1)).toEqual([
    'Column B ("Code") has no numbers and is left out.',
    'Column E ("Births") is not the first of a long table and is left out.',
  ]);
});

test('months without a year are times too', () => {
  const table = tableOf('月份,产品,销量\n1月,A,5\n1月,B,6\n2月,A,7\n2月,B,8');
  expect([table.time, headingsOf(table), columnsOf(table)]).toEqual([
    ...['rows', ['1月', '2月']],
    [
      ['A', 5, 7],
      ['B', 6, 8],
    ],
  ]);
});

test.each([
  [
    'a weekday beside each date',
    'Date,Day,v\n2024-01-01,Mon,1\n2024-01-02,Tue,2\n2024-01-08,Mon,3\n2024-01-09,Tue,4',
    'Date',
  ],
  [
    'a continent beside each country',
    'Region,Country,v\nAsia,China,1\nAsia,India,2\nEurope,France,3\nEurope,Spain,4',
    'Country',
  ],
  ['a year beside each name', 'Name,Year,v\nA,1958,3\nB,1958,4\nC,1973,5\nD,1973,6', 'Name'],
  ['one year only', 'Year,Name,v\n2024,A,5\n2024,B,6', 'Name'],
])('%s makes no long table, and the rows are headed by what tells them apart', (_what, text, rowsName) => {
  const table = tableOf(text);
  expect([table.rowsName, table.columns.length, table.rows.length]).toEqual([
    rowsName,
    1,
    text.split('\n').length - 1,
  ]);
});

test('a year and a month in columns of their own are one date', () => {
  const months = tableOf('Year,Month,v\n2023,11,1\n2023,12,2\n2024,1,3');
  expect([months.time, headingsOf(months)]).toEqual(['rows', ['2023-11', '2023-12', '2024-01']]);
  expect(columnsOf(months)).toEqual([['v', 1, 2, 3]]);
  const quarters = tableOf('年份,季度,产品,销量\n2023年,Q1,A,1\n2023年,Q1,B,2\n2023年,Q2,A,3\n2023年,Q2,B,4');
  expect([headingsOf(quarters), columnsOf(quarters)]).toEqual([
    ['2023 Q1', '2023 Q2'],
    [
      ['A', 1, 3],
      ['B', 2, 4],
    ],
  ]);
  expect(columnsOf(tableOf('Year,Month,v\n2023,13,1\n2024,2,3'))[0]?.[0]).toBe('Month');
});
