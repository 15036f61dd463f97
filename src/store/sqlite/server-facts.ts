import type { Database } from 'better-sqlite3';
import { ReadTurn } from './read-turn.ts';
import { Statements } from './statements.ts';
import { guarded } from './store-failure.ts';

const GET = 'SELECT value FROM server_fact WHERE name = ?';
const SET =
  'INSERT INTO server_fact (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value';

/** Values that the server makes at its first start and keeps, by name. Secrets are sealed before they come here. */
export class ServerFacts {
  readonly #statements: Statements;
  readonly #reads: ReadTurn;

  constructor(db: Database) {
    this.#reads = ReadTurn.of(db);
    this.#statements = new Statements(db);
  }

  get(name: string): string | undefined {
    return guarded(() => (this.#statements.get(GET, name) as { value: string } | undefined)?.value);
  }

  /** Committed and synced on return. */
  set(name: string, value: string): void {
    this.#reads.end();
    guarded(() => this.#statements.run(SET, name, value));
  }

  /** The value, made and saved if there is none yet. */
  getOrMake(name: string, make: () => string): string {
    const known = this.get(name);
    if (known !== undefined) return known;
    const made = make();
    this.set(name, made);
    return made;
  }
}
