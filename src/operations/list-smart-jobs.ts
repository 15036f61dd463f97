import type { AccountId } from '../jobs/account.ts';
import { refuseValue, type Refusal } from '../gateway/api-error.ts';
import { answer } from '../gateway/operation.ts';
import type { ParameterTable, ParameterValues } from '../gateway/parameter-table.ts';
import { StoredJson } from '../gateway/stored-json.ts';
import type { JobFilter, JobOrder, JobQuery, PageStart } from '../jobs/job-query.ts';
import { JOB_STATES } from '../jobs/job-state.ts';
import { JOB_TYPES } from '../jobs/job-type.ts';
import { openPageToken, sealPageToken } from '../jobs/page-token.ts';
import { creationTimeParameters, creationTimes } from './creation-times.ts';
import { MOST_JOB_IDS, readJobIds } from './job-id-list.ts';
import { pageParameters, pageSizeOf } from './page-parameters.ts';
import { refusePageToken } from './page-token-refusal.ts';
import { operation } from './services.ts';

const parameters = {
  NextToken: {
    kind: 'text',
    description:
      'Where to go on: the NextToken of the page before. It holds for the account, the filters and the order it was given for, and does not expire while the server keeps its key.',
  },
  ...pageParameters('Jobs'),
  JobType: { kind: 'choice', allowed: JOB_TYPES, description: 'Only jobs of this type.' },
  JobState: { kind: 'choice', allowed: JOB_STATES, description: 'Only jobs in this state.' },
  Status: { kind: 'ignored', description: 'A number that clients of 2021 send; the service dropped it.' },
  Title: { kind: 'ignored', description: 'A filter that clients of 2021 send; the service dropped it.' },
  ...creationTimeParameters,
  TitleContains: {
    kind: 'text',
    maxBytes: 128,
    additive: true,
    description:
      'Only jobs that have this in their title, in upper or lower case as Unicode pairs them. Reads jobs one after another until the page is full, 0.1 s for 100,000: narrow it by time, type or state. Goes on by NextToken alone; there is no TotalCount.',
  },
  JobIds: {
    kind: 'text',
    additive: true,
    description: `Only these jobs: ids separated by commas, at most ${MOST_JOB_IDS}. Ids that the account does not have are passed over.`,
  },
} as const satisfies ParameterTable;

type Values = ParameterValues<typeof parameters>;

/** The mission: one page of the account's jobs, by token or by number, newest or oldest first. */
export const listSmartJobs = operation({
  product: 'ice',
  action: 'ListSmartJobs',
  summary: 'Lists the jobs of the account that match the filters.',
  ramAction: 'ice:ListSmartJobs',
  parameters,
  answers: [
    { name: 'SmartJobList', type: 'array', description: 'The jobs of the page.' },
    { name: 'SmartJobList[].JobId', type: 'string', description: '32 hex characters.' },
    {
      name: 'SmartJobList[].Title',
      type: 'string',
      description: 'As submitted, else `default_title_<CreateTime>`.',
    },
    { name: 'SmartJobList[].Description', type: 'string', description: 'As submitted.' },
    { name: 'SmartJobList[].UserId', type: 'number', description: 'The account. A string in GetSmartHandleJob.' },
    { name: 'SmartJobList[].JobType', type: 'string', description: JOB_TYPES.join(', ') },
    { name: 'SmartJobList[].EditingConfig', type: 'string', description: 'JSON text as submitted.' },
    { name: 'SmartJobList[].UserData', type: 'string', description: 'As submitted, byte for byte.' },
    { name: 'SmartJobList[].JobState', type: 'string', description: JOB_STATES.join(', ') },
    { name: 'SmartJobList[].CreateTime', type: 'string', description: 'UTC, `2026-01-02T03:04:05Z`.' },
    { name: 'SmartJobList[].ModifiedTime', type: 'string', description: 'UTC, the last change of state.' },
    { name: 'SmartJobList[].InputConfig', type: 'object', description: '`{InputFile, Keyword}`, or `{}`.' },
    { name: 'SmartJobList[].OutputConfig', type: 'object', description: '`{Bucket, Object}`, or `{}`.' },
    { name: 'NextToken', type: 'string', description: 'Empty on the last page.' },
    { name: 'MaxResults', type: 'string', description: 'The page size in force.' },
    {
      name: 'TotalCount',
      type: 'string',
      description: 'How many jobs match; only when PageNo or PageSize was sent, and never with TitleContains.',
    },
  ],
  xmlItems: { SmartJobList: 'SmartJobListItem' },

  async handle({ caller: { account }, values }, { jobs, pageTokenKey }) {
    const filter = filterOf(values);
    if ('kind' in filter) return filter;
    const order: JobOrder = values.SortBy === 'CreationTime:Asc' ? 'Asc' : 'Desc';
    const size = pageSizeOf(values);
    const start = startOf(values, account, { filter, order }, pageTokenKey);
    if ('kind' in start) return start;
    const page = await jobs.list(account, { filter, order, start, size });
    const asked = values.PageNo !== undefined || values.PageSize !== undefined;
    const counted = asked && filter.titleContains === undefined;
    return answer({
      SmartJobList: StoredJson.array(page.jobs),
      NextToken:
        page.lastSequence === undefined
          ? ''
          : sealPageToken(pageTokenKey, { account, filter, order }, page.lastSequence),
      MaxResults: String(size),
      TotalCount: counted ? String(await jobs.count(account, filter)) : undefined,
    });
  },
});

function filterOf(values: Values): JobFilter | Refusal {
  const { JobType: type, JobState: state, TitleContains: part } = values;
  const times = creationTimes(values);
  if ('kind' in times) return times;
  const ids = values.JobIds === '' ? undefined : readJobIds('JobIds', values.JobIds);
  if (ids !== undefined && 'kind' in ids) return ids;
  return { type, state, ...times, titleContains: part === '' ? undefined : part, ids: ids?.toSorted() };
}

/** With a token, PageNo says nothing: the token names the place. */
function startOf(
  values: Values,
  account: AccountId,
  { filter, order }: Pick<JobQuery, 'filter' | 'order'>,
  pageTokenKey: Buffer,
): PageStart | Refusal {
  if (values.NextToken === '') return numberedStart(values.PageNo ?? 1, filter);
  const afterSequence = openPageToken(pageTokenKey, { account, filter, order }, values.NextToken);
  if (afterSequence !== undefined) return { afterSequence };
  return refusePageToken();
}

function numberedStart(pageNumber: number, { titleContains }: JobFilter): PageStart | Refusal {
  if (pageNumber === 1 || titleContains === undefined) return { pageNumber };
  return refuseValue(
    'PageNo',
    String(pageNumber),
    '1 with TitleContains; go on with the NextToken of the page before',
  );
}
