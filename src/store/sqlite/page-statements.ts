import type { CountedFilter, JobOrder } from '../../jobs/job-query.ts';
import { JOB_STATES } from '../../jobs/job-state.ts';
import { matching, type BlockBits } from './job-counters.ts';

/*
 * The statements of the list. Three things keep them fast, and a test guards each:
 *  - LIMIT is a literal. Bound, SQLite plans the statement anew whenever its value changes: 13.7 µs where the literal
 *    took 8.9. A bound OFFSET costs nothing of the kind (8.9 µs with 21 values in turn).
 *  - Indexes are named, so that no statistics and no other version of SQLite choose otherwise.
 *  - Only the key and the list's own text are read.
 */

/** One page. Reads one row more than the page has, to know whether more follow. */
export function pageSql(filter: CountedFilter, order: JobOrder, size: number): string {
  return `SELECT key, listed ${fromMatching(filter)} ORDER BY key ${direction(order)} LIMIT ${size + 1}`;
}

/** One page that begins some rows behind the beginning of the range. */
export function skippingPageSql(filter: CountedFilter, order: JobOrder, size: number): string {
  return `${pageSql(filter, order, size)} OFFSET ?`;
}

/**
 * The key of one job some jobs behind the beginning of a block. Skipped in the table, a block's jobs would be some
 * 200 pages to read, from a disk if need be; this index has them in a few, by state, and they are sorted by key.
 */
export function keyInBlockSql(order: JobOrder): string {
  return `SELECT key ${fromMatching({}, COUNTED_IN)} ORDER BY key ${direction(order)} LIMIT 1 OFFSET ?`;
}

export function isUnfiltered({ type, state }: CountedFilter): boolean {
  return type === undefined && state === undefined;
}

/** The blocks of a range in order, each with how many jobs of it match. */
export function blockSql(bits: BlockBits, filter: CountedFilter, order: JobOrder): string {
  return (
    `SELECT block, ${matching(filter)} FROM block_${bits} ` +
    `WHERE block >= ? AND block < ? ORDER BY block ${direction(order)}`
  );
}

/** The blocks of a range added up: one column a filter. */
export function blockSumSql(bits: BlockBits, filters: readonly CountedFilter[]): string {
  const sums = filters.map((filter) => `coalesce(sum(${matching(filter)}), 0)`).join(', ');
  return `SELECT ${sums} FROM block_${bits} WHERE block >= ? AND block < ?`;
}

/** The jobs of a range counted one by one in an index, for ranges shorter than the smallest block. */
export function rowCountSql(filter: CountedFilter): string {
  return `SELECT count(*) ${fromMatching(filter, COUNTED_IN)}`;
}

/** The values to bind for the filter, before those for the range. */
export function filterValues({ type, state }: CountedFilter): string[] {
  return [type, state].filter((value) => value !== undefined);
}

/** Where all jobs of a range are counted: an index has them more closely than the table. */
const COUNTED_IN = `INDEXED BY smart_job_state WHERE state IN (${JOB_STATES.map((state) => `'${state}'`).join(', ')}) AND`;

function fromMatching({ type, state }: CountedFilter, allFrom = 'NOT INDEXED WHERE'): string {
  const range = 'key > ? AND key < ?';
  if (type !== undefined && state !== undefined) {
    return `FROM smart_job INDEXED BY smart_job_type_state WHERE type = ? AND state = ? AND ${range}`;
  }
  if (type !== undefined) return `FROM smart_job INDEXED BY smart_job_type WHERE type = ? AND ${range}`;
  if (state !== undefined) return `FROM smart_job INDEXED BY smart_job_state WHERE state = ? AND ${range}`;
  return `FROM smart_job ${allFrom} ${range}`;
}

function direction(order: JobOrder): 'ASC' | 'DESC' {
  return order === 'Asc' ? 'ASC' : 'DESC';
}
