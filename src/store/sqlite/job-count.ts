import type { CountedFilter, JobCount, JobFilter } from '../../jobs/job-query.ts';
import { countBetween } from './count-between.ts';
import { cellsOf } from './job-counters.ts';
import type { JobTables } from './job-tables.ts';
import { namedJobs } from './named-jobs.ts';

/** How many jobs of the account match. */
export function countJobs(
  { statements, counters, creations }: JobTables,
  accountNumber: number,
  filter: CountedFilter & Pick<JobFilter, 'ids'>,
): number {
  const { ids } = filter;
  if (ids !== undefined) return namedJobs(statements, accountNumber, { ids, filter, order: 'Asc' }).length;
  if (!isTimed(filter)) return counters.count(accountNumber, filter);
  const [count = 0] = countBetween(statements, creations.keysWithin(accountNumber, filter), [filter]);
  return count;
}

/** The same for each type and state that the filter allows. */
export function countEachKind(
  { statements, counters, creations }: JobTables,
  accountNumber: number,
  filter: CountedFilter,
): JobCount[] {
  const cells = cellsOf(filter);
  const counts = isTimed(filter)
    ? countBetween(statements, creations.keysWithin(accountNumber, filter), cells)
    : counters.countEach(accountNumber, cells);
  return cells.map(({ type, state }, index) => ({ type, state, count: counts[index] ?? 0 }));
}

function isTimed({ createdFrom, createdBefore }: CountedFilter): boolean {
  return createdFrom !== undefined || createdBefore !== undefined;
}
