import { expect, test } from 'vitest';
import { lineParts } from './line-parts.ts';

const marked = (line: string): string =>
  lineParts(line, [{ source: 'cat', target: 'gato' }])
    .map(({ kind, text }) => (kind === 'words' ? text : kind === 'kept' ? `{${text}}` : `[${text}]`))
    .join('|');

test.each([
  ['a house', 'a house'],
  [
    'see https://a.example/b?c=d, or (http://e.example).',
    'see |{https://a.example/b?c=d}|, or (|{http://e.example}|).',
  ],
  ['www.a.example/b. Good', '{www.a.example/b}|. Good'],
  ['write to a.b+c@d.example.org!', 'write to |{a.b+c@d.example.org}|!'],
  ['@bob and #tag_1, not a@ b', '{@bob}| and |{#tag_1}|, not a@ b'],
  ['<i>a</i> <font color="red">b', '[<i>]|a|[</i>]| |[<font color="red">]|b'],
  [String.raw`{\an8}a {b}`, String.raw`[{\an8}]|a {b}`],
  ['1 < 2 > 1', '1 < 2 > 1'],
  ['the cat at https://cat.example', 'the |{gato}| at |{https://cat.example}'],
  ['<b title="cat">Cat', '[<b title="cat">]|{Gato}'],
])('%j is cut into %s', (line, parts) => {
  expect(marked(line)).toBe(parts);
});

test.each(['a', 'a@', 'http://', '<a', 'www.', '{\\', '.'])(
  'a line of %j alone, 100,000 long, takes no time',
  (one) => {
    const line = one.repeat(100_000 / one.length);
    expect(
      lineParts(line, [])
        .map(({ text }) => text)
        .join(''),
    ).toBe(line);
  },
);
