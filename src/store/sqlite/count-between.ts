import type { CountedFilter } from '../../jobs/job-query.ts';
import { BLOCK_BITS } from './job-counters.ts';
import type { JobKey, KeyRange } from './job-key.ts';
import { blockSumSql, filterValues, rowCountSql } from './page-statements.ts';
import type { Statements } from './statements.ts';

/**
 * How many jobs of a range of keys match each of the filters. Sums up the counters of whole blocks, large ones where
 * they fit and small ones at their sides; only in the two small blocks where the range begins and ends are jobs
 * counted one by one, in an index.
 *
 * @returns one number a filter, in their order
 */
export function countBetween(
  statements: Statements,
  { above, below }: KeyRange,
  filters: readonly CountedFilter[],
): number[] {
  const totals = filters.map(() => 0);
  addUp(above + 1, below, BLOCK_BITS);
  return totals;

  function addUp(first: JobKey, end: JobKey, [bits, ...smaller]: readonly (typeof BLOCK_BITS)[number][]): void {
    if (first >= end) return;
    if (bits === undefined) {
      addRows(first, end);
      return;
    }
    const size = 2 ** bits;
    const [firstWhole, endWhole] = [Math.ceil(first / size), Math.floor(end / size)];
    if (firstWhole >= endWhole) {
      addUp(first, end, smaller);
      return;
    }
    const [sums = []] = statements.rows<number[]>(blockSumSql(bits, filters), firstWhole, endWhole);
    for (const [index, sum] of sums.entries()) totals[index] = (totals[index] ?? 0) + sum;
    addUp(first, firstWhole * size, smaller);
    addUp(endWhole * size, end, smaller);
  }

  function addRows(first: JobKey, end: JobKey): void {
    for (const [index, filter] of filters.entries()) {
      const [[count] = [0]] = statements.rows<[number]>(
        rowCountSql(filter),
        ...filterValues(filter),
        first - 1,
        end,
      );
      totals[index] = (totals[index] ?? 0) + count;
    }
  }
}
