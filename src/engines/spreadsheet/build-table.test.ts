import { describe, expect, test } from 'vitest';
import { buildTable } from './build-table.ts';
import type { Sheet } from './cell.ts';
import { turned, UniqueNames } from './chart-table.ts';
import { columnsOf, headingsOf, refusalOf, tableOf } from './test-tables.ts';

describe('names', () => {
  test('of columns stand in the first row, of rows in the first column', () => {
    const read = tableOf('Month,Sales,Cost\nJan,1,2\nFeb,3,4');
    expect([read.rowsName, headingsOf(read), columnsOf(read)]).toEqual([
      'Month',
      ['Jan', 'Feb'],
      [
        ['Sales', 1, 3],
        ['Cost', 2, 4],
      ],
    ]);
  });

  test('of columns may be missing', () => {
    expect(columnsOf(tableOf('Jan,1,2\nFeb,3,4'))).toEqual([
      ['Series 1', 1, 3],
      ['Series 2', 2, 4],
    ]);
  });

  test('of rows may be missing', () => {
    const read = tableOf('Sales\n5\n6');
    expect([headingsOf(read), columnsOf(read)]).toEqual([['1', '2'], [['Sales', 5, 6]]]);
  });

  test('that stand twice are told apart', () => {
    expect(columnsOf(tableOf('x,a,a,\np,1,2,3')).map((column) => (column as string[])[0])).toEqual([
      'a',
      'a (2)',
      'Series 3',
    ]);
  });

  test('that are all the same are told apart in no time', () => {
    const names = new UniqueNames();
    const taken = Array.from({ length: 300_000 }, () => names.take('x'));
    expect([new Set(taken).size, taken.at(-1)]).toEqual([300_000, 'x (300000)']);
    expect([names.take('y (2)'), names.take('y'), names.take('y')]).toEqual(['y (2)', 'y', 'y (3)']);
  });

  test('of a prototype are names like any other', () => {
    const read = tableOf('__proto__,constructor,toString\n__proto__,1,2\nhasOwnProperty,3,4');
    expect([headingsOf(read), columnsOf(read)]).toEqual([
      ['__proto__', 'hasOwnProperty'],
      [
        ['constructor', 1, 3],
        ['toString', 2, 4],
      ],
    ]);
    expect(Object.keys({})).toEqual([]);
  });

  test('that are far too long are cut', () => {
    expect(headingsOf(tableOf(`n,v\n${'长'.repeat(5000)},1`))[0]).toHaveLength(120);
  });

  test('the corner may be empty', () => {
    expect(columnsOf(tableOf(',Sales\nJan,1\nFeb,2'))).toEqual([['Sales', 1, 2]]);
  });
});

test('what stands above and below the table is no part of it', () => {
  const read = tableOf('Sales of tea\nin thousands\n\nMonth,Sales\nJan,1\nFeb,\n\nSource: us\nand them');
  expect([read.title, headingsOf(read), columnsOf(read)]).toEqual([
    'Sales of tea in thousands',
    ['Jan', 'Feb'],
    [['Sales', 1, null]],
  ]);
});

test('rows at the end that wait for their numbers stay', () => {
  expect(headingsOf(tableOf('Month,Sales\nJan,1\nFeb,\nMar,'))).toEqual(['Jan', 'Feb', 'Mar']);
});

describe('time', () => {
  test.each([
    ['2024-01,1\n2024-02,2', 'rows'],
    ['Year,v\n2019,1\n2020,2', 'rows'],
    ['2024年1月,1\n2024年2月,2', 'rows'],
    ['date,v\n20240105,1\n20240106,2', 'rows'],
    ['date,v\n13/01/2024,1\n02/02/2024,2', 'rows'],
    ['date,v\n01/02/2024,1\n02/03/2024,2', 'none'],
    ['country,2019,2020\nChina,1,2\nIndia,3,4', 'columns'],
    ['country,code,2019,2020\nChina,CN,1,2\nIndia,IN,3,4', 'columns'],
    ['country,2024Q1,2024Q2\nChina,1,2', 'columns'],
    ['name,a,b\nx,1,2', 'none'],
    ['x,y\n1,5\n2,7\n3,6', 'none'],
  ])('%j: %s', (text, time) => {
    expect(tableOf(text).time).toBe(time);
  });

  test('rows and columns change places', () => {
    const read = turned(tableOf('country,2019,2020\nChina,1,2\nIndia,3,'));
    expect([read.time, headingsOf(read), columnsOf(read)]).toEqual([
      'rows',
      ['2019', '2020'],
      [
        ['China', 1, 2],
        ['India', 3, null],
      ],
    ]);
    expect(turned(turned(read))).toEqual(read);
  });
});

describe('a long table', () => {
  test('gets a column for each name and a row for each time, in order', () => {
    const read = tableOf('date,who,sales\n2024-02,b,4\n2024-01,a,1\n2024-01,b,2\n2024-02,a,3\n2024-03,a,5');
    expect([read.time, headingsOf(read), columnsOf(read)]).toEqual([
      'rows',
      ['2024-01', '2024-02', '2024-03'],
      [
        ['b', 2, 4, null],
        ['a', 1, 3, 5],
      ],
    ]);
  });

  test('may have its time in the second column', () => {
    const read = tableOf('country,year,value\nChina,2019,1\nChina,2020,2\nIndia,2019,3\nIndia,2020,4');
    expect([headingsOf(read), columnsOf(read)]).toEqual([
      ['2019', '2020'],
      [
        ['China', 1, 2],
        ['India', 3, 4],
      ],
    ]);
  });

  test('is none where the second words are but remarks', () => {
    const read = tableOf('country,capital,people\nChina,Beijing,1\nIndia,Delhi,2\nPeru,Lima,3');
    expect(headingsOf(read)).toEqual(['China', 'India', 'Peru']);
    expect(read.notes).toEqual(['Column B ("capital") has no numbers and is left out.']);
  });
});

describe('numbers', () => {
  test('come with the unit that their cells show', () => {
    const read = tableOf('m,share,money,people\nJan,12%,"¥1,234.5",3万人\nFeb,(5%),¥2,15人');
    expect(read.columns.map(({ unit, values }) => [unit, values])).toEqual([
      ['%', [0.12, -0.05]],
      ['¥', [1234.5, 2]],
      ['人', [30_000, 15]],
    ]);
  });

  test.each(['', '-', '—', '－', 'n/a', 'N/A', '#N/A', ':', '..', 'null', '无'])(
    'are missing where %j stands',
    (nothing) => {
      expect(columnsOf(tableOf(`m,v\na,1\nb,${nothing}\nc,3`))).toEqual([['v', 1, null, 3]]);
    },
  );

  test('have the decimal comma where a column needs it', () => {
    expect(columnsOf(tableOf('m;v\na;1.234\nb;1.234,5\nc;3'))).toEqual([['v', 1234, 1234.5, 3]]);
  });

  test('have the decimal mark of the other columns where theirs does not show it', () => {
    expect(columnsOf(tableOf('m;v;w\na;1.234;2,5\nb;2.345;3,5'))).toEqual([
      ['v', 1234, 2345],
      ['w', 2.5, 3.5],
    ]);
  });

  test('that only count the rows are no series', () => {
    const read = tableOf('No.,Country,Units\n1,China,5\n2,India,6');
    expect([headingsOf(read), columnsOf(read)]).toEqual([['China', 'India'], [['Units', 5, 6]]]);
    expect(read.notes).toEqual(['Column A ("No.") only counts the rows and is left out.']);
  });

  test('head the rows where nothing else does', () => {
    expect(tableOf('x,y\n"1,000.5",5\n2.5,7\n-,8').rows).toEqual([
      { text: '1,000.5', number: 1000.5 },
      { text: '2.5', number: 2.5 },
      { text: '-' },
    ]);
    expect(refusalOf('x,y\n1,5\n2,7\nabc,8')).toMatch(/Cell A4 \(row 4\) holds "abc"/);
  });
});

test('of very many columns without numbers the first are named', () => {
  const words = 'word,'.repeat(12_000);
  const { notes } = tableOf(`x,${words}v\na,${words}1\nb,${words}2`);
  expect([notes.length, notes.at(-1)]).toEqual([21, '11980 more columns are left out.']);
});

describe('is refused by the name of the cell', () => {
  test.each([
    ['m,v\na,1\nb,abc\nc,3', 'SpreadsheetCellInvalid: Cell B3 (row 3) holds "abc", which is not a number.'],
    [
      'm,v\na,1.5\nb,"2,5"\nc,3.5\nd,"4,5"',
      'SpreadsheetCellInvalid: Cell B3 (row 3) holds "2,5", whose decimal mark is not that of the other cells of its' +
        ' column. 1 more cell of this column cannot be read either.',
    ],
    ['m,v\na,1 kg\nb,2 m', 'SpreadsheetCellInvalid: Cell B3 (row 3) counts in "m", cells above it in "kg".'],
    [
      'm,n\na,b\nc,d',
      'SpreadsheetNoNumbers: The file has no column of numbers under "m | n". A table needs names or dates in one' +
        ' column, numbers in others.',
    ],
    [',,\n,,\n', 'SpreadsheetEmpty: The file has no visible cell with something in it.'],
  ])('%j', (text, expected) => {
    expect(refusalOf(text)).toBe(expected);
  });
});

test('a sheet whose few cells stand far apart is not blown up', () => {
  const rows = Array.from({ length: 2000 }, (_, index) => {
    const cells: number[] = [];
    cells[index * 8] = 1;
    return { index: index * 500, cells };
  });
  const sheet: Sheet = { name: 'S', rows, merges: [], hiddenRows: new Set(), hiddenColumns: new Set() };
  expect(() => buildTable(sheet)).toThrow(/2000 rows and 2000 columns; at most 1000000 cells/);
});
