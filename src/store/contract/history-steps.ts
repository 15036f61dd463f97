import * as fc from 'fast-check';
import { expect } from 'vitest';
import { assertNever } from '../../base/assert-never.ts';
import type { AccountId } from '../../jobs/account.ts';
import type { JobId } from '../../jobs/job-id.ts';
import { JOB_TYPES, type JobType } from '../../jobs/job-type.ts';
import type { Lease } from '../../jobs/smart-job.ts';
import type { ModelJob, ModelStore } from './model-store.ts';
import { ALICE, BOB, BROKEN, CANCELED, draft, LEASE_MS, RESULT, UNKNOWN_ID } from './sample-jobs.ts';
import type { StoreFixture } from './store-fixture.ts';

/** A step of a random history. `pick` chooses among the jobs, or the leases, that there are by then. */
export type Step =
  | { readonly kind: 'submit'; readonly account: AccountId; readonly type: JobType }
  | { readonly kind: 'claim' }
  | { readonly kind: 'cancel' | 'retry' | 'delete'; readonly account: AccountId; readonly pick: number }
  | { readonly kind: 'finish' | 'fail' | 'handBack' | 'renew' | 'progress'; readonly pick: number }
  | { readonly kind: 'wait'; readonly milliseconds: number };

const account = fc.constantFrom(ALICE, BOB);
const pick = fc.nat(1000);

export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('submit'), account, type: fc.constantFrom(...JOB_TYPES) }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('claim') }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('cancel', 'retry', 'delete'), account, pick }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constantFrom('finish', 'fail', 'handBack', 'renew', 'progress'), pick }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('wait'),
      milliseconds: fc.constantFrom(1, 7, 11_003, LEASE_MS, -5000),
    }),
  },
);

/** A store and its model, and every lease that was ever given out. */
export type History = { readonly fixture: StoreFixture; readonly model: ModelStore; readonly leases: Lease[] };

/** Takes the step in both, and expects the same outcome of both. */
export async function take(history: History, next: Step): Promise<void> {
  const { fixture, model, leases } = history;
  switch (next.kind) {
    case 'submit':
      model.submitted(await fixture.store.submit(next.account, draft({ type: next.type })));
      return;
    case 'claim':
      await takeClaim(history);
      return;
    case 'wait':
      fixture.clock.advance(next.milliseconds);
      return;
    case 'cancel':
    case 'retry':
    case 'delete': {
      const { length } = model.jobs;
      const id = model.jobs[next.pick % (length + 1)]?.id ?? UNKNOWN_ID;
      await takeCallerStep(history, next.kind, next.account, id);
      return;
    }
    case 'finish':
    case 'fail':
    case 'handBack':
    case 'renew':
    case 'progress': {
      const lease = leases[next.pick % Math.max(1, leases.length)];
      if (lease !== undefined) await takeLeaseStep(history, next.kind, lease, next.pick % 101);
      return;
    }
    default:
      assertNever(next);
  }
}

async function takeClaim({ fixture, model, leases }: History): Promise<void> {
  const now = fixture.clock.now();
  const leaseMs = model.freeLease(now);
  const claimed = await fixture.store.claim('worker-1', leaseMs);
  const expected = model.claim(leaseMs, now);
  expect({ id: claimed?.job.id, epoch: claimed?.lease.epoch }).toEqual({
    id: expected?.id,
    epoch: expected?.epoch,
  });
  if (claimed !== undefined) leases.push(claimed.lease);
}

async function takeCallerStep(
  { fixture: { store, clock }, model }: History,
  kind: 'cancel' | 'retry' | 'delete',
  caller: AccountId,
  id: JobId,
): Promise<void> {
  if (kind === 'delete') {
    const deleted = await store.delete(caller, [id]);
    expect(deleted).toEqual(model.delete(caller, id) ? [id] : []);
  } else if (kind === 'cancel') {
    const outcome = await store.cancel(caller, id, CANCELED);
    expect(outcome.kind).toBe(model.cancel(caller, id, CANCELED, clock.now()));
  } else {
    const outcome = await store.retry(caller, id);
    expect(outcome.kind).toBe(model.retry(caller, id, clock.now()));
  }
}

type LeaseStep = 'finish' | 'fail' | 'handBack' | 'renew' | 'progress';

async function takeLeaseStep(history: History, kind: LeaseStep, lease: Lease, percent: number): Promise<void> {
  const { fixture, model } = history;
  const { store } = fixture;
  const now = fixture.clock.now();
  const leaseMs = model.freeLease(now);
  const held = model.held(lease);
  await expect(store.holds(lease)).resolves.toBe(held !== undefined);
  const done: Record<LeaseStep, () => Promise<boolean>> = {
    finish: () => store.finish(lease, RESULT),
    fail: () => store.fail(lease, BROKEN),
    handBack: () => store.handBack(lease),
    renew: () => store.renew(lease, leaseMs),
    progress: () => store.saveProgress(lease, { percent, step: 'step' }),
  };
  await expect(done[kind]()).resolves.toBe(held !== undefined);
  if (held !== undefined) modelLeaseStep(model, kind, held, { percent, now, leaseMs });
}

function modelLeaseStep(
  model: ModelStore,
  kind: LeaseStep,
  job: ModelJob,
  { percent, now, leaseMs }: { readonly percent: number; readonly now: number; readonly leaseMs: number },
): void {
  if (kind === 'finish') model.finish(job, RESULT, now);
  if (kind === 'fail') model.fail(job, BROKEN, now);
  if (kind === 'handBack') model.handBack(job, now);
  if (kind === 'renew') job.leaseUntil = now + leaseMs;
  if (kind === 'progress') job.progress = { percent: Math.max(job.progress?.percent ?? 0, percent), step: 'step' };
}
