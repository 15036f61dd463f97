import { expect, test } from 'vitest';
import { canBecome, JOB_STATES } from './job-state.ts';

test('the state machine has these edges and no others', () => {
  const edges = JOB_STATES.flatMap((from) =>
    JOB_STATES.filter((to) => canBecome(from, to)).map((to) => `${from} -> ${to}`),
  );
  expect(edges).toEqual([
    'Created -> Executing',
    'Created -> Failed',
    'Executing -> Created',
    'Executing -> Executing',
    'Executing -> Finished',
    'Executing -> Failed',
    'Failed -> Created',
  ]);
});
