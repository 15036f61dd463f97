import { SqliteError } from 'better-sqlite3';
import { StoreUnavailable } from '../../jobs/store-unavailable.ts';

const DAMAGED =
  'The job database is damaged: stop the server and run `smartjobs repair`; if that does not help, restore a backup.';

/** A row that this server cannot have written, in a page that SQLite reads without complaint. */
export class DamagedRow extends Error {
  override readonly name = 'DamagedRow';
}

/** By the beginning of SQLite's code. */
const SENTENCES: readonly (readonly [code: string, sentence: string])[] = [
  ['SQLITE_FULL', 'The disk that holds the jobs is full, nothing was written: free some space.'],
  ['SQLITE_READONLY', 'The job database cannot be written: check the permissions of the data directory.'],
  ['SQLITE_IOERR', 'The disk that holds the jobs failed: check it, and the log of the system.'],
  ['SQLITE_CANTOPEN', 'The job database cannot be opened: check that the data directory is still there.'],
  ['SQLITE_CORRUPT', DAMAGED],
  ['SQLITE_NOTADB', DAMAGED],
  // Every statement runs in the tests: what it does not find was there, and is gone.
  ['SQLITE_ERROR', 'The job database is not as this server made it: stop the server and restore a backup.'],
  ['SQLITE_BUSY', 'The job database is locked by another program: end that program and try again.'],
  ['SQLITE_NOMEM', 'The server is out of memory: try again, or give it more.'],
];

/** A failure of the machine becomes a StoreUnavailable. Everything else is a fault of ours and stays what it is. */
export function storeFailure(error: unknown): unknown {
  if (isClosed(error)) return new StoreUnavailable('The job database is closed: the server is stopping.', error);
  if (error instanceof DamagedRow) return new StoreUnavailable(`${DAMAGED} (${error.message})`, error);
  if (!(error instanceof SqliteError)) return error;
  const sentence = SENTENCES.find(([code]) => error.code.startsWith(code))?.[1];
  return sentence === undefined ? error : new StoreUnavailable(`${sentence} (${error.code})`, error);
}

/** Runs it, its failures told apart as above. */
export function guarded<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw storeFailure(error);
  }
}

function isClosed(error: unknown): boolean {
  return error instanceof TypeError && error.message === 'The database connection is not open';
}
