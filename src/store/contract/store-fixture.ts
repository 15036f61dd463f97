import { afterEach, beforeEach } from 'vitest';
import { ManualClock, type Clock } from '../../base/clock.ts';
import type { JobId } from '../../jobs/job-id.ts';
import type { ClaimedJob, JobStore } from '../../jobs/job-store.ts';
import type { JobDraft } from '../../jobs/smart-job.ts';
import { ALICE, draft, LEASE_MS, START } from './sample-jobs.ts';

/** Where a store keeps its data: empty at first, the same at each open. */
export type StoreHome = {
  open(clock: Clock): Promise<JobStore>;
  remove(): Promise<void>;
};

export type MakeHome = () => Promise<StoreHome>;

/** A store of its own for each test. */
export class StoreFixture {
  readonly clock: ManualClock;
  readonly #home: StoreHome;
  #store: JobStore;

  private constructor(home: StoreHome, store: JobStore, clock: ManualClock) {
    this.#home = home;
    this.#store = store;
    this.clock = clock;
  }

  static async make(makeHome: MakeHome): Promise<StoreFixture> {
    const clock = new ManualClock(START);
    const home = await makeHome();
    return new StoreFixture(home, await home.open(clock), clock);
  }

  get store(): JobStore {
    return this.#store;
  }

  /** As a restart of the server does. */
  async reopen(): Promise<void> {
    await this.#store.close();
    this.#store = await this.#home.open(this.clock);
  }

  async end(): Promise<void> {
    await this.#store.close();
    await this.#home.remove();
  }

  /** Submits a job of the first account. */
  async submit(changes: Partial<JobDraft> = {}): Promise<JobId> {
    return (await this.#store.submit(ALICE, draft(changes))).id;
  }

  /** Claims a job where there must be one. */
  async claim(worker = 'worker-1'): Promise<ClaimedJob> {
    const claimed = await this.#store.claim(worker, LEASE_MS);
    if (claimed === undefined) throw new Error('There was no job to claim.');
    return claimed;
  }
}

/** For the tests of the enclosing describe block. */
export function eachWithStore(makeHome: MakeHome): () => StoreFixture {
  let fixture: StoreFixture;
  beforeEach(async () => {
    fixture = await StoreFixture.make(makeHome);
  });
  afterEach(() => fixture.end());
  return () => fixture;
}
