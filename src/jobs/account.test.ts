import { describe, expect, test } from 'vitest';
import { parseAccountId } from './account.ts';

describe('account id', () => {
  test.each(['1000000000000000', '1234567890123456', '9007199254740991'])('%s is one', (text) => {
    expect(parseAccountId(text)).toBe(text);
  });

  test.each([
    '9007199254740992',
    '9999999999999999',
    '0234567890123456',
    '123456789012345',
    '12345678901234567',
    '123456789012345a',
    ' 1234567890123456',
    '1234567890123456\n',
    '１２３４５６７８９０１２３４５６',
    '',
  ])('%j is none', (text) => {
    expect(parseAccountId(text)).toBeUndefined();
  });
});
