import { expect, test } from 'vitest';
import { closeNames } from './close-names.ts';

const NAMES = ['zhitian', 'zhiqian', 'siqi', 'abby', 'en', 'longxiaochun_v2'];

test.each([
  ['zhitain', ['zhitian', 'zhiqian']],
  ['ZHITIAN2', ['zhitian', 'zhiqian']],
  ['sqi', ['siqi']],
  ['longxiaochun-v2', ['longxiaochun_v2']],
  ['longxiaochun', ['longxiaochun_v2']],
  ['em', []],
  ['', []],
])('%j comes close to %j', (written, close) => {
  expect(closeNames(written, NAMES)).toEqual(close);
});

test('at most three, the closest first', () => {
  expect(closeNames('abcd', ['abcx', 'abcd', 'abxd', 'xbcd', 'axcd'])).toEqual(['abcd', 'abcx', 'abxd']);
});
