import { expect } from 'vitest';
import { expectSameJob } from './expect-same.ts';
import type { History } from './history.ts';
import type { ModelJob, ModelStore } from './model-store.ts';
import { BROKEN, RESULT } from './sample-jobs.ts';

type LeaseStep = 'finish' | 'fail' | 'handBack' | 'renew' | 'progress' | 'checkpoint';

/** A write of one of the workers that ever held a lease. Where it was lost, the job must stay as it was. */
export async function takeLeaseStep(history: History, kind: LeaseStep, pick: number): Promise<void> {
  const { store, model, clock, leases, witness } = history;
  const lease = leases[pick % Math.max(1, leases.length)];
  if (lease === undefined) return;
  const percent = pick % 101;
  const now = clock.now();
  const leaseMs = model.freeLease(now);
  const held = model.held(lease);
  expect(await store.holds(lease)).toBe(held !== undefined);
  const write: Record<LeaseStep, () => Promise<boolean>> = {
    finish: () => store.finish(lease, RESULT),
    fail: () => store.fail(lease, BROKEN),
    handBack: () => store.handBack(lease),
    renew: () => store.renew(lease, leaseMs),
    progress: () => store.saveProgress(lease, { percent, step: 'step' }),
    checkpoint: () => store.saveCheckpoint(lease, `key ${pick % 3}`, `value ${pick}`),
  };
  expect(await store.checkpoints(lease)).toEqual(held?.checkpoints ?? new Map());
  const written = await write[kind]();
  expect(written, 'a lost lease writes nothing, a held one does').toBe(held !== undefined);
  if (held !== undefined) writeModel(model, kind, held, { pick, percent, now, leaseMs });
  if (written && (kind === 'finish' || kind === 'fail')) witness.ended(lease.jobId);
  await expectSameJob(store, lease, model.find(lease.account, lease.jobId));
}

type Written = {
  readonly pick: number;
  readonly percent: number;
  readonly now: number;
  readonly leaseMs: number;
};

function writeModel(
  model: ModelStore,
  kind: LeaseStep,
  job: ModelJob,
  { pick, percent, now, leaseMs }: Written,
): void {
  if (kind === 'finish') model.finish(job, RESULT, now);
  if (kind === 'fail') model.fail(job, BROKEN, now);
  if (kind === 'handBack') model.handBack(job, now);
  if (kind === 'renew') job.leaseUntil = now + leaseMs;
  if (kind === 'progress') job.progress = { percent: Math.max(job.progress?.percent ?? 0, percent), step: 'step' };
  if (kind === 'checkpoint') job.checkpoints.set(`key ${pick % 3}`, `value ${pick}`);
}
