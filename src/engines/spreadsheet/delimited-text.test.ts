import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText, parseDelimited } from './delimited-text.ts';
import { tableOf } from './test-tables.ts';

const rowsOf = (text: string): unknown[][] =>
  parseDelimited(text).rows.map(({ cells }) => Array.from(cells, (cell) => cell ?? null));

test.each([
  ['commas', 'a,b\n1,2\n'],
  ['semicolons', 'a;b\n1;2\n'],
  ['tabs', 'a\tb\n1\t2\n'],
  ['bars', 'a|b\r\n1|2\r\n'],
  ['what its first line says', 'sep=^\na^b\n1^2'],
  ['commas, with old ends of lines', 'a,b\r1,2'],
])('cells parted by %s', (_what, text) => {
  expect(rowsOf(text)).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
});

test('semicolons part cells that hold commas', () => {
  expect(rowsOf('name;1,5;2,5\nother;3,5;4,5')[0]).toEqual(['name', '1,5', '2,5']);
});

test('quotation marks keep separators, line breaks and themselves', () => {
  expect(rowsOf('"a,""x""\nb",2\n"c" ,3\n ,""')).toEqual([
    ['a,"x"\nb', '2'],
    ['c', '3'],
  ]);
  expect(() => rowsOf('a,b\n1,"2\n3')).toThrow(/quotation mark that opens in row 2 never closes/);
});

test('rows keep their numbers where rows before them are empty', () => {
  expect(parseDelimited('a,b\n\n,\n1,2').rows.map(({ index }) => index)).toEqual([0, 3]);
});

test('columns that are empty in every row are none, however many separators there are', () => {
  const end = ','.repeat(40);
  const lines = Array.from({ length: 30_000 }, (_, row) => `r${row},${row}${end}`);
  expect(tableOf([`n,v${end}`, ...lines].join('\n')).columns).toHaveLength(1);
  expect(tableOf(',,Year,v,\n,,2019,1,\n,,2020,2,').time).toBe('rows');
});

test.each([
  ['UTF-8', Buffer.from('月份,数量')],
  ['UTF-8 with its mark', Buffer.from('\uFEFF月份,数量')],
  ['UTF-16', Buffer.from('\uFEFF月份,数量', 'utf16le')],
  ['GB18030', Buffer.from('d4c2b7dd2ccafdc1bf', 'hex')],
])('%s is read', (_encoding, bytes) => {
  expect(rowsOf(decodeText(bytes))).toEqual([['月份', '数量']]);
});

test.each([
  ['Größe;Maß\nÄpfel;5', 'Größe'],
  ['Région;Été\ncréée;5', 'Région'],
  ['Preis €;Jahr\nx;5', 'Preis €'],
])('a text of Western Windows is read: %j', (text, name) => {
  const bytes = Buffer.from(text.replaceAll('€', '\u0080'), 'latin1');
  expect(rowsOf(decodeText(bytes))[0]?.[0]).toBe(name);
});

test('a rare character, the second byte of which is a Latin letter, does not make a Chinese text a Western one', () => {
  // 朱镕基,1
  expect(rowsOf(decodeText(Buffer.from('d6ece946bbf92c31', 'hex')))).toEqual([['朱镕基', '1']]);
});

test('bytes that are no text are refused', () => {
  expect(() => decodeText(Buffer.from([0x41, 0xff, 0xff, 0x0a]))).toThrow(/no text in UTF-8 or GB18030/);
  expect(() => decodeText(Buffer.from('a\0b'))).toThrow(/neither a workbook nor text/);
});

test('whatever a program writes with quotation marks is read back', () => {
  const cell = fc.string({ unit: fc.constantFrom(...Array.from('ab",;\t\n|é ')) }).map((text) => text.trim());
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(table, fc.constantFrom(',', ';', '\t', '|'), (rows, separator) => {
      const quoted = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(separator));
      const expected = rows
        .map((row) => row.map((text) => text || null))
        .filter((row) => row.some((text) => text !== null));
      expect(rowsOf(`sep=${separator}\n${quoted.join('\r\n')}`)).toEqual(expected);
    }),
  );
});

test('no text does any harm: the only one refused has a quotation mark that stays open', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from('a1",;\t\n\r| ')) }), (text) => {
      const outcome = (): string => {
        try {
          return String(parseDelimited(text).rows.length);
        } catch (error) {
          return (error as Error).message;
        }
      };
      expect(outcome()).toMatch(/^\d+$|never closes/);
    }),
  );
});
