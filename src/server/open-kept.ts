import { createSecretKey, type KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { AuditTrail } from '../audit/audit-entry.ts';
import { NonceJournal } from '../auth/nonce-journal.ts';
import { systemClock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { AccountId } from '../jobs/account.ts';
import { openSqliteStore, type SqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import type { DataFolder } from './data-folder.ts';
import { MasterSeal } from './master-seal.ts';
import { openAudit } from './open-audit.ts';
import {
  DIAGNOSTIC_KEY,
  keptKey,
  LINK_KEY,
  PAGE_TOKEN_KEY,
  rootAccount,
  SECURITY_TOKEN_KEY,
} from './server-secrets.ts';
import type { Settings } from './settings.ts';
import type { StopList } from './stop-list.ts';

/** What outlives the process, opened. */
export type Kept = {
  readonly store: SqliteStore;
  readonly audit: AuditTrail;
  readonly nonces: NonceJournal;
  readonly account: AccountId;
  readonly pageTokenKey: Buffer;
  readonly tokenKey: KeyObject;
  readonly diagnosticKey: KeyObject;
  readonly linkKey: Buffer;
};

/**
 * Opens what earlier servers of the data folder left, or makes it at the first start. What is missing or damaged
 * where there was a server before is refused: made anew, it would hide that jobs or secrets are lost.
 */
export function openKept(folder: DataFolder, settings: Settings, log: Logger, stops: StopList): Kept {
  const sealing = new MasterSeal(settings.masterKey, folder.masterKey, existsSync(folder.database));
  // The objects' folder is made once the database has its schema.
  const mayBeEmpty = !existsSync(folder.objects);
  const store = openSqliteStore({ path: folder.database, clock: systemClock, seal: sealing, mayBeEmpty });
  stops.add({ stop: () => store.close() });
  sealing.settle(store.facts);
  const audit = openAudit(folder.audit, settings.audit.keepDays, log);
  stops.add(audit.service);
  const nonces = new NonceJournal(folder.nonces, systemClock, (trouble) =>
    log.error({ err: trouble }, 'nonces are kept in memory alone: their folder cannot be read or written'),
  );
  stops.add(nonces);
  return {
    store,
    audit: audit.trail,
    nonces,
    account: rootAccount(store.facts, settings.accountId),
    pageTokenKey: keptKey(store.facts, sealing, PAGE_TOKEN_KEY),
    tokenKey: createSecretKey(keptKey(store.facts, sealing, SECURITY_TOKEN_KEY)),
    diagnosticKey: createSecretKey(keptKey(store.facts, sealing, DIAGNOSTIC_KEY)),
    linkKey: keptKey(store.facts, sealing, LINK_KEY),
  };
}
