import { setImmediate as turn } from 'node:timers/promises';
import { titleContains, type JobQuery } from '../../jobs/job-query.ts';
import type { JobKey, KeyRange } from './job-key.ts';
import { listedTitle } from './listed-title.ts';
import { filterValues, pageSql } from './page-statements.ts';
import type { Statements } from './statements.ts';
import { guarded } from './store-failure.ts';

/**
 * Jobs that are read at a time before others get their turn. 100,000 jobs take 0.11 s, so this is 1 ms for those who
 * wait; reading one by one or 10,000 at a time took as long all in all.
 */
const CHUNK = 1_000;

export type ListedRow = [key: JobKey, listed: string];

/** The first jobs of the range, in the order of the query, whose title has the part in it: up to so many. */
export async function scanTitles(
  statements: Statements,
  { filter, order }: Pick<JobQuery, 'filter' | 'order'>,
  { part, range, most }: { readonly part: string; readonly range: KeyRange; readonly most: number },
): Promise<ListedRow[]> {
  const sql = pageSql(filter, order, CHUNK - 1);
  const found: ListedRow[] = [];
  let { above, below } = range;
  for (;;) {
    const rows = guarded(() => statements.rows<ListedRow>(sql, ...filterValues(filter), above, below));
    for (const row of rows) {
      if (titleContains(listedTitle(row[1]), part)) found.push(row);
      if (found.length === most) return found;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < CHUNK) return found;
    if (order === 'Asc') above = last[0];
    else below = last[0];
    await turn();
  }
}
