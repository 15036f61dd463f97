import { describe, expect, test } from 'vitest';
import { checkTimestamp } from './timestamp.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

describe('the timestamp of a request', () => {
  test('an expired one is told both times, the difference and the limit', () => {
    expect(checkTimestamp('x-acs-date', '2026-01-02T02:49:04Z', NOW)).toEqual({
      kind: 'refused',
      code: 'InvalidTimeStamp.Expired',
      message:
        "x-acs-date 2026-01-02T02:49:04Z is 901 seconds behind this server's time 2026-01-02T03:04:05Z; the limit " +
        "is 900 seconds each way. Set the caller's clock, and sign at the time of sending.",
    });
  });

  test('a part of a second too old is shown as over the limit', () => {
    const message = checkTimestamp('Timestamp', '2026-01-02T02:49:05Z', NOW + 1)?.message;
    expect(message).toContain('is 901 seconds behind');
  });

  test.each([
    '',
    'yesterday',
    '2026-01-02T03:04:05.000Z',
    '2026-01-02T03:04:05+00:00',
    '2026-01-02 03:04:05Z',
    '2026-01-02T03:04Z',
    '2026-13-02T03:04:05Z',
    ' 2026-01-02T03:04:05Z',
    '1767323045000',
  ])('%j is not of the form', (text) => {
    expect(checkTimestamp('Timestamp', text, NOW)).toMatchObject({
      code: 'InvalidTimeStamp.Format',
      message: expect.stringContaining('Timestamp is not a time of the form yyyy-MM-ddTHH:mm:ssZ'),
    });
  });
});
