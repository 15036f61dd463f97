import { expect, test } from 'vitest';
import { byteSize } from './byte-size.ts';

test.each([
  [0, '0 KB'],
  [4, '1 KB'],
  [64_717_756, '64.7 MB'],
  [99_960_000, '100 MB'],
  [163_002_883, '163 MB'],
  [999_600_000, '1.0 GB'],
  [1_068_482_488, '1.1 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(byteSize(bytes)).toBe(text);
});
