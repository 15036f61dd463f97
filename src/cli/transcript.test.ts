import { describe, expect, test } from 'vitest';
import { clockTime, parseTranscript } from './transcript.ts';

test.each([
  [0, '0:00.0'],
  [1.25, '0:01.2'],
  [0.3, '0:00.3'],
  [2.9, '0:02.9'],
  [59.99, '0:59.9'],
  [60, '1:00.0'],
  [3599.96, '59:59.9'],
  [3723.4, '1:02:03.4'],
])('%d seconds are %s on the clock', (seconds, expected) => {
  expect(clockTime(seconds)).toBe(expected);
});

describe('a transcript', () => {
  test('is read from an array of segments', () => {
    expect(parseTranscript('[{"content":"a","from":0,"to":1.5}]')).toEqual([{ content: 'a', from: 0, to: 1.5 }]);
    expect(parseTranscript('[]')).toEqual([]);
  });

  test.each(['', '{}', 'null', '[null]', '[{"content":"a"}]', '[{"content":1,"from":0,"to":1}]', 'oss://b/k'])(
    'is not seen in %j',
    (text) => {
      expect(parseTranscript(text)).toBeUndefined();
    },
  );
});
