import type { Database } from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { AccountId } from '../../jobs/account.ts';
import type {
  HotwordLibraries,
  HotwordLibraryPage,
  HotwordLibraryQuery,
  TooManyLibraries,
} from '../../jobs/hotword-libraries.ts';
import {
  HOTWORD_LIMITS,
  type HotwordLibrary,
  type HotwordLibraryChange,
  type HotwordLibraryDraft,
  type LibraryHotword,
  type ListedHotwordLibrary,
} from '../../jobs/hotword-library.ts';
import { titleContains } from '../../jobs/job-query.ts';
import { Statements } from './statements.ts';
import { guarded } from './store-failure.ts';
import { WriteTurn } from './write-turn.ts';

/** A row with these columns is a ListedHotwordLibrary. */
const LISTED = 'id, name, description, scenario, created_at AS createdAt, modified_at AS modifiedAt';
const GET = `SELECT ${LISTED}, hotwords FROM hotword_library WHERE id = ? AND account = ?`;
const LIST = `SELECT sequence, ${LISTED} FROM hotword_library WHERE account = ? ORDER BY sequence`;
const COUNT = 'SELECT COUNT(*) AS count FROM hotword_library WHERE account = ?';
const INSERT =
  'INSERT INTO hotword_library (id, account, name, description, scenario, hotwords, created_at, modified_at) ' +
  'VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
const UPDATE =
  'UPDATE hotword_library SET name = ?, description = ?, hotwords = ?, modified_at = ? WHERE id = ? AND account = ?';
const DELETE = 'DELETE FROM hotword_library WHERE id = ? AND account = ?';

type Row = ListedHotwordLibrary & { readonly sequence: number };

/** Hotword libraries over the server's database. */
export class SqliteHotwordLibraries implements HotwordLibraries {
  readonly #statements: Statements;
  readonly #turn: WriteTurn;
  readonly #clock: Clock;

  constructor(db: Database, clock: Clock) {
    this.#statements = new Statements(db);
    this.#turn = new WriteTurn(db);
    this.#clock = clock;
  }

  create(account: AccountId, draft: HotwordLibraryDraft): Promise<HotwordLibrary | TooManyLibraries> {
    return this.#turn.write(() => {
      const { count } = this.#statements.get(COUNT, account) as { count: number };
      if (count >= HOTWORD_LIMITS.libraries) return { kind: 'too-many-libraries' } as const;
      const id = randomBytes(16).toString('hex');
      const now = this.#clock.now();
      const { name, description, scenario, hotwords } = draft;
      this.#statements.run(INSERT, id, account, name, description, scenario, JSON.stringify(hotwords), now, now);
      return { id, name, description, scenario, hotwords, createdAt: now, modifiedAt: now };
    });
  }

  async get(account: AccountId, id: string): Promise<HotwordLibrary | undefined> {
    return guarded(() => this.#read(account, id));
  }

  update(account: AccountId, id: string, change: HotwordLibraryChange): Promise<HotwordLibrary | undefined> {
    return this.#turn.write(() => {
      const before = this.#read(account, id);
      if (before === undefined) return undefined;
      const { name = before.name, description = before.description, hotwords = before.hotwords } = change;
      const modifiedAt = this.#clock.now();
      this.#statements.run(UPDATE, name, description, JSON.stringify(hotwords), modifiedAt, id, account);
      return { ...before, name, description, hotwords, modifiedAt };
    });
  }

  delete(account: AccountId, id: string): Promise<boolean> {
    return this.#turn.write(() => this.#statements.run(DELETE, id, account) > 0);
  }

  /** An account has so few libraries that all of them are read and chosen from here. */
  async list(account: AccountId, query: HotwordLibraryQuery): Promise<HotwordLibraryPage> {
    const rows = guarded(() => this.#statements.all(LIST, account)) as Row[];
    const matching = rows.filter((row) => matches(row, query));
    if (query.order === 'Desc') matching.reverse();
    const rest = matching.slice(startOf(matching, query));
    const page = rest.slice(0, query.size);
    return {
      libraries: page.map(({ sequence: _sequence, ...library }) => library),
      lastSequence: rest.length > page.length ? page.at(-1)?.sequence : undefined,
      total: matching.length,
    };
  }

  /** Ends the turn of the writes now. */
  flush(): void {
    this.#turn.flush();
  }

  #read(account: AccountId, id: string): HotwordLibrary | undefined {
    const row = this.#statements.get(GET, id, account) as
      (ListedHotwordLibrary & { readonly hotwords: string }) | undefined;
    return row && { ...row, hotwords: JSON.parse(row.hotwords) as LibraryHotword[] };
  }
}

function matches(row: Row, { filter }: HotwordLibraryQuery): boolean {
  const { nameContains = '', scenario = row.scenario, createdFrom = -Infinity, createdBefore = Infinity } = filter;
  const inTime = row.createdAt >= createdFrom && row.createdAt < createdBefore;
  return inTime && row.scenario === scenario && titleContains(row.name, nameContains);
}

/** The index of the page's first row. */
function startOf(rows: readonly Row[], { start, order, size }: HotwordLibraryQuery): number {
  if ('pageNumber' in start) return (start.pageNumber - 1) * size;
  const { afterSequence } = start;
  const found = rows.findIndex(({ sequence }) =>
    order === 'Asc' ? sequence > afterSequence : sequence < afterSequence,
  );
  return found === -1 ? rows.length : found;
}
