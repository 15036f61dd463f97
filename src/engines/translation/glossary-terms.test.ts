import { expect, test } from 'vitest';
import { findTerms } from './glossary-terms.ts';

const GLOSSARY = [
  { source: 'server', target: 'servidor' },
  { source: 'media server', target: 'servidor de medios' },
  { source: 'US', target: 'EE. UU.' },
  { source: 'C++', target: 'C++' },
  { source: '云', target: 'cloud' },
];

const inLine = (line: string): string[] =>
  findTerms(line, GLOSSARY).map(({ from, to, target }) => `${line.slice(from, to)} = ${target}`);

test.each([
  ['The server is up.', ['server = servidor']],
  ['The media server and the server', ['media server = servidor de medios', 'server = servidor']],
  ['a media  server', ['media  server = servidor de medios']],
  ['Server, go!', ['Server = Servidor']],
  ['STOP THE SERVER', ['SERVER = SERVIDOR']],
  ['servers, observer, server2', []],
  ['Follow us to the US', ['US = EE. UU.']],
  ['C++, C+++ and XC++', ['C++ = C++', 'C++ = C++']],
  ['阿里云上', ['云 = cloud']],
])('in %j stand %j', (line, found) => {
  expect(inLine(line)).toEqual(found);
});

test('a term without a text, or without a translation, is none', () => {
  const glossary = [
    { source: ' ', target: 'x' },
    { source: 'a', target: '' },
  ];
  expect(findTerms('a b', glossary)).toEqual([]);
});

test('signs of a term are no pattern', () => {
  expect(findTerms('abc a.c', [{ source: 'a.c', target: 'x' }])).toEqual([{ from: 4, to: 7, target: 'x' }]);
});
