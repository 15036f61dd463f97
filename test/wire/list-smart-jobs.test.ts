import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { json, rawCall } from '../support/raw-call.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

let server: TestServer;
const created: string[] = [];

beforeAll(async () => {
  server = await startTestServer();
  for (let n = 0; n < 25; n += 1) {
    const answer = await rawCall(server, 'SubmitASRJob', { InputFile: `oss://bucket/${n}.wav` });
    created.push(json(answer).JobId as string);
  }
  await rawCall(server, 'CancelSmartJob', { JobId: created[3]! });
});
afterAll(() => server.stop());

type List = {
  SmartJobList: Record<string, unknown>[];
  NextToken: string;
  MaxResults: string;
  TotalCount?: string;
};

async function list(parameters: Record<string, string> = {}): Promise<List> {
  const answer = await rawCall(server, 'ListSmartJobs', parameters);
  expect(answer.status, answer.text).toBe(200);
  return json(answer) as unknown as List;
}

async function refused(parameters: Record<string, string>): Promise<string> {
  const answer = await rawCall(server, 'ListSmartJobs', parameters);
  expect(answer.status).toBe(400);
  expect(json(answer).Code).toBe('InvalidParameter');
  return json(answer).Message as string;
}

const ids = (page: List): unknown[] => page.SmartJobList.map((job) => job.JobId);
const newestFirst = (): string[] => created.toReversed();

describe('the answer', () => {
  test('has every documented field with its JSON type', async () => {
    const { SmartJobList, ...rest } = await list({ PageSize: '1' });
    expect(rest).toEqual({
      RequestId: expect.stringMatching(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/),
      NextToken: expect.stringMatching(/^[\w-]+$/),
      MaxResults: '1',
      TotalCount: '25',
    });
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string;
    expect(SmartJobList).toEqual([
      {
        JobId: created[24],
        Title: expect.stringMatching(/^default_title_\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        Description: '',
        UserId: Number(server.account),
        JobType: 'ASR',
        EditingConfig: '',
        UserData: '',
        JobState: 'Created',
        CreateTime: time,
        ModifiedTime: time,
        InputConfig: { InputFile: 'oss://bucket/24.wav', Keyword: '' },
        OutputConfig: {},
      },
    ]);
  });

  test('is the newest ten jobs where nothing is asked for, without a TotalCount', async () => {
    const page = await list();
    expect(ids(page)).toEqual(newestFirst().slice(0, 10));
    expect(page.MaxResults).toBe('10');
    expect(page).not.toHaveProperty('TotalCount');
  });
});

describe('paging', () => {
  test('by token and by number gives the same pages, full ones up to the last', async () => {
    for (const SortBy of ['CreationTime:Asc', 'CreationTime:Desc']) {
      const expected = SortBy.endsWith('Asc') ? created : newestFirst();
      let NextToken = '';
      for (const PageNo of ['1', '2', '3']) {
        const byNumber = await list({ SortBy, PageNo });
        const byToken = await list({ SortBy, NextToken });
        const from = (Number(PageNo) - 1) * 10;
        expect(ids(byNumber)).toEqual(expected.slice(from, from + 10));
        expect(ids(byToken)).toEqual(ids(byNumber));
        NextToken = byToken.NextToken;
      }
      expect(NextToken).toBe('');
      expect((await list({ SortBy, PageNo: '3' })).NextToken).toBe('');
    }
  });

  test('by number can be gone on with by token', async () => {
    const { NextToken } = await list({ PageNo: '2', PageSize: '5' });
    expect(ids(await list({ NextToken, MaxResults: '5' }))).toEqual(newestFirst().slice(10, 15));
  });

  test('with a token passes over PageNo', async () => {
    const { NextToken } = await list();
    expect(ids(await list({ NextToken, PageNo: '7' }))).toEqual(newestFirst().slice(10, 20));
  });

  test('takes MaxResults before PageSize', async () => {
    const page = await list({ MaxResults: '3', PageSize: '7' });
    expect([page.SmartJobList.length, page.MaxResults]).toEqual([3, '3']);
    expect((await list({ PageSize: '7' })).MaxResults).toBe('7');
  });

  test('beyond the end is an empty page', async () => {
    const page = await list({ PageNo: '2147483647', PageSize: '100' });
    expect(page).toMatchObject({ SmartJobList: [], NextToken: '', TotalCount: '25' });
  });

  test('ends exactly where a full page is the last', async () => {
    const page = await list({ PageNo: '5', PageSize: '5' });
    expect([page.SmartJobList.length, page.NextToken]).toEqual([5, '']);
  });
});

describe('filters', () => {
  test('by state and type, with a TotalCount of what matches', async () => {
    expect(ids(await list({ JobState: 'Failed' }))).toEqual([created[3]]);
    expect((await list({ JobState: 'Created', PageNo: '1' })).TotalCount).toBe('24');
    expect(await list({ JobType: 'DynamicChart', PageNo: '1' })).toMatchObject({
      SmartJobList: [],
      TotalCount: '0',
    });
    expect((await list({ JobType: 'ASR', JobState: 'Failed', PageSize: '10' })).TotalCount).toBe('1');
  });

  test('that are empty count as absent; Status and Title of old clients have no effect', async () => {
    const page = await list({ JobType: '', JobState: '', SortBy: '', PageNo: '', Status: '2', Title: 'x' });
    expect(ids(page)).toEqual(newestFirst().slice(0, 10));
  });
});

describe('bad input is refused with field, value and range', () => {
  test.each([
    ['MaxResults', '0', '1-100'],
    ['MaxResults', '101', '1-100'],
    ['PageSize', '-1', '1-100'],
    ['PageSize', 'ten', '1-100'],
    ['PageSize', '1.5', '1-100'],
    ['PageNo', '0', '1-2147483647'],
    ['PageNo', '99999999999999999999', '1-2147483647'],
    ['JobType', 'asr', 'ASR, DynamicChart, VideoTranslation, TextToSpeech'],
    ['JobState', 'Running', 'Created, Executing, Finished, Failed'],
    ['SortBy', 'CreationTime', 'CreationTime:Asc, CreationTime:Desc'],
  ])('%s=%s', async (name, value, range) => {
    expect(await refused({ [name]: value })).toBe(`'${name}' is invalid, input: ${value}, value range: ${range}`);
  });

  test('a NextToken that is damaged, or was given for another list, with one and the same error', async () => {
    const { NextToken } = await list({ JobState: 'Created' });
    const messages = new Set([
      await refused({ JobState: 'Created', NextToken: `${NextToken}A` }),
      await refused({ JobState: 'Created', NextToken: NextToken.slice(0, -4) }),
      await refused({ JobState: 'Created', NextToken: 'CBB6BC61D08' }),
      await refused({ NextToken }),
      await refused({ JobState: 'Created', JobType: 'ASR', NextToken }),
      await refused({ JobState: 'Created', SortBy: 'CreationTime:Asc', NextToken }),
    ]);
    expect([...messages]).toEqual([expect.stringContaining("'NextToken' is invalid")]);
  });
});
