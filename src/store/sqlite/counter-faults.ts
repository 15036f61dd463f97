import type { Database } from 'better-sqlite3';
import { CELLS } from './job-counters.ts';
import { COUNTER_TABLES, type CounterTable, type Recount } from './recount.ts';

/** A number that differs from what the jobs say. */
export type CounterFault = {
  readonly table: string;
  /** The id of the row: an account number or a block. */
  readonly row: number;
  readonly column: string;
  /** Null where the row is missing. */
  readonly kept: number | string | null;
  readonly counted: number | string;
};

/** Compares every counter, and what an account knows of its newest job, with a recount. */
export function counterFaults(db: Database, recounted: Recount): CounterFault[] {
  return [...COUNTER_TABLES.flatMap((table) => wrongCells(db, table, recounted)), ...wrongPlaces(db, recounted)];
}

function wrongCells(db: Database, { table, id }: CounterTable, { cells }: Recount): CounterFault[] {
  const counted = cells.get(table) ?? new Map<number, number[]>();
  const rows = db.prepare(`SELECT ${id}, ${CELLS.join(', ')} FROM ${table} ORDER BY ${id}`).raw();
  const faults: CounterFault[] = [];
  const present = new Set<number>();
  for (const [row, ...kept] of rows.iterate() as Iterable<[number, ...number[]]>) {
    present.add(row);
    faults.push(...differences(table, row, kept, counted.get(row)));
  }
  for (const [row, counts] of counted)
    if (!present.has(row)) faults.push(...differences(table, row, undefined, counts));
  return faults;
}

/** Absent counts are zeros; a row that is absent has none of anything, and is wrong where something is counted. */
function differences(
  table: string,
  row: number,
  kept: readonly number[] | undefined,
  counted: readonly number[] | undefined,
): CounterFault[] {
  return CELLS.map((column, cell) => ({
    table,
    row,
    column,
    kept: kept?.[cell] ?? null,
    counted: counted?.[cell] ?? 0,
  })).filter((fault) => (fault.kept ?? 0) !== fault.counted);
}

/** The next job must come behind the newest. It may come far behind: what was deleted leaves gaps. */
function wrongPlaces(db: Database, { newest }: Recount): CounterFault[] {
  const rows = db.prepare('SELECT number, last_sequence, last_job_id FROM account').raw();
  const faults: CounterFault[] = [];
  for (const [row, sequence, id] of rows.iterate() as Iterable<[number, number, Buffer | null]>) {
    const last = newest.get(row);
    if (last === undefined) continue;
    const fault = { table: 'account', row };
    if (sequence < last.sequence) {
      faults.push({ ...fault, column: 'last_sequence', kept: sequence, counted: last.sequence });
    }
    if (id === null || id.compare(last.id) < 0) {
      const kept = id?.toString('hex') ?? null;
      faults.push({ ...fault, column: 'last_job_id', kept, counted: last.id.toString('hex') });
    }
  }
  return faults;
}

/** Writes what was counted. Runs inside a transaction. */
export function correctCounters(db: Database, faults: readonly CounterFault[]): void {
  for (const { table, row, column, counted } of faults) {
    const value = typeof counted === 'string' ? Buffer.from(counted, 'hex') : counted;
    if (table === 'account') {
      db.prepare(`UPDATE account SET ${column} = ? WHERE number = ?`).run(value, row);
    } else {
      const upsert = `ON CONFLICT (block) DO UPDATE SET ${column} = excluded.${column}`;
      db.prepare(`INSERT INTO ${table} (block, ${column}) VALUES (?, ?) ${upsert}`).run(row, value);
    }
  }
}
