import { expect } from 'vitest';
import { assertNever } from '../../base/assert-never.ts';
import type { AccountId } from '../../jobs/account.ts';
import type { JobId } from '../../jobs/job-id.ts';
import { filterFrom, pickJob, type History } from './history.ts';
import type { Step, WalkSeed } from './history-steps.ts';
import { OpenWalk } from './open-walk.ts';
import { CANCELED, draft, LEASE_MS } from './sample-jobs.ts';
import { takeLeaseStep } from './take-lease-step.ts';

/** Takes the step in store and model, and expects the same outcome of both. */
export async function take(history: History, next: Step): Promise<void> {
  switch (next.kind) {
    case 'submit':
      await submit(history, next);
      break;
    case 'claim':
      await claim(history, next.worker, next.count);
      break;
    case 'crash':
      await crash(history, next.rounds);
      break;
    case 'wait':
      history.clock.advance(next.milliseconds);
      break;
    case 'delete':
      await remove(history, history.accounts[next.who], next.picks);
      break;
    case 'cancel':
    case 'retry':
      await cancelOrRetry(history, next.kind, history.accounts[next.who], pickJob(history, next.pick));
      break;
    case 'finish':
    case 'fail':
    case 'handBack':
    case 'renew':
    case 'progress':
    case 'checkpoint':
      await takeLeaseStep(history, next.kind, next.pick);
      break;
    case 'walk':
      beginWalk(history, next.walk);
      break;
    case 'page':
      await turnPage(history, next.pick);
      return;
    default:
      assertNever(next);
  }
  for (const walk of history.walks) walk.changed(history.model);
}

/** The jobs in one turn of the event loop, and so in one transaction. */
async function submit({ store, model, accounts }: History, step: Extract<Step, { kind: 'submit' }>): Promise<void> {
  const account = accounts[step.who];
  const jobs = await Promise.all(step.jobs.map((job) => store.submit(account, draft(job))));
  for (const job of jobs) model.submitted(job);
}

async function claim(
  { store, model, clock, leases, witness }: History,
  worker: string,
  count: number,
): Promise<void> {
  const now = clock.now();
  const expected = [];
  const claims = [];
  for (let claimed = 0; claimed < count; claimed += 1) {
    const leaseMs = model.freeLease(now);
    claims.push(store.claim(worker, leaseMs));
    const job = model.claim(leaseMs, now);
    expected.push(job && { id: job.id, epoch: job.epoch });
  }
  const outcomes = await Promise.all(claims);
  expect(outcomes.map((claimed) => claimed && { id: claimed.job.id, epoch: claimed.lease.epoch })).toEqual(
    expected,
  );
  for (const claimed of outcomes) {
    if (claimed === undefined) continue;
    witness.claimed(claimed);
    leases.push(claimed.lease);
  }
}

async function crash(history: History, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await claim(history, `doomed-${round}`, 1);
    history.clock.advance(LEASE_MS + 1_000);
  }
}

async function remove(history: History, account: AccountId, picks: readonly number[]): Promise<void> {
  const ids = [...new Set(picks.map((pick) => pickJob(history, pick)))];
  const deleted = await history.store.delete(account, ids);
  expect(deleted).toEqual(ids.filter((id) => history.model.delete(account, id)));
}

async function cancelOrRetry(
  { store, model, clock, witness }: History,
  kind: 'cancel' | 'retry',
  account: AccountId,
  id: JobId,
): Promise<void> {
  const now = clock.now();
  const outcome = kind === 'cancel' ? await store.cancel(account, id, CANCELED) : await store.retry(account, id);
  expect(outcome.kind).toBe(
    kind === 'cancel' ? model.cancel(account, id, CANCELED, now) : model.retry(account, id, now),
  );
  if (outcome.kind !== 'changed') return;
  if (kind === 'cancel') witness.ended(id);
  else witness.retried(id);
}

function beginWalk(history: History, seed: WalkSeed): void {
  const account = history.accounts[seed.who];
  const scope = { account, filter: filterFrom(history, seed.filter), order: seed.order };
  history.walks.push(new OpenWalk(scope, seed.size));
}

async function turnPage({ store, model, walks }: History, pick: number): Promise<void> {
  const index = pick % Math.max(1, walks.length);
  const walk = walks[index];
  if (walk !== undefined && (await walk.next(store, model))) walks.splice(index, 1);
}
