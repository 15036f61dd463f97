import { expect, test } from 'vitest';
import { signedHeaderNames } from './signed-header-names.ts';

test('names come in lower case and sorted, the second time as the first', () => {
  for (let time = 0; time < 2; time += 1) {
    expect(signedHeaderNames('X-Acs-Date;Host')).toEqual(['host', 'x-acs-date']);
  }
});

test('more lists than are kept, and lists too long to keep, are read all the same', () => {
  for (let index = 0; index < 200; index += 1) {
    expect(signedHeaderNames(`host;x-${index}`)).toEqual(['host', `x-${index}`]);
  }
  const long = Array.from({ length: 300 }, (_, index) => `x-${1000 + index}`);
  expect(signedHeaderNames(long.join(';'))).toEqual(long);
  expect(signedHeaderNames('host;x-0')).toEqual(['host', 'x-0']);
});

test.each(['', 'host;', 'host;a;host', 'host;Host'])('%j has a name that is empty or comes twice', (text) => {
  expect(signedHeaderNames(text)).toBeUndefined();
});
