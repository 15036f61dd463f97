import { setImmediate as turn } from 'node:timers/promises';
import { titleContains, type JobQuery } from '../../jobs/job-query.ts';
import { keysBehind, type JobKey, type KeyRange } from './job-key.ts';
import { listedTitle } from './listed-title.ts';
import { filterValues, pageSql } from './page-statements.ts';
import type { Statements } from './statements.ts';
import { guarded } from './store-failure.ts';

/**
 * Jobs that are read at a time before others get their turn: about 1 ms. Reading 10,000 at a time took as long all in
 * all. The first ones are fewer, since most of what people look for is among the newest.
 */
const CHUNK = 1_000;
const FIRST_CHUNK = 100;

export type ListedRow = [key: JobKey, listed: string];

/** The first jobs of the range, in the order of the query, whose title has the part in it: up to so many. */
export async function scanTitles(
  statements: Statements,
  { filter, order }: Pick<JobQuery, 'filter' | 'order'>,
  { part, range, most }: { readonly part: string; readonly range: KeyRange; readonly most: number },
): Promise<ListedRow[]> {
  const values = filterValues(filter);
  const read = (chunk: number, { above, below }: KeyRange): ListedRow[] =>
    guarded(() => statements.rows(pageSql(filter, order, chunk - 1), ...values, above, below));
  const found: ListedRow[] = [];
  let rest = range;
  for (let chunk = FIRST_CHUNK; ; chunk = CHUNK) {
    const rows = read(chunk, rest);
    for (const row of rows) {
      if (titleContains(listedTitle(row[1]), part)) found.push(row);
      if (found.length === most) return found;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < chunk) return found;
    rest = keysBehind(rest, last[0], order);
    await turn();
  }
}
