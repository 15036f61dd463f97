import { join } from 'node:path';
import { mediaStoreContract } from '../../media-store-contract.ts';
import { openSqliteStore } from '../open-sqlite-store.ts';
import { temporaryFolder } from '../test-database.ts';

mediaStoreContract('SQLite', async () => {
  const { folder, remove } = temporaryFolder();
  return {
    open: async (clock) =>
      openSqliteStore({
        path: join(folder, 'jobs.db'),
        clock,
        seal: { seal: (_context, secret) => secret, open: (_context, sealed) => sealed },
      }),
    remove: async () => remove(),
  };
});
