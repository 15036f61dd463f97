import { wireTime } from '../base/wire-time.ts';
import { refuseValue, type Refusal } from '../gateway/api-error.ts';
import { answer } from '../gateway/operation.ts';
import type { ParameterTable, ParameterValues } from '../gateway/parameter-table.ts';
import type { HotwordLibraryFilter } from '../jobs/hotword-libraries.ts';
import { openHotwordPageToken, sealHotwordPageToken, type HotwordPageScope } from '../jobs/hotword-page-token.ts';
import type { JobOrder, PageStart } from '../jobs/job-query.ts';
import { libraryAnswers, libraryFields, SCENARIO_CHOICE } from './hotword-library-fields.ts';
import { pageParameters, pageSizeOf } from './page-parameters.ts';
import { refusePageToken } from './page-token-refusal.ts';
import { operation } from './services.ts';

/** Wire times are whole seconds: what was created within the last one counts. */
const SECOND = 1000;

const parameters = {
  NextToken: { kind: 'text', description: 'Where to go on: the NextToken of the page before, with its filters.' },
  ...pageParameters('Libraries'),
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
    const size = pageSizeOf(values);
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
  return refusePageToken();
}
