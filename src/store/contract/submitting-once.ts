import { describe, expect, test } from 'vitest';
import type { QueueFull } from '../../jobs/job-store.ts';
import type { SmartJob } from '../../jobs/smart-job.ts';
import type { SubmitToken, TokenOutcome } from '../../jobs/submit-token.ts';
import { ALICE, AWKWARD_STRINGS, BOB, draft, RESULT } from './sample-jobs.ts';
import { eachWithStore, type MakeHome, type StoreFixture } from './store-fixture.ts';

const DAY = 86_400_000;
const TOKEN: SubmitToken = { token: 'order 7', fingerprint: 'abc', keepMs: DAY };
const OTHER: SubmitToken = { ...TOKEN, fingerprint: 'abd' };

type Outcome = SmartJob | QueueFull | TokenOutcome;

async function submit({ store }: StoreFixture, token = TOKEN, account = ALICE, most = 100): Promise<Outcome> {
  return await store.submit(account, draft(), most, token);
}

function jobOf(outcome: Outcome): SmartJob {
  if ('kind' in outcome) throw new Error(`There is no job: ${outcome.kind}.`);
  return outcome;
}

function repeatingContract(makeHome: MakeHome): void {
  const fixture = eachWithStore(makeHome);

  test('the same token with the same submit is the job of the first one, and no other is made', async () => {
    const { id } = jobOf(await submit(fixture()));
    await expect(submit(fixture())).resolves.toEqual({ kind: 'repeated', jobId: id });
    await expect(fixture().store.findToken(ALICE, TOKEN)).resolves.toEqual({ kind: 'repeated', jobId: id });
    await expect(fixture().store.count(ALICE, {})).resolves.toBe(1);
  });

  test('with another submit it is used, and nothing is written', async () => {
    const { id } = jobOf(await submit(fixture()));
    await expect(submit(fixture(), OTHER)).resolves.toEqual({ kind: 'token-used' });
    await expect(fixture().store.findToken(ALICE, OTHER)).resolves.toEqual({ kind: 'token-used' });
    await expect(submit(fixture())).resolves.toEqual({ kind: 'repeated', jobId: id });
    await expect(fixture().store.count(ALICE, {})).resolves.toBe(1);
  });

  test('a token that never came is free, also for an account without jobs', async () => {
    await expect(fixture().store.findToken(ALICE, TOKEN)).resolves.toBeUndefined();
    await submit(fixture());
    await expect(fixture().store.findToken(ALICE, { ...TOKEN, token: 'Order 7' })).resolves.toBeUndefined();
    jobOf(await submit(fixture(), { ...TOKEN, token: 'Order 7' }));
  });

  test('a token is of its account alone', async () => {
    const alices = jobOf(await submit(fixture()));
    const bobs = jobOf(await submit(fixture(), OTHER, BOB));
    expect(bobs.account).toBe(BOB);
    await expect(submit(fixture())).resolves.toEqual({ kind: 'repeated', jobId: alices.id });
    await expect(submit(fixture(), OTHER, BOB)).resolves.toEqual({ kind: 'repeated', jobId: bobs.id });
  });

  test.each(AWKWARD_STRINGS.filter((text) => text !== '\uD800'))('any text is a token: %j', async (token) => {
    const { id } = jobOf(await submit(fixture(), { ...TOKEN, token }));
    await expect(submit(fixture(), { ...TOKEN, token })).resolves.toEqual({ kind: 'repeated', jobId: id });
    await expect(submit(fixture(), { ...TOKEN, token, fingerprint: '' })).resolves.toEqual({ kind: 'token-used' });
  });

  test('of many that submit with it at once, one makes a job and the others get it', async () => {
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => submit(fixture())));
    const made = outcomes.filter((outcome) => !('kind' in outcome)).map(jobOf);
    expect(made).toHaveLength(1);
    const repeated = outcomes.filter((outcome) => 'kind' in outcome);
    expect(new Set(repeated.map((outcome) => JSON.stringify(outcome)))).toEqual(
      new Set([JSON.stringify({ kind: 'repeated', jobId: made[0]?.id })]),
    );
    await expect(fixture().store.count(ALICE, {})).resolves.toBe(1);
  });

  test('a full queue holds up no submit that is repeated, and keeps no token of one that it refuses', async () => {
    const { id } = jobOf(await submit(fixture(), TOKEN, ALICE, 1));
    await expect(submit(fixture(), TOKEN, ALICE, 1)).resolves.toEqual({ kind: 'repeated', jobId: id });
    const late = { ...TOKEN, token: 'late' };
    await expect(submit(fixture(), late, ALICE, 1)).resolves.toEqual({ kind: 'queue-full', waiting: 1 });
    await expect(fixture().store.findToken(ALICE, late)).resolves.toBeUndefined();
  });
}

function lifeContract(makeHome: MakeHome): void {
  const fixture = eachWithStore(makeHome);

  test('it lasts while the job runs and when it has ended', async () => {
    const { id } = jobOf(await submit(fixture()));
    const { lease } = await fixture().claim();
    await expect(submit(fixture())).resolves.toEqual({ kind: 'repeated', jobId: id });
    await fixture().store.finish(lease, RESULT);
    await expect(submit(fixture())).resolves.toEqual({ kind: 'repeated', jobId: id });
  });

  test('it lasts over a restart of the server', async () => {
    const { id } = jobOf(await submit(fixture()));
    await fixture().reopen();
    await expect(submit(fixture())).resolves.toEqual({ kind: 'repeated', jobId: id });
  });

  test('it lasts so long from the first submit on, and is free then', async () => {
    const first = jobOf(await submit(fixture()));
    fixture().clock.advance(DAY - 1);
    await expect(submit(fixture())).resolves.toEqual({ kind: 'repeated', jobId: first.id });
    fixture().clock.advance(1);
    await expect(fixture().store.findToken(ALICE, TOKEN)).resolves.toBeUndefined();
    const second = jobOf(await submit(fixture(), OTHER));
    expect(second.id).not.toBe(first.id);
    await expect(submit(fixture(), OTHER)).resolves.toEqual({ kind: 'repeated', jobId: second.id });
  });

  test('it goes with its job', async () => {
    const first = jobOf(await submit(fixture()));
    await fixture().store.delete(ALICE, [first.id]);
    const second = jobOf(await submit(fixture(), OTHER));
    await fixture().store.delete(ALICE, [first.id]);
    await expect(submit(fixture(), OTHER)).resolves.toEqual({ kind: 'repeated', jobId: second.id });
  });
}

export function submittingOnceSuite(makeHome: MakeHome): void {
  describe('submit with a token', () => {
    repeatingContract(makeHome);
    lifeContract(makeHome);
  });
}
