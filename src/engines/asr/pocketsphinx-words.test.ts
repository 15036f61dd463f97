import { expect, test } from 'vitest';
import { wordsOfHypseg, wordsOfJson } from './pocketsphinx-words.ts';

test('a hypseg line gives its words with times, without fillers and pronunciation marks', () => {
  const line =
    '3 S 0 T -20 A -19 L -10 0 -43 0 <s> 20 -79 -21 and(2) 37 -56 -47 mr 63 -33 -52 <sil> 98 -11 -54 [NOISE] ' +
    '133 -40 -36 ++BREATH++ 158 -70 -23 john 180 -12 -10 </s> 212';
  expect(wordsOfHypseg(line, 10)).toEqual([
    { text: 'and', from: 10.2, to: 10.37 },
    { text: 'mr', from: 10.37, to: 10.63 },
    { text: 'john', from: 11.58, to: 11.8 },
  ]);
});

test('a segment in which nothing was recognized gives no words', () => {
  expect(wordsOfHypseg('0 (null)', 0)).toEqual([]);
  expect(wordsOfHypseg('', 0)).toEqual([]);
});

test('a JSON line of version 5 gives the same', () => {
  const line =
    '{"b":0.000,"d":1.1,"p":0.0,"t":"and mr","w":[{"b":0.0,"d":0.2,"p":1.0,"t":"<s>"},' +
    '{"b":0.25,"d":0.25,"p":0.2,"t":"and(2)"},{"b":0.5,"d":0.5,"p":0.7,"t":"mr"},{"b":1.0,"d":0.1,"p":0.7,"t":"[SPEECH]"}]}';
  expect(wordsOfJson(line, 1)).toEqual([
    { text: 'and', from: 1.25, to: 1.5 },
    { text: 'mr', from: 1.5, to: 2 },
  ]);
});

test('what is no JSON line of words is told apart', () => {
  expect([wordsOfJson('INFO: loading', 0), wordsOfJson('{"t":""}', 0), wordsOfJson('', 0)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
