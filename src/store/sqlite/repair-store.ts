import SQLite, { type Database } from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { correctCounters, counterFaults, type CounterFault } from './counter-faults.ts';
import { damageOf, isDamage, isLostRoom } from './damage.ts';
import { refuseDamagedLog } from './damaged-log.ts';
import { lockData } from './data-lock.ts';
import { migrate, refuseForeign, SCHEMA_VERSION, UnusableDatabase } from './migrations.ts';
import { recount } from './recount.ts';
import { remakeDerived, remakeWithoutCheckpoints } from './remake-derived.ts';
import { guarded } from './store-failure.ts';

/** What was found. */
export type Examination = {
  /** Of the file, in the words of SQLite. */
  readonly damage: readonly string[];
  /** Undefined where the jobs could not be counted. */
  readonly counters: readonly CounterFault[] | undefined;
  /** How many jobs there are, where they could be counted. */
  readonly jobs: number | undefined;
};

export type RepairOutcome = {
  readonly kind: 'sound' | 'faulty' | 'repaired' | 'beyond-repair';
  readonly found: Examination;
  /** What was done about it, a sentence each. */
  readonly done: readonly string[];
};

/**
 * Examines the database of a stopped server: SQLite's own check, then every counter against the jobs themselves.
 * Unless it is only to look, rebuilds what follows from the jobs, that is counters and indexes, in one transaction.
 * What does not follow from anything is never touched: then nothing is changed at all.
 *
 * @throws UnusableDatabase where a server runs on it, or it is none of this version's
 */
export function repairStore(path: string, onlyLook: boolean): RepairOutcome {
  if (!existsSync(path)) throw new UnusableDatabase(`${path} does not exist: no server has run there yet.`);
  const unlock = lockData(path);
  try {
    refuseDamagedLog(path);
    return guarded(() => repairLocked(path, onlyLook));
  } finally {
    unlock();
  }
}

function repairLocked(path: string, onlyLook: boolean): RepairOutcome {
  const found = connected(path, onlyLook, examine);
  if (found === undefined) return { kind: 'beyond-repair', found: UNREADABLE, done: [] };
  if (found.damage.length === 0 && found.counters?.length === 0) return { kind: 'sound', found, done: [] };
  if (onlyLook) return { kind: 'faulty', found, done: [] };
  for (const rebuild of found.damage.length === 0 ? [undefined] : REBUILDS) {
    const done = connected(path, false, (db) => tryRepair(db, rebuild));
    if (done !== undefined) return { kind: 'repaired', found, done };
  }
  return { kind: 'beyond-repair', found, done: [] };
}

/** Each costs more than the one before it. */
const REBUILDS = [reindex, remakeDerived, remakeWithoutCheckpoints];

const UNREADABLE: Examination = {
  damage: ['the file cannot be read as a database'],
  counters: undefined,
  jobs: undefined,
};

/** Runs it on a connection of its own. Undefined where the damage did not let it. */
function connected<T>(path: string, onlyLook: boolean, run: (db: Database) => T): T | undefined {
  const db = new SQLite(path, { fileMustExist: true });
  try {
    db.pragma('synchronous = FULL');
    db.pragma('cell_size_check = ON');
    db.pragma('trusted_schema = OFF');
    refuseForeign(db, path);
    const version = db.pragma('user_version', { simple: true }) as number;
    if (onlyLook && version < SCHEMA_VERSION) {
      throw new UnusableDatabase(
        `${path} was written by an older version of smartjobs: start the server once, which brings it up to date.`,
      );
    }
    migrate(db, path, false);
    if (onlyLook) db.pragma('query_only = ON');
    return run(db);
  } catch (error) {
    if (isDamage(error)) return undefined;
    throw error;
  } finally {
    db.close();
  }
}

function examine(db: Database): Examination {
  const damage = damageOf(db);
  try {
    const recounted = recount(db);
    return { damage, counters: counterFaults(db, recounted), jobs: recounted.jobs };
  } catch (error) {
    if (isDamage(error))
      return { damage: damage.length > 0 ? damage : [error.message], counters: undefined, jobs: undefined };
    throw error;
  }
}

function reindex(db: Database): void {
  db.exec('REINDEX');
}

/** Undefined where it did not help, having changed nothing. */
function tryRepair(db: Database, rebuild: ((db: Database) => void) | undefined): string[] | undefined {
  const transaction = db.transaction(() => {
    rebuild?.(db);
    const faults = counterFaults(db, recount(db));
    correctCounters(db, faults);
    // Each lost page has a line of its own, and what follows those lines must not be missed.
    const left = damageOf(db, 2 ** 31 - 1);
    if (!left.every(isLostRoom)) throw new StillDamaged();
    return { counters: faults.length, lostRoom: left.length > 0 };
  });
  try {
    const { counters, lostRoom } = transaction.immediate();
    if (lostRoom) db.exec('VACUUM');
    const remade = rebuild === remakeDerived || rebuild === remakeWithoutCheckpoints;
    return [
      ...(rebuild === undefined ? [] : ['All indexes were rebuilt from the tables.']),
      ...(remade ? ['The block counters were made anew from the jobs.'] : []),
      ...(rebuild === remakeWithoutCheckpoints
        ? [
            'What unfinished jobs had saved was given up: they begin anew. So were the ClientTokens of the last day. No job and no result is lost.',
          ]
        : []),
      ...(counters > 0 && !remade
        ? [`${counters} ${counters === 1 ? 'counter was' : 'counters were'} set to what the jobs say.`]
        : []),
    ];
  } catch (error) {
    if (error instanceof StillDamaged) return undefined;
    throw error;
  }
}

/** Rolls the transaction back. */
class StillDamaged extends Error {}
