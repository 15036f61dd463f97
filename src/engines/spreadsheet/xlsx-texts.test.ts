import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharedTexts, textOf } from './xlsx-texts.ts';

/** As a part is held: one character a byte. */
const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');

test.each([
  ['<t>数量 😀</t>', '数量 😀'],
  ['<t xml:space="preserve"> a </t>', ' a '],
  ['<t>a &amp;amp; b &lt;c&gt; &#25968;&#x91CF;</t>', 'a &amp; b <c> 数量'],
  ['<r><rPr><b/></rPr><t>bold</t></r><r><t xml:space="preserve"> and not</t></r>', 'bold and not'],
  ['<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh>', '東京'],
  ['<x:t>prefixed</x:t>', 'prefixed'],
  ['<t>one_x000D_two _x4E2D_</t>', 'one two 中'],
  ['<t/>', ''],
])('%s', (xml, expected) => {
  expect(textOf(bytesOf(xml))).toBe(expected);
});

test('texts are counted in order, empty ones too', () => {
  expect(sharedTexts('<sst count="9"><si><t>a</t></si><si/><si><t/></si><si><t>b</t></si></sst>')).toEqual([
    'a',
    '',
    '',
    'b',
  ]);
});

test('whatever a program writes is read back', () => {
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const texts = fc.string({ unit: 'binary' }).filter((text) => !/\p{Cs}|_x[\dA-F]{4}_/iu.test(text));
  fc.assert(
    fc.property(fc.array(texts), (items) => {
      const xml = items.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('');
      expect(sharedTexts(bytesOf(xml))).toEqual(items);
    }),
  );
});
