import { join } from 'node:path';
import { jobStoreContract } from '../job-store-contract.ts';
import { openSqliteStore } from './open-sqlite-store.ts';
import { temporaryFolder } from './test-database.ts';

jobStoreContract('SQLite', async () => {
  const { folder, remove } = temporaryFolder();
  return {
    open: async (clock) =>
      openSqliteStore({ path: join(folder, 'jobs.db'), clock, seal: { seal: String, open: String } }).jobs,
    remove: async () => remove(),
  };
});
