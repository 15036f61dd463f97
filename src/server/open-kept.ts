import { existsSync } from 'node:fs';
import { loadMasterKey } from '../auth/master-key.ts';
import { NonceJournal } from '../auth/nonce-journal.ts';
import { systemClock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { AccountId } from '../jobs/account.ts';
import { openSqliteStore, type SqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import type { DataFolder } from './data-folder.ts';
import { pageTokenKey, rootAccount, secretSeal } from './server-secrets.ts';
import type { Settings } from './settings.ts';
import { StartUpProblem } from './start-up-problem.ts';
import type { StopList } from './stop-list.ts';

/** What outlives the process, opened. */
export type Kept = {
  readonly store: SqliteStore;
  readonly nonces: NonceJournal;
  readonly account: AccountId;
  readonly pageTokenKey: Buffer;
};

/**
 * Opens what earlier servers of the data folder left, or makes it at the first start. What is missing or damaged
 * where there was a server before is refused: made anew, it would hide that jobs or secrets are lost.
 */
export function openKept(folder: DataFolder, settings: Settings, log: Logger, stops: StopList): Kept {
  const masterKey = loadMasterKey(folder.root, { mayBeMade: !existsSync(folder.database) });
  if (masterKey.kind === 'unusable') throw new StartUpProblem(masterKey.message);
  const sealing = secretSeal(masterKey.key);
  // The objects' folder is made once the database has its schema.
  const mayBeEmpty = !existsSync(folder.objects);
  const store = openSqliteStore({ path: folder.database, clock: systemClock, seal: sealing, mayBeEmpty });
  stops.add({ stop: () => store.close() });
  const nonces = new NonceJournal(folder.nonces, systemClock, (trouble) =>
    log.error({ err: trouble }, 'nonces are kept in memory alone: their folder cannot be read or written'),
  );
  stops.add(nonces);
  return {
    store,
    nonces,
    account: rootAccount(store.facts, settings.accountId),
    pageTokenKey: pageTokenKey(store.facts, sealing),
  };
}
