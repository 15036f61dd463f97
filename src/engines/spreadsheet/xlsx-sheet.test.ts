import { describe, expect, test } from 'vitest';
import { buildTable } from './build-table.ts';
import { zipOf } from './test-archives.ts';
import { xlsxOf, xlsxParts, xmlRow } from './test-xlsx.ts';
import { readXlsx } from './xlsx-sheet.ts';

const rows = `${xmlRow('m', 'v')}${xmlRow('a', 1)}${xmlRow('b', 2)}`;
const values = (file: Buffer, sheet?: string): unknown =>
  buildTable(readXlsx(file, sheet)).columns.map(({ heading, values: numbers }) =>
    [heading.text].concat(numbers as unknown as string[]),
  );

describe('sheets', () => {
  const hidden = { name: 'H', state: 'hidden', rows: `${xmlRow('m', 'w')}${xmlRow('a', 9)}` } as const;

  test('the first one that is not hidden is read', () => {
    expect(values(xlsxOf(hidden, { ...hidden, name: 'V', state: 'veryHidden' }, { name: 'S', rows }))).toEqual([
      ['v', 1, 2],
    ]);
  });

  test('one that is named is read, hidden or not, in any letters', () => {
    expect(values(xlsxOf({ name: 'S', rows }, hidden), 'h')).toEqual([['w', 9]]);
    expect(values(xlsxOf({ name: 'A &amp; B', rows }), 'A & B')).toEqual([['v', 1, 2]]);
  });

  test('named like a part of an object it is read like any other', () => {
    for (const name of ['__proto__', 'constructor', 'toString'])
      expect(values(xlsxOf({ name, rows }), name)).toEqual([['v', 1, 2]]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('the ones that there are stand in the error', () => {
    expect(() => readXlsx(xlsxOf({ name: 'A', rows }, { name: 'B', rows }), 'C')).toThrow(
      'no sheet "C". It has "A", "B".',
    );
  });
});

test('rows and cells may say where they stand', () => {
  const placed =
    '<row r="3"><c r="B3" t="str"><v>v</v></c></row><row r="7"><c r="A7" t="str"><v>x</v></c><c r="B7"><v>4</v></c></row>';
  expect(readXlsx(xlsxOf({ name: 'S', rows: placed }), undefined).rows.map(({ index }) => index)).toEqual([2, 6]);
  expect(values(xlsxOf({ name: 'S', rows: placed }))).toEqual([['v', 4]]);
});

test('hidden rows and columns are left out, which is said', () => {
  const head = '<cols><col min="2" max="2" hidden="1"/></cols>';
  const all = `${xmlRow('m', 'x', 'v')}<row hidden="1"><c><v>9</v></c><c><v>9</v></c><c><v>9</v></c></row>${xmlRow('a', 5, 1)}`;
  const table = buildTable(readXlsx(xlsxOf({ name: 'S', rows: all, head }), undefined));
  expect(table.columns.map((column) => [column.heading.text, ...column.values])).toEqual([['v', 1]]);
  expect(table.notes).toEqual(['1 hidden row is left out.', '1 hidden column is left out.']);
});

test('elements may have a prefix', () => {
  const [types, root, book, links, sheet] = xlsxParts([{ name: 'S', rows }]);
  const prefixed = String(sheet?.content).replaceAll(/<(\/?)(\w)/g, '<$1x:$2');
  const parts = [types, root, book, links].flatMap((part) => part ?? []);
  expect(values(zipOf([...parts, { name: 'xl/worksheets/sheet1.xml', content: prefixed }]))).toEqual([['v', 1, 2]]);
});

test('days may be counted from 1904, and dates may be written out', () => {
  const dated = `${xmlRow('m', 'v')}<row><c t="d"><v>2024-01-05T00:00:00</v></c><c><v>1</v></c></row>`;
  const file = zipOf(xlsxParts([{ name: 'S', rows: dated }], '<workbookPr date1904="1"/>'));
  expect(readXlsx(file, undefined).rows).toHaveLength(2);
});

test('sizes in 64 bits are read', () => {
  expect(
    values(zipOf(xlsxParts([{ name: 'S', rows }]).map((part) => Object.assign(part, { isLong: true })))),
  ).toEqual([['v', 1, 2]]);
});

describe('formulas', () => {
  const formula = (inside: string, attributes = ''): string =>
    `${xmlRow('m', 'v')}<row r="2"><c r="A2" t="str"><v>a</v></c><c r="B2"${attributes}>${inside}</c></row>`;

  test('count by the result that was saved with them', () => {
    expect(values(xlsxOf({ name: 'S', rows: formula('<f>1+1</f><v>2</v>') }))).toEqual([['v', 2]]);
  });

  test.each(['<f>1+1</f>', '<f>1+1</f><v/>', '<f t="shared" si="0"/>'])('without one are named: %s', (inside) => {
    const read = (): unknown => values(xlsxOf({ name: 'S', rows: formula(inside) }));
    expect(read).toThrow('Sheet "S", cell B2 holds a formula whose result was never saved.');
  });

  test('with an error are named, and #N/A is a gap', () => {
    const error = (name: string): Buffer =>
      xlsxOf({ name: 'S', rows: formula(`<f>x</f><v>${name}</v>`, ' t="e"') + xmlRow('b', 3) });
    expect(() => values(error('#REF!'))).toThrow('Sheet "S", cell B2 holds the formula error #REF!.');
    expect(values(error('#N/A'))).toEqual([['v', null, 3]]);
  });
});
