import { describe, expect, test } from 'vitest';
import { buildTable } from './build-table.ts';
import type { Cell } from './cell.ts';
import { headingsOf, namesOf, refusalOf, tableOf } from './test-tables.ts';

describe('names that are numbers, or look like some', () => {
  test.each([
    ['产品,1月,2月,3月\nA,100,120,130', ['1月', '2月', '3月']],
    ['门店,1日,2日\nA,11,12', ['1日', '2日']],
    ['Team,1st,2nd\nA,11,12', ['1st', '2nd']],
    ['Country,2019,2020,Total\nChina,1,2,9\nIndia,4,5,9', ['2019', '2020', 'Total']],
    ['Country,2023\nChina,5\nIndia,6', ['2023']],
    ['Company,2023A,2024E\nX,1,2', ['2023A', '2024E']],
    ['指标,202401,202402\nA,1,2', ['2024-01', '2024-02']],
    ['Plan,3G,4G,5G\nA,1,2,3', ['3G', '4G', '5G']],
    ['Size,100ml,200ml\nA,1,2', ['100ml', '200ml']],
    [',10,20\na,1,2\nb,4,5', ['10', '20']],
    ['Store,1,2,3,4\nA,10,20,30,40', ['1', '2', '3', '4']],
  ])('%j', (text, names) => {
    const table = tableOf(text);
    expect(namesOf(table)).toEqual(names);
    expect(headingsOf(table)).not.toContain(text.split(',')[0]);
  });

  test.each([
    ['a count that goes on below', 'A,1,2,3\nB,4,5,6'],
    ['years below years', 'Built,1950,1960\nSold,1999,2010'],
    ['years in no order', 'Alpha,1950,1830,2010\nBeta,5,6,7'],
    ['the sign of money on the first line only', 'Jan,$5,$6\nFeb,7,8'],
    ['a single row', 'Jan,3kg,4kg'],
  ])('%s: numbers', (_what, text) => {
    expect(namesOf(tableOf(text))[0]).toBe('Series 1');
  });
});

describe('names in several rows', () => {
  test.each([
    [',2023,,2024,\nProduct,H1,H2,H1,H2\nA,1,2,3,4', ['2023 H1', '2023 H2', '2024 H1', '2024 H2']],
    [
      'Product,North,,South,\n,Plan,Real,Plan,Real\nA,1,2,3,4',
      ['North Plan', 'North Real', 'South Plan', 'South Real'],
    ],
    [
      'Product,Sales,,Cost,\n,2023,2024,2023,2024\nA,1,2,3,4',
      ['Sales 2023', 'Sales 2024', 'Cost 2023', 'Cost 2024'],
    ],
    ['月份,收入,成本\n单位,万元,万元\n1月,1,2', ['收入 万元', '成本 万元']],
    ['Name,Sales,,Note count\n,Q1,Q2,\nA,1,2,3', ['Sales Q1', 'Sales Q2', 'Note count']],
  ])('a text file, which knows no merged cells: %j', (text, names) => {
    expect(namesOf(tableOf(text))).toEqual(names);
  });

  test('an empty cell beside merged ones belongs to none of them', () => {
    const rows: Cell[][] = [
      ['P', 'North', undefined, undefined],
      [undefined, 'Plan', 'Real', 'Other'],
      ['A', 1, 2, 3],
    ];
    const merges = [{ from: { row: 0, column: 1 }, to: { row: 0, column: 2 } }];
    const sheet = { name: 'S', rows: rows.map((cells, index) => ({ index, cells })), merges };
    const table = buildTable({ ...sheet, hiddenRows: new Set(), hiddenColumns: new Set() });
    expect(namesOf(table)).toEqual(['North Plan', 'North Real', 'Other']);
  });

  test('rows with a fault or still to be filled in are none', () => {
    expect(refusalOf('m,v\na,abc\nb,3')).toMatch(/Cell B2 \(row 2\) holds "abc"/);
    expect(headingsOf(tableOf('Month,Sales,Note\nJan,,late\nFeb,3,ok'))).toEqual(['Jan', 'Feb']);
  });
});
