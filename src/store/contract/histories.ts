import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountId } from '../../jobs/account.ts';
import { expectSameCounts, expectSameJobs, expectSameList } from './expect-same.ts';
import { filterFrom, type History } from './history.ts';
import { step, walkSeed, type Step, type WalkSeed } from './history-steps.ts';
import { ModelStore } from './model-store.ts';
import { RunWitness } from './run-witness.ts';
import { ALICE, CANCELED, draft } from './sample-jobs.ts';
import { eachWithStore, StoreFixture, type MakeHome } from './store-fixture.ts';
import { take } from './take-step.ts';

/** How many random histories a run of the tests tries; HISTORIES asks for more. */
const HISTORIES = Number(process.env['HISTORIES'] ?? 2000);

/** Milliseconds for one, on a slow machine with other work. */
const HISTORY_MS = 60;

let accountsUsed = 0;

/** A history in accounts of its own begins. */
function begin({ store, clock }: StoreFixture): History {
  const newAccount = (): AccountId => String(2_000_000_000_000_000 + ++accountsUsed) as AccountId;
  return {
    store,
    clock,
    model: new ModelStore(),
    witness: new RunWitness(),
    accounts: [newAccount(), newAccount()],
    leases: [],
    walks: [],
  };
}

async function finishWalks({ store, model, walks }: History): Promise<void> {
  for (const walk of walks.splice(0)) {
    for (let last = false; !last;) last = await walk.next(store, model);
  }
}

/** Leaves nothing that the claims of the next history could find. */
async function end({ store, model, accounts }: History): Promise<void> {
  for (const account of accounts) {
    await store.delete(
      account,
      model.matching(account, {}).map(({ id }) => id),
    );
    expect(await store.count(account, {})).toBe(0);
  }
}

async function live(fixture: StoreFixture, steps: readonly Step[], looks: readonly WalkSeed[]): Promise<void> {
  const history = begin(fixture);
  try {
    for (const next of steps) await take(history, next);
    await finishWalks(history);
    await expectSameJobs(history);
    for (const look of looks) {
      const account = history.accounts[look.who];
      const filter = filterFrom(history, look.filter);
      await expectSameList(history, account, { filter, size: look.size });
      await expectSameCounts(history, account, filter);
    }
  } finally {
    await end(history);
  }
}

export function historySuite(makeHome: MakeHome, makeUnsyncedHome: MakeHome): void {
  describe('histories', () => {
    let shared: StoreFixture;
    beforeAll(async () => {
      shared = await StoreFixture.make(makeUnsyncedHome);
    });
    afterAll(() => shared.end());

    const title =
      'in any history jobs live as in a plain model, walks under way keep their promises, and counts are exact';
    test(
      `${title}: ${HISTORIES} histories`,
      async () => {
        const steps = fc.array(step, { minLength: 5, maxLength: 40, size: 'max' });
        const looks = fc.array(walkSeed, { minLength: 3, maxLength: 3 });
        const property = fc.asyncProperty(steps, looks, (taken, looked) => live(shared, taken, looked));
        await fc.assert(property, { numRuns: HISTORIES });
        expect(accountsUsed).toBeGreaterThanOrEqual(2 * HISTORIES);
      },
      60_000 + HISTORIES * HISTORY_MS,
    );
  });

  describe('one moment', () => {
    const fixture = eachWithStore(makeHome);

    test('of two cancels one changes the job, and the counters follow that one', async () => {
      const { store } = fixture();
      const jobs = await Promise.all(Array.from({ length: 20 }, () => store.submit(ALICE, draft())));
      const outcomes = await Promise.all(
        jobs.flatMap(({ id }) => [store.cancel(ALICE, id, CANCELED), store.cancel(ALICE, id, CANCELED)]),
      );
      expect(outcomes.filter(({ kind }) => kind === 'changed')).toHaveLength(20);
      await expect(store.count(ALICE, { state: 'Failed' })).resolves.toBe(20);
      await expect(store.count(ALICE, { state: 'Created' })).resolves.toBe(0);
    });
  });
}
