import { expect, test } from 'vitest';
import { jobFailure } from '../jobs/job-failure.ts';
import { Steps, type Step } from './steps.ts';

const double: Step<number, number> = {
  name: 'doubling',
  weight: 1,
  async run(value, onProgress) {
    for (const fraction of [0.5, 0.2, 7]) onProgress(fraction);
    return { kind: 'done', value: 2 * value };
  },
};
const write: Step<number, string> = {
  name: 'writing',
  weight: 3,
  run: async (value) => ({ kind: 'done', value: `is ${value}` }),
};
const refuse: Step<number, number> = {
  name: 'refusing',
  weight: 3,
  run: async () => ({ kind: 'failed', failure: jobFailure('EngineFailed', 'no') }),
};

test('each step gets what the one before it made, and the progress never falls', async () => {
  const seen: string[] = [];
  const outcome = await Steps.startingWith(double)
    .next(write)
    .run(21, ({ percent, step }) => seen.push(`${percent} ${step}`));
  expect(outcome).toEqual({ kind: 'done', value: 'is 42' });
  expect(seen).toEqual(['0 doubling', '12 doubling', '12 doubling', '25 doubling', '25 writing', '100 writing']);
});

test('the first failure ends the run', async () => {
  const seen: string[] = [];
  const outcome = await Steps.startingWith(refuse)
    .next(write)
    .run(1, ({ step }) => seen.push(step));
  expect(outcome).toEqual({ kind: 'failed', failure: { code: 'EngineFailed', message: 'no' } });
  expect(seen).toEqual(['refusing']);
});
