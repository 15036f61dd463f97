import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wireTime } from '../base/wire-time.ts';
import { sealPageToken } from '../jobs/page-token.ts';
import { openTestGateway, type TestGateway } from './test-gateway.ts';

let gateway: TestGateway;
/** Oldest first; two in each second. */
const ids: string[] = [];
const times: string[] = [];
const TITLES = ['Board meeting', 'Interview', 'BOARD dinner', 'Élan', 'Interview 2', 'board game'];

beforeAll(async () => {
  gateway = openTestGateway();
  for (const [index, Title] of TITLES.entries()) {
    times.push(wireTime(gateway.clock.now()));
    const { body } = await gateway.call('SubmitASRJob', { InputFile: 'oss://bucket/a.wav', Title });
    ids.push(body.JobId as string);
    gateway.clock.advance(index % 2 === 0 ? 200 : 1000);
  }
});
afterAll(() => gateway.close());

async function list(parameters: Record<string, string>): Promise<Record<string, unknown>> {
  const { status, text, body } = await gateway.call('ListSmartJobs', { SortBy: 'CreationTime:Asc', ...parameters });
  expect(status, text).toBe(200);
  return body;
}

async function listedIds(parameters: Record<string, string>): Promise<string[]> {
  return idsOf(await list(parameters));
}

function idsOf(body: Record<string, unknown>): string[] {
  return (body.SmartJobList as { JobId: string }[]).map(({ JobId }) => JobId);
}

async function refused(parameters: Record<string, string>): Promise<unknown> {
  const { status, body } = await gateway.call('ListSmartJobs', parameters);
  expect([status, body.Code]).toEqual([400, 'InvalidParameter']);
  return body.Message;
}

/** Every page by NextToken. */
async function walk(parameters: Record<string, string>): Promise<string[][]> {
  const pages: string[][] = [];
  let NextToken = '';
  do {
    const body = await list({ ...parameters, NextToken });
    pages.push(idsOf(body));
    NextToken = body.NextToken as string;
  } while (NextToken !== '');
  return pages;
}

describe('CreateTimeFrom and CreateTimeTo', () => {
  test('are the first second that is listed and the first that is not', async () => {
    const [, , third = '', , fifth = ''] = times;
    expect(await listedIds({ CreateTimeFrom: third })).toEqual(ids.slice(2));
    expect(await listedIds({ CreateTimeTo: third })).toEqual(ids.slice(0, 2));
    expect(await listedIds({ CreateTimeFrom: third, CreateTimeTo: fifth })).toEqual(ids.slice(2, 4));
  });

  test('hold for pages by number and by token, and for TotalCount', async () => {
    const range = { CreateTimeFrom: times[2] ?? '', PageSize: '2' };
    expect(await list({ ...range, PageNo: '2' })).toMatchObject({ TotalCount: '4', NextToken: '' });
    expect(await listedIds({ ...range, PageNo: '2' })).toEqual(ids.slice(4));
    expect(await listedIds({ ...range, PageNo: '3' })).toEqual([]);
    expect(await walk(range)).toEqual([ids.slice(2, 4), ids.slice(4)]);
  });

  test('of another form, or that leave no time between them, are refused', async () => {
    const [first = '', , third = ''] = times;
    for (const CreateTimeFrom of [
      '2026-01-02',
      '2026-02-30T00:00:00Z',
      '1767323045',
      '2026-01-02T03:04:05+08:00',
    ]) {
      expect(await refused({ CreateTimeFrom })).toBe(
        `'CreateTimeFrom' is invalid, input: ${CreateTimeFrom}, value range: yyyy-MM-ddTHH:mm:ssZ in UTC, of a day that exists`,
      );
    }
    for (const CreateTimeTo of [first, third]) {
      expect(await refused({ CreateTimeFrom: third, CreateTimeTo })).toBe(
        `'CreateTimeTo' is invalid, input: ${CreateTimeTo}, value range: later than CreateTimeFrom, ${third}`,
      );
    }
  });
});

describe('TitleContains', () => {
  test('finds titles in upper and lower case, page by page, without a TotalCount', async () => {
    expect(await walk({ TitleContains: 'bOARD', MaxResults: '2' })).toEqual([[ids[0], ids[2]], [ids[5]]]);
    expect(await listedIds({ TitleContains: 'éL' })).toEqual([ids[3]]);
    expect(await list({ TitleContains: 'board', PageNo: '1', PageSize: '1' })).not.toHaveProperty('TotalCount');
    expect(await listedIds({ TitleContains: 'board', CreateTimeFrom: times[2] ?? '' })).toEqual([ids[2], ids[5]]);
  });

  test('has no pages by number', async () => {
    expect(await refused({ TitleContains: 'board', PageNo: '2' })).toBe(
      "'PageNo' is invalid, input: 2, value range: 1 with TitleContains; go on with the NextToken of the page before",
    );
    const { NextToken } = await list({ TitleContains: 'board', MaxResults: '2' });
    expect(await listedIds({ TitleContains: 'board', NextToken: NextToken as string, PageNo: '2' })).toEqual([
      ids[5],
    ]);
  });

  test('is no longer than titles are', async () => {
    expect(await refused({ TitleContains: 'x'.repeat(129) })).toContain('at most 128 bytes');
  });
});

describe('JobIds', () => {
  test('lists these jobs in the order of the list, and passes over ids that the account does not have', async () => {
    const JobIds = [ids[4], '0190000000007000a000000000000000', 'nonsense', ids[1], ids[4], ''].join(' , ');
    expect(await list({ JobIds, PageNo: '1' })).toMatchObject({ TotalCount: '2' });
    expect(await listedIds({ JobIds })).toEqual([ids[1], ids[4]]);
    expect(await listedIds({ JobIds, SortBy: 'CreationTime:Desc' })).toEqual([ids[4], ids[1]]);
    expect(await listedIds({ JobIds: 'nonsense' })).toEqual([]);
  });

  test('combines with the other filters and with paging', async () => {
    const JobIds = ids.slice(1).join(',');
    expect(await walk({ JobIds, MaxResults: '2' })).toEqual([ids.slice(1, 3), ids.slice(3, 5), ids.slice(5)]);
    expect(await listedIds({ JobIds, PageNo: '3', PageSize: '2' })).toEqual(ids.slice(5));
    expect(await listedIds({ JobIds, TitleContains: 'INTER', CreateTimeFrom: times[2] ?? '' })).toEqual([ids[4]]);
    expect(await listedIds({ JobIds, JobState: 'Failed' })).toEqual([]);
  });

  test('in another order are the same list to a token', async () => {
    const { NextToken } = await list({ JobIds: ids.join(','), MaxResults: '4' });
    const JobIds = ids.toReversed().join(' , ');
    expect(await listedIds({ JobIds, MaxResults: '4', NextToken: NextToken as string })).toEqual(ids.slice(4));
  });

  test('are 1 to 100', async () => {
    const many = Array.from({ length: 101 }, (_, index) => index.toString(16).padStart(32, '0'));
    expect(await refused({ JobIds: many.join(',') })).toBe(
      "'JobIds' is invalid, input: 101 ids, value range: 1-100 ids",
    );
    expect(await refused({ JobIds: ' , ' })).toBe("'JobIds' is invalid, input: 0 ids, value range: 1-100 ids");
    expect(await listedIds({ JobIds: many.slice(1).join(',') })).toEqual([]);
  });
});

describe('a token', () => {
  const filters: Record<string, string>[] = [
    {},
    { CreateTimeFrom: '2026-01-01T00:00:00Z' },
    { CreateTimeTo: '2027-01-01T00:00:00Z' },
    { CreateTimeFrom: '2026-01-01T00:00:00Z', CreateTimeTo: '2027-01-01T00:00:00Z' },
    { TitleContains: 'e' },
    { TitleContains: 'i' },
  ];

  test('holds for the filters it was given for, and for no others', async () => {
    const given = [...filters, { JobIds: ids.join(',') }, { JobIds: ids.slice(1).join(',') }];
    for (const filter of given) {
      const { NextToken } = await list({ ...filter, MaxResults: '1' });
      for (const other of given) {
        const { status } = await gateway.call('ListSmartJobs', {
          ...{ SortBy: 'CreationTime:Asc', MaxResults: '1' },
          ...other,
          NextToken: NextToken as string,
        });
        expect([filter, other, status]).toEqual([filter, other, other === filter ? 200 : 400]);
      }
    }
  });

  test('of a call without the additional filters is what it was before there were any', async () => {
    const scope = { account: gateway.account, filter: { type: 'ASR' }, order: 'Asc' } as const;
    const NextToken = sealPageToken(gateway.pageTokenKey, scope, 4);
    expect(await listedIds({ JobType: 'ASR', NextToken })).toEqual(ids.slice(4));
  });
});
