import { expect, test } from 'vitest';
import { unfinished } from './spreadsheet-outcome.ts';

test.each([
  [{ kind: 'crashed', signal: 'SIGABRT', stderr: 'FATAL ERROR: Reached heap limit' }, /512 MB of memory/],
  [{ kind: 'exited', code: 134, stdout: '', stderr: 'JavaScript heap out of memory' }, /512 MB of memory/],
  [{ kind: 'timed-out', seconds: 60 }, /more than 10 seconds/],
  [{ kind: 'crashed', signal: 'SIGXCPU', stderr: '' }, /more than 10 seconds/],
] as const)('a reader that met its limit: the file is too large (%j)', (outcome, message) => {
  const refusal = {
    kind: 'refused',
    code: 'SpreadsheetTooLarge',
    message: expect.stringMatching(message) as string,
  };
  expect(unfinished(outcome)).toEqual(refusal);
});

test('a reader that fails otherwise is our fault, and what it said is kept for the log', () => {
  const outcome = unfinished({ kind: 'exited', code: 1, stdout: '', stderr: 'TypeError: x' });
  expect(outcome).toEqual({
    kind: 'failed',
    message: 'The spreadsheet reader ended unexpectedly.',
    detail: 'TypeError: x',
  });
});
