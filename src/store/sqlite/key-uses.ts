import type { Database, Transaction } from 'better-sqlite3';
import type { Clock } from '../../base/clock.ts';
import { ReadTurn } from './read-turn.ts';

/** A key that is used all the time is written down once in this many milliseconds. */
const PRECISION_MS = 60_000;
/** Uses are collected for this many milliseconds, then written in one transaction. */
const COLLECT_MS = 1000;

/** When each access key was last used. Noting a use costs a look into a map; writing comes later, on its own. */
export class KeyUses {
  readonly #clock: Clock;
  readonly #reads: ReadTurn;
  readonly #write: Transaction<(uses: ReadonlyMap<string, number>) => void>;
  /** Only keys that are there are noted, so this does not outgrow the keys. */
  readonly #noted = new Map<string, number>();
  #unwritten = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Database, clock: Clock) {
    this.#clock = clock;
    this.#reads = ReadTurn.of(db);
    const update = db.prepare('UPDATE access_key SET last_used_at = ? WHERE id = ?');
    this.#write = db.transaction((uses: ReadonlyMap<string, number>) => {
      for (const [keyId, at] of uses) update.run(at, keyId);
    });
  }

  note(keyId: string): void {
    const now = this.#clock.now();
    const noted = this.#noted.get(keyId);
    if (noted !== undefined && Math.abs(now - noted) < PRECISION_MS) return;
    this.#noted.set(keyId, now);
    this.#unwritten.set(keyId, now);
    this.#timer ??= setTimeout(() => this.flush(), COLLECT_MS).unref();
  }

  /** A use that is not written yet. */
  unwritten(keyId: string): number | undefined {
    return this.#unwritten.get(keyId);
  }

  /** Writes now what was noted. Where the disk fails, the uses wait for the next flush: nobody is there to be told. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#unwritten.size === 0) return;
    try {
      this.#reads.end();
      this.#write.immediate(this.#unwritten);
      this.#unwritten = new Map();
    } catch {
      // The request that used the key was served, and will be told of the disk by its own writes.
    }
  }
}
