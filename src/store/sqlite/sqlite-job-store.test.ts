import { join } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import type { JobStore } from '../../jobs/job-store.ts';
import type { StoreHome } from '../contract/store-fixture.ts';
import { jobStoreContract } from '../job-store-contract.ts';
import { openDatabase } from './open-database.ts';
import { openSqliteStore } from './open-sqlite-store.ts';
import { SqliteJobStore } from './sqlite-job-store.ts';
import { temporaryFolder } from './test-database.ts';

function asInService(path: string, clock: Clock): JobStore {
  return openSqliteStore({ path, clock, seal: { seal: String, open: String } }).jobs;
}

function unsynced(path: string, clock: Clock): JobStore {
  const db = openDatabase(path);
  db.pragma('synchronous = OFF');
  return new SqliteJobStore(db, clock, () => db.close());
}

function homeOf(open: (path: string, clock: Clock) => JobStore): () => Promise<StoreHome> {
  return async () => {
    const { folder, remove } = temporaryFolder();
    return { open: async (clock) => open(join(folder, 'jobs.db'), clock), remove: async () => remove() };
  };
}

jobStoreContract('SQLite', homeOf(asInService), homeOf(unsynced));
