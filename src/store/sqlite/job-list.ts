import type { JobPage, JobQuery } from '../../jobs/job-query.ts';
import { jobKey, keysBehind, sequenceOf, type KeyRange } from './job-key.ts';
import type { JobTables } from './job-tables.ts';
import { namedJobs } from './named-jobs.ts';
import { placeBehind } from './numbered-page.ts';
import { filterValues, pageSql, skippingPageSql } from './page-statements.ts';
import type { Statements } from './statements.ts';
import { scanTitles, type ListedRow } from './title-scan.ts';

const EMPTY: JobPage = { jobs: [] };

/** Reads a page of the account's jobs. */
export function listJobs(tables: JobTables, accountNumber: number, query: JobQuery): JobPage | Promise<JobPage> {
  const { statements, creations } = tables;
  const { filter, order, start } = query;
  const { titleContains, ids } = filter;
  if (ids !== undefined) return pageOfNamed(namedJobs(statements, accountNumber, { ids, filter, order }), query);
  const within = creations.keysWithin(accountNumber, filter);
  if ('pageNumber' in start && start.pageNumber !== 1) {
    return numberedPage(statements, { accountNumber, within, skip: (start.pageNumber - 1) * query.size }, query);
  }
  const range =
    'pageNumber' in start ? within : keysBehind(within, jobKey(accountNumber, start.afterSequence), order);
  if (titleContains !== undefined) return pageByTitle(statements, range, query, titleContains);
  return pageIn(statements, range, query);
}

function pageIn(statements: Statements, { above, below }: KeyRange, { filter, order, size }: JobQuery): JobPage {
  return pageOf(statements.rows(pageSql(filter, order, size), ...filterValues(filter), above, below), size);
}

type NumberedPlace = { readonly accountNumber: number; readonly within: KeyRange; readonly skip: number };

function numberedPage(
  statements: Statements,
  { accountNumber, within, skip }: NumberedPlace,
  { filter, order, size }: JobQuery,
): JobPage {
  const place = placeBehind(statements, accountNumber, { filter, order, within }, skip);
  if (place === undefined) return EMPTY;
  const { above, below } = place.range;
  const sql = skippingPageSql(filter, order, size);
  return pageOf(statements.rows(sql, ...filterValues(filter), above, below, place.skip), size);
}

async function pageByTitle(
  statements: Statements,
  range: KeyRange,
  query: JobQuery,
  part: string,
): Promise<JobPage> {
  return pageOf(await scanTitles(statements, query, { part, range, most: query.size + 1 }), query.size);
}

/** @param jobs all that match, in order */
function pageOfNamed(jobs: readonly ListedRow[], { order, size, start }: JobQuery): JobPage {
  if ('pageNumber' in start) {
    const skip = (start.pageNumber - 1) * size;
    return pageOf(jobs.slice(skip, skip + size + 1), size);
  }
  const isBehind = ([key]: ListedRow): boolean =>
    order === 'Asc' ? sequenceOf(key) > start.afterSequence : sequenceOf(key) < start.afterSequence;
  return pageOf(jobs.filter(isBehind).slice(0, size + 1), size);
}

/** @param rows those of the page, and one more if more jobs follow */
function pageOf(rows: ListedRow[], size: number): JobPage {
  const more = rows.length > size;
  if (more) rows.pop();
  const jobs = rows.map(([, listed]) => listed);
  const last = rows.at(-1);
  return more && last !== undefined ? { jobs, lastSequence: sequenceOf(last[0]) } : { jobs };
}
