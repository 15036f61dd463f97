import { expect, test } from 'vitest';
import { findTerms, termsIn } from './glossary-terms.ts';

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
  for (const sign of '-/\\^$.*+?()[]{}|&~#@!\'"`<>=,:;%') {
    const source = `a${sign}b`;
    expect([sign, findTerms(`an ${source}.`, [{ source, target: 'x' }])]).toEqual([
      sign,
      [{ from: 3, to: 6, target: 'x' }],
    ]);
  }
});

test('of two terms of the same letters the one with the capitals of the line is meant, in whatever order', () => {
  const glossary = [
    { source: 'us', target: 'nosotros' },
    { source: 'US', target: 'EE. UU.' },
  ];
  for (const terms of [glossary, glossary.toReversed()]) {
    expect(findTerms('US', terms)).toEqual([{ from: 0, to: 2, target: 'EE. UU.' }]);
    expect(findTerms('to us', terms)).toEqual([{ from: 3, to: 5, target: 'nosotros' }]);
  }
});

test('a term that only begins within what looked like one is found', () => {
  expect(findTerms('xa a a', [{ source: 'a a', target: 'b' }])).toEqual([{ from: 3, to: 6, target: 'b' }]);
});

test('whole words count beyond the basic plane too', () => {
  const word = '\u{1E900}\u{1E901}';
  const glossary = [{ source: word, target: 'x' }];
  expect(findTerms(`${word}\u{1E902}`, glossary)).toEqual([]);
  expect(findTerms(`\u{1E902}${word}`, glossary)).toEqual([]);
  expect(findTerms(`a ${word}.`, glossary)).toEqual([{ from: 2, to: 6, target: 'x' }]);
});

test('the terms of some lines are those that stand in one of them', () => {
  const glossary = ['red', 'car', 'bus'].map((source) => ({ source, target: source }));
  expect(termsIn(['a red house', 'the bus', 'scar'], glossary).map(({ source }) => source)).toEqual(['red', 'bus']);
});

// Patterns that are made anew for each line took 150 ms a line.
test('a hundred lines are looked through for 500 terms at once', () => {
  const glossary = Array.from({ length: 500 }, (_, index) => ({ source: `term ${index}`, target: `${index}` }));
  const began = process.cpuUsage();
  const found = Array.from({ length: 100 }, (_, index) =>
    findTerms(`This is the term ${index}, in a line`, glossary),
  );
  const { user, system } = process.cpuUsage(began);
  expect(found.every(({ length }) => length === 1)).toBe(true);
  expect((user + system) / 1e6).toBeLessThan(3);
});
