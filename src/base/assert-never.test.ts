import { expect, test } from 'vitest';
import { assertNever } from './assert-never.ts';

test('a value that the types exclude is named in the error', () => {
  expect(() => assertNever('Other' as never)).toThrow('Unexpected value: "Other"');
});
