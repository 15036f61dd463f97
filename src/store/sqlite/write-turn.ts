import type { Database, Transaction } from 'better-sqlite3';
import { ReadTurn } from './read-turn.ts';
import { storeFailure } from './store-failure.ts';

type Write = {
  /** Runs inside the transaction; twice where the first one is rolled back. */
  readonly run: () => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (reason: unknown) => void;
};

/**
 * Group commit: the writes that are asked for in one turn of the event loop share one transaction, and so one sync
 * of the disk. Their promises settle after it. Where it fails, each of its writes is run again in a transaction of
 * its own, so that the fault of one write fails no other.
 */
export class WriteTurn {
  readonly #commit: Transaction<(writes: readonly Write[]) => unknown[]>;
  readonly #reads: ReadTurn;
  #writes: Write[] = [];

  constructor(db: Database) {
    this.#reads = ReadTurn.of(db);
    this.#commit = db.transaction((writes: readonly Write[]) => writes.map((write) => write.run()));
  }

  write<T>(run: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#writes.length === 0) setImmediate(() => this.flush());
      this.#writes.push({ run, resolve, reject });
    });
  }

  /** Ends the turn now. */
  flush(): void {
    const writes = this.#writes.splice(0);
    if (writes.length > 0) this.#settle(writes);
  }

  #settle(writes: readonly Write[]): void {
    try {
      this.#reads.end();
      const values = this.#commit.immediate(writes);
      for (const [index, write] of writes.entries()) write.resolve(values[index] as never);
    } catch (error) {
      if (writes.length === 1) writes[0]?.reject(storeFailure(error));
      else for (const write of writes) this.#settle([write]);
    }
  }
}
