import { describe, expect, test } from 'vitest';
import { buildTable } from './build-table.ts';
import { zipOf } from './test-archives.ts';
import { columnsOf } from './test-tables.ts';
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

/** A workbook with a style of its own for each of the number formats. */
function styled(styledRows: string, formats: readonly number[], named: string, properties = ''): Buffer {
  const list = formats.map((id) => `<xf numFmtId="${id}"/>`).join('');
  const content = `<styleSheet><numFmts>${named}</numFmts><cellXfs>${list}</cellXfs></styleSheet>`;
  const link = '<Relationship Id="s" Type="x/styles" Target="/xl/styles.xml"/></';
  const parts = xlsxParts([{ name: 'S', rows: styledRows }], properties).map((part) => {
    const isLinks = part.name.endsWith('workbook.xml.rels');
    return { name: part.name, content: String(part.content).replace(isLinks ? '</' : /(?!)/, link) };
  });
  return zipOf([...parts, { name: 'xl/styles.xml', content }]);
}

const firstColumn = (file: Buffer): unknown[] =>
  readXlsx(file, undefined).rows.map(({ cells: [cell] }) =>
    typeof cell === 'object' && cell.kind === 'date' ? cell.date.text : cell,
  );

test('days may be counted from 1904, and dates may be written out and shown by their format', () => {
  const dated = `<row><c t="d" s="0"><v>2024-01-05T00:00:00</v></c></row><row><c t="d" s="1"><v>2024-01-05</v></c></row><row><c s="1"><v>43834</v></c></row>`;
  const month = '<numFmt numFmtId="200" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>';
  const file = styled(dated, [0, 200], month, '<workbookPr date1904="1"/>');
  expect(firstColumn(file)).toEqual(['2024-01-05', '2024年1月', '2024年1月']);
});

test('the dates of an East Asian Excel are dates, though it does not write how they look', () => {
  const ids = [27, 31, 36, 50, 57, 58];
  const dated = ids.map((_id, style) => `<row><c s="${style}"><v>45296</v></c></row>`).join('');
  expect(firstColumn(styled(dated, ids, ''))).toEqual([
    ...['2024年1月', '2024年1月5日', '2024年1月', '2024年1月', '2024年1月', '1月5日'],
  ]);
});

test('a part may be pointed at with backslashes, and one without a byte is named', () => {
  const changed = (change: (content: string, name: string) => string): Buffer => {
    const parts = xlsxParts([{ name: 'S', rows }]);
    return zipOf(parts.map(({ name, content }) => ({ name, content: change(String(content), name) })));
  };
  expect(values(changed((content) => content.replace('worksheets/', 'worksheets\\')))).toEqual([['v', 1, 2]]);
  const emptied = changed((content, name) => (name.endsWith('sheet1.xml') ? '' : content));
  expect(() => readXlsx(emptied, undefined)).toThrow('its part "xl/worksheets/sheet1.xml" is empty');
});

test('a workbook of the strict kind, and one with paths from the root, are read', () => {
  const strict = xlsxParts([{ name: 'S', rows }]).map(({ name, content }) => ({
    name,
    content: String(content)
      .replaceAll(
        'http://schemas.openxmlformats.org/officeDocument/2006/',
        'http://purl.oclc.org/ooxml/officeDocument/',
      )
      .replaceAll(
        'http://schemas.openxmlformats.org/spreadsheetml/2006/',
        'http://purl.oclc.org/ooxml/spreadsheetml/',
      )
      .replaceAll(/Target="(xl\/)?(?=\w)/g, 'Target="/xl/'),
  }));
  expect(values(zipOf(strict))).toEqual([['v', 1, 2]]);
});

test('a year over several rows heads each of them', () => {
  const cells = [2023, 2024].map(
    (year) => `${xmlRow(year, 'A', 1)}<row><c/><c t="str"><v>B</v></c><c><v>2</v></c></row>`,
  );
  const merges = '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="A4:A5"/></mergeCells>';
  const table = buildTable(
    readXlsx(xlsxOf({ name: 'S', rows: xmlRow('Year', 'Name', 'v') + cells.join(''), tail: merges }), undefined),
  );
  expect(table.rows.map(({ text }) => text)).toEqual(['2023', '2024']);
  expect(columnsOf(table)).toEqual([
    ['A', 1, 1],
    ['B', 2, 2],
  ]);
});

test('a name of megabytes is cut in what is said, and still found', () => {
  const name = 'S'.repeat(2_000_000);
  const sheet = readXlsx(xlsxOf({ name, rows }), name);
  expect(sheet.name).toHaveLength(100);
  expect(() => readXlsx(xlsxOf({ name, rows }), 'T')).toThrow(
    /^The workbook has no sheet "T"\. It has "S{99}…"\.$/,
  );
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
