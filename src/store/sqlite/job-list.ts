import type { JobPage, JobQuery } from '../../jobs/job-query.ts';
import { keysBehind, keysOf, sequenceOf, type JobKey } from './job-key.ts';
import { placeBehind } from './numbered-page.ts';
import { filterValues, pageSql, skippingPageSql } from './page-statements.ts';
import type { Statements } from './statements.ts';

type ListedRow = [key: JobKey, listed: string];

const EMPTY: JobPage = { jobs: [] };

/** Reads a page of the account's jobs. */
export function listJobs(statements: Statements, accountNumber: number, query: JobQuery): JobPage {
  const { filter, order, size, start } = query;
  const values = filterValues(filter);
  if ('afterSequence' in start) {
    const { above, below } = keysBehind(accountNumber, order, start.afterSequence);
    return pageOf(statements.rows(pageSql(filter, order, size), ...values, above, below), size);
  }
  if (start.pageNumber === 1) {
    const { above, below } = keysOf(accountNumber);
    return pageOf(statements.rows(pageSql(filter, order, size), ...values, above, below), size);
  }
  const place = placeBehind(statements, accountNumber, query, (start.pageNumber - 1) * size);
  if (place === undefined) return EMPTY;
  const { above, below } = place.range;
  const sql = skippingPageSql(filter, order, size);
  return pageOf(statements.rows(sql, ...values, above, below, place.skip), size);
}

/** @param rows those of the page, and one more if more jobs follow */
function pageOf(rows: ListedRow[], size: number): JobPage {
  const more = rows.length > size;
  if (more) rows.pop();
  const jobs = rows.map(([, listed]) => listed);
  const last = rows.at(-1);
  return more && last !== undefined ? { jobs, lastSequence: sequenceOf(last[0]) } : { jobs };
}
