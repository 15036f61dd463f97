import { expect, test } from 'vitest';
import { followInTime } from './cycle-parts.ts';

test.each([
  ['Jan Feb Mar'],
  ['January February December'],
  ['Apr Jul Oct Jan'],
  ['1月 2月 12月'],
  ['一月 二月 十一月'],
  ['1月份 2月份'],
  ['Q3 Q4 Q1'],
  ['第一季度 第二季度 第四季度'],
  ['Mon Tue Sun'],
  ['周一 周二 周日'],
  ['08:00 12:00 24:00'],
  ['W1 W2 W10'],
  ['第1周 第2周'],
  ['1日 2日 31日'],
  ['H1 H2'],
  ['Januar Februar März'],
])('%s follow in time', (names) => {
  expect(followInTime(names.split(' '))).toBe(true);
});

test.each([
  ['Jan'],
  ['Jan Jan'],
  ['Jan Feb Jan'],
  ['Mar Feb Jan Mar'],
  ['Jan Tue'],
  ['A B'],
  ['13月 14月'],
  ['2 3 4'],
  ['5人 6人'],
  ['Q5 Q6'],
])('%s do not', (names) => {
  expect(followInTime(names.split(' '))).toBe(false);
});
