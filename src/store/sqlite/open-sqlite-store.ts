import type { Database } from 'better-sqlite3';
import type { IdentityStore } from '../../auth/identities.ts';
import type { Clock } from '../../base/clock.ts';
import type { HotwordLibraries } from '../../jobs/hotword-libraries.ts';
import type { JobStore } from '../../jobs/job-store.ts';
import type { MediaStore } from '../../jobs/media-store.ts';
import { SqliteAccessKeys } from './access-keys.ts';
import { lockData } from './data-lock.ts';
import { SqliteHotwordLibraries } from './hotword-libraries.ts';
import { SqliteIdentityStore } from './identities/sqlite-identity-store.ts';
import { KeySecrets, type SecretSeal } from './key-secrets.ts';
import { KeyUses } from './key-uses.ts';
import { SqliteMediaStore } from './media/sqlite-media-store.ts';
import { openDatabase } from './open-database.ts';
import { ServerFacts } from './server-facts.ts';
import { SqliteJobStore } from './sqlite-job-store.ts';
import { guarded } from './store-failure.ts';

export type SqliteStore = {
  readonly jobs: JobStore;
  readonly accessKeys: SqliteAccessKeys;
  readonly identities: IdentityStore;
  readonly hotwords: HotwordLibraries;
  readonly media: MediaStore;
  readonly facts: ServerFacts;
  /** The same as jobs.close(): finishes the writes that were asked for, then closes everything. Idempotent. */
  close(): Promise<void>;
};

export type SqliteStoreOptions = {
  /** Of the database file. Beside it stand its `-wal` and `-shm` files while it is open, and a `.lock` file. */
  readonly path: string;
  readonly clock: Clock;
  /** Encrypts the secrets that the store keeps. */
  readonly seal: SecretSeal;
  /** False where there was a database before, so that an empty file is not taken for a new one; true if absent. */
  readonly mayBeEmpty?: boolean;
};

/**
 * Opens the store of one server, for this process alone.
 * @throws UnusableDatabase where another server has it, a newer version wrote it, or the file is something else
 * @throws StoreUnavailable where it is damaged, or the disk does not let it be opened
 */
export function openSqliteStore(options: SqliteStoreOptions): SqliteStore {
  return guarded(() => openLocked(options));
}

function openLocked({ path, clock, seal, mayBeEmpty }: SqliteStoreOptions): SqliteStore {
  const unlock = lockData(path);
  try {
    const db = openDatabase(path, mayBeEmpty);
    endLeases(db);
    const secrets = new KeySecrets(seal);
    const uses = new KeyUses(db, clock);
    const identities = new SqliteIdentityStore({ db, clock, secrets, uses });
    const hotwords = new SqliteHotwordLibraries(db, clock);
    const media = new SqliteMediaStore(db, clock);
    const jobs = new SqliteJobStore(db, clock, () => {
      identities.flush();
      hotwords.flush();
      media.flush();
      uses.flush();
      db.close();
      unlock();
    });
    return {
      jobs,
      accessKeys: new SqliteAccessKeys(db, clock, secrets, uses),
      identities,
      hotwords,
      media,
      facts: new ServerFacts(db),
      close: () => jobs.close(),
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * The lock says that whoever held a lease is gone with the server before this one, so its jobs need not wait for
 * their leases to run out: the first claim takes them.
 */
function endLeases(db: Database): void {
  db.prepare('UPDATE smart_job INDEXED BY smart_job_lease SET lease_until = 0 WHERE lease_until > 0').run();
}
