import { wireTime } from '../base/wire-time.ts';
import { refuse, refuseValue, type Refusal } from '../gateway/api-error.ts';
import { answer } from '../gateway/operation.ts';
import type { ParameterTable, ParameterValues } from '../gateway/parameter-table.ts';
import type { HotwordLibraryFilter } from '../jobs/hotword-libraries.ts';
import { openHotwordPageToken, sealHotwordPageToken, type HotwordPageScope } from '../jobs/hotword-page-token.ts';
import type { JobOrder, PageStart } from '../jobs/job-query.ts';
import { libraryAnswers, libraryFields, SCENARIO_CHOICE } from './hotword-library-fields.ts';
import { operation } from './services.ts';

const PAGE_SIZE_DEFAULT = 10;
const PAGE_SIZE_MAX = 100;
/** Wire times are whole seconds: what was created within the last one counts. */
const SECOND = 1000;

const parameters = {
  NextToken: { kind: 'text', description: 'Where to go on: the NextToken of the page before, with its filters.' },
  MaxResults: {
    kind: 'integer',
    min: 1,
    max: PAGE_SIZE_MAX,
    description: `Libraries a page, before PageSize; ${PAGE_SIZE_DEFAULT} where neither is given.`,
  },
  PageNo: {
    kind: 'integer',
    min: 1,
    max: 2_147_483_647,
    description: 'Number of the page, default 1. Without effect beside a NextToken.',
  },
  PageSize: {
    kind: 'integer',
    min: 1,
    max: PAGE_SIZE_MAX,
    description: `Libraries a page where MaxResults is not given; ${PAGE_SIZE_DEFAULT} where neither is.`,
  },
  SortBy: {
    kind: 'choice',
    allowed: ['CreationTime:Asc', 'CreationTime:Desc'],
    default: 'CreationTime:Desc',
    description: 'The order of the list.',
  },
  Name: { kind: 'text', description: 'Only libraries that have this in their name, in upper or lower case.' },
  UsageScenario: { ...SCENARIO_CHOICE, description: 'Only libraries for this.' },
  StartTime: { kind: 'time', description: 'Only libraries created in this second or later.' },
  EndTime: { kind: 'time', description: 'Only libraries created in this second or before.' },
} as const satisfies ParameterTable;

type Values = ParameterValues<typeof parameters>;

export const listHotwordLibraries = operation({
  product: 'ice',
  action: 'ListHotwordLibraries',
  summary: 'Lists the hotword libraries of the account, without their words.',
  ramAction: 'ice:ListHotwordLibraries',
  parameters,
  answers: [
    { name: 'HotwordLibraryList', type: 'array', description: 'The libraries of the page.' },
    ...libraryAnswers('HotwordLibraryList[].'),
    { name: 'HotwordLibraryList[].ModifiedTime', type: 'string', description: 'UTC, the last change.' },
    { name: 'NextToken', type: 'string', description: 'Empty on the last page.' },
    { name: 'MaxResults', type: 'number', description: 'The page size in force.' },
    { name: 'TotalCount', type: 'number', description: 'How many libraries match, on all pages.' },
  ],
  xmlItems: { HotwordLibraryList: 'HotwordLibrary' },

  async handle({ caller: { account }, values }, { hotwords, pageTokenKey }) {
    const filter = filterOf(values);
    if ('kind' in filter) return filter;
    const order: JobOrder = values.SortBy === 'CreationTime:Asc' ? 'Asc' : 'Desc';
    const size = values.MaxResults ?? values.PageSize ?? PAGE_SIZE_DEFAULT;
    const scope = { account, filter, order };
    const start = startOf(values, scope, pageTokenKey);
    if ('kind' in start) return start;
    const { libraries, lastSequence, total } = await hotwords.list(account, { filter, order, start, size });
    return answer({
      HotwordLibraryList: libraries.map(libraryFields),
      NextToken: lastSequence === undefined ? '' : sealHotwordPageToken(pageTokenKey, scope, lastSequence),
      MaxResults: size,
      TotalCount: total,
    });
  },
});

function filterOf({ Name, UsageScenario, StartTime, EndTime }: Values): HotwordLibraryFilter | Refusal {
  if (StartTime !== undefined && EndTime !== undefined && StartTime > EndTime) {
    return refuseValue('EndTime', wireTime(EndTime), `not before StartTime, ${wireTime(StartTime)}`);
  }
  return {
    ...(Name !== '' && { nameContains: Name }),
    scenario: UsageScenario,
    createdFrom: StartTime,
    createdBefore: EndTime === undefined ? undefined : EndTime + SECOND,
  };
}

function startOf(values: Values, scope: HotwordPageScope, pageTokenKey: Buffer): PageStart | Refusal {
  if (values.NextToken === '') return { pageNumber: values.PageNo ?? 1 };
  const afterSequence = openHotwordPageToken(pageTokenKey, scope, values.NextToken);
  if (afterSequence !== undefined) return { afterSequence };
  return refuse(
    'InvalidParameter',
    "'NextToken' is invalid: it is damaged, or was given by another server, to another account, or for other filters or another order. Begin again without it, and keep all filters and SortBy the same from page to page.",
  );
}
