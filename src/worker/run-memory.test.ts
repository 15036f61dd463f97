import { beforeEach, describe, expect, test } from 'vitest';
import { silentLogger } from '../base/logger.ts';
import type { JobStore } from '../jobs/job-store.ts';
import type { JobProgress, Lease } from '../jobs/smart-job.ts';
import { StoreUnavailable } from '../jobs/store-unavailable.ts';
import { recallRun, type RunMemory } from './run-memory.ts';

/** Of the job; they outlive the runs of a test. */
let saved: Map<string, string>;
let held: boolean;
let inOrder: boolean;
let reported: JobProgress[];
let control: AbortController;
beforeEach(() => {
  [saved, held, inOrder, reported, control] = [new Map(), true, true, [], new AbortController()];
});

function answer<T>(value: T): Promise<T> {
  return inOrder ? Promise.resolve(value) : Promise.reject(new StoreUnavailable('The disk is full.', undefined));
}

const jobs = {
  checkpoints: () => answer(new Map(saved)),
  saveCheckpoint: async (_lease: Lease, key: string, value: string) => {
    await answer(undefined);
    if (held) saved.set(key, value);
    return held;
  },
} as unknown as JobStore;

function run(): Promise<RunMemory> {
  return recallRun({
    ...{ jobs, lease: {} as Lease, signal: control.signal, log: silentLogger },
    report: (progress) => reported.push(progress),
    onLost: () => control.abort('lost'),
  });
}

describe('a run', () => {
  test('gets what it saved, and what the runs before it saved', async () => {
    const first = await run();
    expect(await first.checkpoints.get('words')).toBeUndefined();
    await first.checkpoints.save('words', 'one');
    expect(await first.checkpoints.get('words')).toBe('one');
    expect(await (await run()).checkpoints.get('words')).toBe('one');
  });

  test('goes on from the progress of the last checkpoint, whatever it reports', async () => {
    const first = await run();
    first.report({ percent: 40, step: 'recognize' });
    await first.checkpoints.save('words', 'one');
    first.report({ percent: 45, step: 'recognize' });
    reported = [];
    const second = await run();
    for (const percent of [0, 5, 41]) second.report({ percent, step: 'decode' });
    expect(reported.map(({ percent }) => percent)).toEqual([40, 40, 40, 41]);
    await second.checkpoints.save('words', 'two');
    const third = await run();
    third.report({ percent: 1, step: 'decode' });
    expect(reported.at(-1)).toEqual({ percent: 41, step: 'decode' });
  });

  test('whose lease is lost is broken off when it saves', async () => {
    const { checkpoints } = await run();
    held = false;
    await expect(checkpoints.save('words', 'late')).rejects.toBe('lost');
    expect(control.signal.aborted).toBe(true);
    await expect(checkpoints.save('words', 'later')).rejects.toBe('lost');
    expect(saved.size).toBe(0);
  });

  test('goes on without checkpoints where the store is out of order, but not where we are', async () => {
    saved.set('words', 'one');
    inOrder = false;
    const { checkpoints } = await run();
    expect(await checkpoints.get('words')).toBeUndefined();
    await checkpoints.save('words', 'two');
    expect(await checkpoints.get('words')).toBe('two');
    expect(saved.get('words')).toBe('one');
    expect(control.signal.aborted).toBe(false);
    const broken = { ...jobs, checkpoints: () => Promise.reject(new TypeError('a fault')) } as unknown as JobStore;
    const parts = { jobs: broken, lease: {} as Lease, signal: control.signal, log: silentLogger };
    const ignore = (): void => undefined;
    await expect(recallRun({ ...parts, report: ignore, onLost: ignore })).rejects.toThrow('a fault');
  });
});
