import { wireTime } from '../../base/wire-time.ts';
import { refuseValue, type Refusal } from '../../gateway/api-error.ts';
import { answer } from '../../gateway/operation.ts';
import type { ParameterTable, ParameterValues } from '../../gateway/parameter-table.ts';
import { BUSINESS_TYPES, MEDIA_ORIGINS, MEDIA_STATUSES, MEDIA_TYPES } from '../../jobs/media-entry.ts';
import { openMediaPageToken, sealMediaPageToken, type MediaPageScope } from '../../jobs/media-page-token.ts';
import type { MediaFilter } from '../../jobs/media-store.ts';
import { refusePageToken } from '../page-token-refusal.ts';
import { operation } from '../services.ts';
import { MEDIA_ID, MEDIA_XML, mediaAnswers, mediaBasicInfo } from './media-answer.ts';
import { AUTH_TIMEOUT, fileInfoList } from './media-file.ts';
import { namedById } from './media-name.ts';

/** Wire times are whole seconds. */
const SECOND = 1000;

const parameters = {
  StartTime: { kind: 'time', description: 'Only media whose CreateTime is after this.' },
  EndTime: { kind: 'time', description: 'Only media whose CreateTime is this or before.' },
  MediaType: { kind: 'choice', allowed: MEDIA_TYPES, description: 'Only media of this type.' },
  BusinessType: { kind: 'choice', allowed: BUSINESS_TYPES, description: 'Only media for this use.' },
  Source: { kind: 'choice', allowed: MEDIA_ORIGINS, description: 'Only media that lie there.' },
  Status: { kind: 'choice', allowed: MEDIA_STATUSES, description: 'Only media of this status.' },
  MediaId: { ...MEDIA_ID, description: 'Only the media of this id.' },
  SortBy: { kind: 'choice', allowed: ['desc', 'asc'], default: 'desc', description: 'Newest or oldest first.' },
  MaxResults: { kind: 'integer', min: 1, max: 100, default: 10, description: 'Media a page.' },
  NextToken: {
    kind: 'text',
    description: 'Where to go on: the NextToken of the page before, with its filters and order.',
  },
  IncludeFileBasicInfo: { kind: 'boolean', description: 'Whether FileInfoList is wanted.' },
  AuthTimeout: AUTH_TIMEOUT,
  Category: { kind: 'ignored', description: 'A filter that clients of 2021 send; the service dropped it.' },
} as const satisfies ParameterTable;

type Values = ParameterValues<typeof parameters>;

/** One page of the account's media. */
export const listMediaBasicInfos = operation({
  product: 'ice',
  action: 'ListMediaBasicInfos',
  summary: 'Lists the media of the account that match the filters.',
  ramAction: 'ice:ListMediaBasicInfos',
  parameters,
  answers: [
    { name: 'MediaInfos', type: 'array', description: 'The media of the page.' },
    ...mediaAnswers('MediaInfos[].'),
    { name: 'NextToken', type: 'string', description: 'Empty on the last page.' },
    { name: 'MaxResults', type: 'number', description: 'The page size in force.' },
    { name: 'TotalCount', type: 'number', description: 'How many media match, on all pages.' },
  ],
  xmlItems: MEDIA_XML,

  async handle({ caller: { account }, values }, services) {
    const { media, pageTokenKey } = services;
    const { MaxResults, IncludeFileBasicInfo, AuthTimeout } = values;
    const filter = filterOf(values);
    if ('kind' in filter) return filter;
    const scope: MediaPageScope = { account, filter, order: values.SortBy === 'asc' ? 'Asc' : 'Desc' };
    const start = startOf(values, scope, pageTokenKey);
    if ('kind' in start) return start;
    const page = await media.list(account, { ...scope, ...start, size: MaxResults });
    const infos = page.entries.map(async (entry) => ({
      MediaId: entry.mediaId,
      MediaBasicInfo: mediaBasicInfo(entry),
      FileInfoList: IncludeFileBasicInfo ? await fileInfoList(account, entry, AuthTimeout, services) : undefined,
    }));
    const { lastSequence } = page;
    return answer({
      MediaInfos: await Promise.all(infos),
      NextToken: lastSequence === undefined ? '' : sealMediaPageToken(pageTokenKey, scope, lastSequence),
      MaxResults,
      TotalCount: page.total,
    });
  },
});

function filterOf(values: Values): MediaFilter | Refusal {
  const { StartTime, EndTime } = values;
  if (StartTime !== undefined && EndTime !== undefined && StartTime >= EndTime) {
    return refuseValue('EndTime', wireTime(EndTime), `later than StartTime, ${wireTime(StartTime)}`);
  }
  const name = values.MediaId === '' ? { mediaId: undefined } : namedById('MediaId', values.MediaId);
  if ('kind' in name) return name;
  return {
    ...name,
    mediaType: values.MediaType,
    businessType: values.BusinessType,
    origin: values.Source,
    status: values.Status,
    createdFrom: StartTime === undefined ? undefined : StartTime + SECOND,
    createdBefore: EndTime === undefined ? undefined : EndTime + SECOND,
  };
}

function startOf(
  { NextToken }: Values,
  scope: MediaPageScope,
  pageTokenKey: Buffer,
): { readonly afterSequence: number | undefined } | Refusal {
  if (NextToken === '') return { afterSequence: undefined };
  const afterSequence = openMediaPageToken(pageTokenKey, scope, NextToken);
  if (afterSequence !== undefined) return { afterSequence };
  return refusePageToken();
}
