import type { AccountId } from '../../jobs/account.ts';
import type { JobId } from '../../jobs/job-id.ts';
import type { JobPage, JobQuery } from '../../jobs/job-query.ts';
import type { JobStore } from '../../jobs/job-store.ts';
import type { ListedJob } from '../../jobs/listed-job.ts';

type Walk = Omit<JobQuery, 'start'>;

/** Every page of a list, each begun where the one before ended. */
export async function walkByPosition(store: JobStore, account: AccountId, walk: Walk): Promise<JobPage[]> {
  const pages: JobPage[] = [];
  let start: JobQuery['start'] | undefined = { pageNumber: 1 };
  while (start !== undefined) {
    const page: JobPage = await store.list(account, { ...walk, start });
    pages.push(page);
    start = page.lastSequence === undefined ? undefined : { afterSequence: page.lastSequence };
  }
  return pages;
}

/** Every page of a list by its number, and the empty one behind the last. */
export async function walkByNumber(store: JobStore, account: AccountId, walk: Walk): Promise<JobPage[]> {
  const pages: JobPage[] = [];
  for (;;) {
    const page = await store.list(account, { ...walk, start: { pageNumber: pages.length + 1 } });
    if (page.jobs.length === 0 && pages.length > 0) return pages;
    pages.push(page);
  }
}

export function listedIds(pages: readonly JobPage[]): JobId[] {
  return pages.flatMap(({ jobs }) => jobs.map((text) => (JSON.parse(text) as ListedJob).JobId as JobId));
}
