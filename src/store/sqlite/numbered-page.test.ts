import type { Database } from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ManualClock } from '../../base/clock.ts';
import { JOB_TYPES } from '../../jobs/job-type.ts';
import type { SmartJob } from '../../jobs/smart-job.ts';
import { ALICE, ALL_FILTERS, BOB, BROKEN, draft, LEASE_MS, START } from '../contract/sample-jobs.ts';
import { walkByNumber, walkByPosition } from '../contract/walks.ts';
import { BLOCK_BITS, matching } from './job-counters.ts';
import { SqliteJobStore } from './sqlite-job-store.ts';
import { temporaryDatabase } from './test-database.ts';

let db: Database;
let store: SqliteJobStore;
let remove: () => void;
beforeAll(async () => {
  ({ db, remove } = temporaryDatabase());
  store = new SqliteJobStore(db, new ManualClock(START), () => undefined);
  await scatteredJobs();
});
afterAll(() => remove());

async function submit(count: number, account = ALICE): Promise<SmartJob[]> {
  const types = Array.from({ length: count }, (_, index) => JOB_TYPES[(index * index) % 3] ?? 'ASR');
  return Promise.all(types.map((type) => store.submit(account, draft({ type }))));
}

/** The account goes on as if it had submitted so many jobs before. */
function goOnAt(sequence: number): void {
  db.prepare('UPDATE account SET last_sequence = ? WHERE id = ?').run(sequence, ALICE);
}

/** Jobs in four large blocks, one of them empty, some at their very edges; two of three states, and gaps. */
async function scatteredJobs(): Promise<void> {
  await submit(10, BOB);
  const jobs = await submit(1500);
  for (const sequence of [2 ** 18 - 700, 3 * 2 ** 18 - 2, 2 ** 32 - 1501]) {
    goOnAt(sequence);
    jobs.push(...(await submit(1400)));
  }
  await store.delete(
    ALICE,
    jobs.filter((_, index) => index % 5 === 0 || (index > 1600 && index < 2000)).map(({ id }) => id),
  );
  const claims = await Promise.all(Array.from({ length: 900 }, () => store.claim('worker-1', LEASE_MS)));
  const leases = claims.filter((claimed) => claimed !== undefined).map(({ lease }) => lease);
  await Promise.all(leases.filter((_, index) => index % 2 === 0).map((lease) => store.fail(lease, BROKEN)));
}

describe('pages by number', () => {
  test('are the pages of a walk, across blocks of both sizes and the gaps between them', async () => {
    for (const filter of [
      {},
      { type: 'ASR' },
      { state: 'Created' },
      { type: 'DynamicChart', state: 'Created' },
    ] as const) {
      for (const order of ['Asc', 'Desc'] as const) {
        const walk = { filter, order, size: 100 };
        const pages = await walkByPosition(store, ALICE, walk);
        expect(pages.length).toBeGreaterThan(12);
        await expect(walkByNumber(store, ALICE, walk)).resolves.toEqual(pages);
      }
    }
  }, 30_000);

  test('stand on counters that agree with the rows, in every block of both sizes', async () => {
    for (const bits of BLOCK_BITS) {
      for (const { type, state } of ALL_FILTERS) {
        const counted = db
          .prepare(
            `SELECT key >> ${bits} AS block, count(*) AS jobs FROM smart_job WHERE type = coalesce(?, type) AND ` +
              'state = coalesce(?, state) GROUP BY block ORDER BY block',
          )
          .all(type, state);
        const kept = db
          .prepare(
            `SELECT block, ${matching({ type, state })} AS jobs FROM block_${bits} WHERE jobs <> 0 ORDER BY block`,
          )
          .all();
        expect(kept).toEqual(counted);
      }
    }
  }, 30_000);
});
