import { describe, expect, test } from 'vitest';
import { columnsOf, headingsOf, namesOf, tableOf } from './test-tables.ts';

describe('a row that sums up the others is left out, which is said', () => {
  test.each([
    'Product,Sales\nA,10\nB,20\nTotal,30',
    'Product,Sales\nTotal,30\nA,10\nB,20',
    '产品,销量\nA,10\nB,20\n合 计,30',
    'Product,Sales\nA,33.33\nB,66.66\nGesamt:,100',
    'Product;Sales\nA;1.000,5\nB;2.000,5\nSumme;3.001',
  ])('%j', (text) => {
    const table = tableOf(text);
    expect(headingsOf(table)).toEqual(['A', 'B']);
    expect(table.notes).toEqual([expect.stringMatching(/^Row \d \(".+"\) sums up the others and is left out\.$/)]);
  });

  test('months before it are dates then', () => {
    expect(tableOf('Month,Sales\n2024-01,10\n2024-02,20\nTotal,30').time).toBe('rows');
  });

  test.each([
    ['one that sums up nothing', 'Product,Sales\nA,10\nB,20\nTotal,25'],
    ['one of another name', 'Product,Sales\nA,10\nB,20\nC,30'],
    ['one of two rows', 'Product,Sales\nA,10\nTotal,10'],
  ])('%s stays', (_what, text) => {
    expect(headingsOf(tableOf(text))).toHaveLength(text.split('\n').length - 1);
  });
});

test('a column that sums up the times before it is none of them', () => {
  const table = tableOf('产品,1月,2月,合计\nA,1,2,3\nB,0,0,0');
  expect([table.time, namesOf(table), table.notes]).toEqual([
    ...['columns', ['1月', '2月'], ['Column "合计" sums up the others and is left out.']],
  ]);
  expect(namesOf(tableOf('产品,甲,乙,合计\nA,1,2,3\nB,0,0,0'))).toHaveLength(3);
  expect(namesOf(tableOf('产品,1月,2月,合计\nA,1,2,4'))).toHaveLength(3);
});

test.each([
  ['a source in two cells', 'Country,v,w\nA,1,2\nB,3,4\nSource:,World Bank,'],
  ['signatures after a gap', 'Country,v,w\nA,1,2\nB,3,4\n\nmade by me,,seen by you'],
])('%s is no row', (_what, text) => {
  expect(columnsOf(tableOf(text))).toEqual([
    ['v', 1, 3],
    ['w', 2, 4],
  ]);
});
