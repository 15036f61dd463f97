import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  allOfficialClients,
  OFFICIAL_MODES,
  officialClient,
  type OfficialClient,
} from '../support/official-clients.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

type Page = { readonly SmartJobList: readonly { readonly JobId: string }[]; readonly NextToken: string };

const INPUT = "oss://media.oss-cn-shanghai.aliyuncs.com/a (1)*~!'.mp4";
const TITLE = "测试 (1)!' *~+&=% é";

describe.each(OFFICIAL_MODES)('%s', (mode) => {
  const call: OfficialClient['call'] = (...request) => officialClient(server, mode).call(...request);

  test('submits, lists, gets and deletes a job with its strings unchanged', async () => {
    const userData = JSON.stringify({ mode, token: 'a+b/c==' });
    const submitted = await call('SubmitASRJob', { InputFile: INPUT, Title: TITLE, UserData: userData });
    expect(submitted).toMatchObject({ State: 'Created', JobId: expect.stringMatching(/^[0-9a-f]{32}$/) });

    const listed = await call(
      'ListSmartJobs',
      { JobType: 'ASR', SortBy: 'CreationTime:Desc', MaxResults: 1 },
      'GET',
    );
    expect(listed).toMatchObject({
      MaxResults: '1',
      SmartJobList: [
        {
          JobId: submitted.JobId,
          Title: TITLE,
          UserData: userData,
          JobState: 'Created',
          InputConfig: { InputFile: INPUT, Keyword: '' },
          OutputConfig: {},
        },
      ],
    });

    // A number on the wire; pop-core makes text of numbers of 16 digits.
    const [first] = (listed as unknown as { SmartJobList: { UserId: number | string }[] }).SmartJobList;
    expect(Number(first?.UserId)).toBe(Number(server.account));

    const got = await call('GetSmartHandleJob', { JobId: submitted.JobId! });
    expect(got).toMatchObject({
      JobId: submitted.JobId,
      State: 'Created',
      UserData: userData,
      Progress: { Percent: 0, Step: '' },
      SmartJobInfo: { Title: TITLE, UserId: server.account, JobType: 'ASR', InputConfig: { InputFile: INPUT } },
    });
    expect(Object.keys(got)).not.toContain('JobResult');

    expect(Object.keys(await call('DeleteSmartJob', { JobId: submitted.JobId! }))).toEqual(['RequestId']);
    await expect(call('GetSmartHandleJob', { JobId: submitted.JobId! })).rejects.toMatchObject({
      code: 'InvalidParameter.JobNotFound',
    });
  });

  test('sees errors as errors, with the code and the RequestId', async () => {
    await expect(call('ListSmartJobs', { PageSize: 101 }, 'GET')).rejects.toMatchObject({
      code: 'InvalidParameter',
      message: expect.stringContaining("'PageSize' is invalid, input: 101, value range: 1-100"),
    });
    await expect(call('GetSmartHandleJob')).rejects.toMatchObject({ code: 'MissingJobId' });
    await expect(call('SubmitTextGenerateJob')).rejects.toMatchObject({
      code: 'InvalidAction.NotFound',
      message: expect.stringContaining('ListSmartJobs'),
    });
  });

  test('walks all pages of a list to its end', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 25; n += 1) {
      ids.push((await call('SubmitASRJob', { InputFile: 'oss://bucket/a.wav', Title: `walk ${n}` })).JobId!);
    }
    const seen: string[] = [];
    const sizes: number[] = [];
    let token = '';
    do {
      const parameters = { MaxResults: 10, SortBy: 'CreationTime:Asc', NextToken: token };
      const page = (await call('ListSmartJobs', parameters, 'GET')) as unknown as Page;
      seen.push(...page.SmartJobList.map((job) => job.JobId));
      sizes.push(page.SmartJobList.length);
      token = page.NextToken;
    } while (token !== '');
    expect(seen).toEqual(ids);
    expect(sizes).toEqual([10, 10, 5]);
    await call('DeleteSmartJob', { JobId: ids.join(',') });
  });
});

test('a wrong secret is told by every client, with the string that the server signed', async () => {
  for (const client of allOfficialClients({ ...server, accessKeySecret: 'not the secret' })) {
    await expect(client.call('ListSmartJobs', {}, 'GET'), client.name).rejects.toMatchObject({
      code: 'SignatureDoesNotMatch',
      message: expect.stringMatching(
        /server string to sign is:(GET|POST)&%2F&|server StringToSign is \[ACS3-HMAC-SHA256\n/,
      ),
    });
  }
});

test('an unknown access key is told by every client', async () => {
  for (const client of allOfficialClients({ ...server, accessKeyId: 'LTAInobody' })) {
    await expect(client.call('ListSmartJobs', {}, 'GET'), client.name).rejects.toMatchObject({
      code: 'InvalidAccessKeyId.NotFound',
    });
  }
});
