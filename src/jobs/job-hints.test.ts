import { expect, test, vi } from 'vitest';
import { JobHints } from './job-hints.ts';
import type { JobId } from './job-id.ts';

test('hints reach every listener that is subscribed, each only those it listens for', () => {
  const hints = new JobHints();
  const [submitted, stopped] = [vi.fn<() => void>(), vi.fn<(id: JobId) => void>()];
  const unsubscribe = hints.subscribe({ submitted });
  hints.subscribe({ stopped });
  hints.submitted();
  hints.stopped('019b7c5f1a6e7000a000000000000000' as JobId);
  unsubscribe();
  hints.submitted();
  expect(submitted).toHaveBeenCalledTimes(1);
  expect(stopped.mock.calls).toEqual([['019b7c5f1a6e7000a000000000000000']]);
});
