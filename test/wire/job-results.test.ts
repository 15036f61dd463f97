import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Transcript } from '../../src/pipelines/transcript.ts';
import { createUser, policyDocument } from '../support/identity-clients.ts';
import { OFFICIAL_MODES, officialClient, openApiCoreClient } from '../support/official-clients.ts';
import { rawCall } from '../support/raw-call.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

type Got = {
  readonly State: string;
  readonly Output: string;
  readonly JobResult: {
    readonly AiResult: string;
    readonly ResultFiles: readonly { readonly Type: string; readonly Object: string; readonly Url: string }[];
    readonly Details: Record<string, string | number>;
  };
};

let dataDir: string;
let server: TestServer;
let JobId: string;

const recognize = async (): Promise<string> => {
  const client = openApiCoreClient(server, 'V3');
  const parameters = { InputFile: 'oss://samples/sense-and-sensibility.wav', Duration: '00:00:05' };
  const submitted = await client.call('SubmitASRJob', parameters);
  await vi.waitFor(
    async () => {
      const job = await client.call('GetSmartHandleJob', { JobId: submitted['JobId']! });
      expect(job).toMatchObject({ State: 'Finished' });
    },
    { timeout: 25_000, interval: 100 },
  );
  return submitted['JobId']!;
};

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'smartjobs-results-'));
  server = await startTestServer({ SMARTJOBS_DATA_DIR: dataDir, SMARTJOBS_WORKERS: '1' });
  JobId = await recognize();
});
afterAll(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true });
});

const get = async (mode: string): Promise<Got> =>
  (await officialClient(server, mode).call('GetSmartHandleJob', { JobId })) as unknown as Got;

describe.each(OFFICIAL_MODES)('%s', (mode) => {
  test('reads the documented result as before, and beside it files that anybody with their URL reads', async () => {
    const { Output, JobResult } = await get(mode);
    expect(Output).toBe(JobResult.AiResult);
    const segments = JSON.parse(JobResult.AiResult) as { content: string; from: number; to: number }[];
    expect(segments.length).toBeGreaterThan(0);
    for (const segment of segments) expect(Object.keys(segment)).toEqual(['content', 'from', 'to']);
    expect(JobResult.ResultFiles.map(({ Type }) => Type)).toEqual(['Json', 'Srt', 'Vtt', 'Text']);
    expect(JobResult.Details).toMatchObject({ Engine: 'PocketSphinx', AudioSeconds: 5 });

    const bodies = await Promise.all(JobResult.ResultFiles.map(async ({ Url }) => (await fetch(Url)).text()));
    const transcript = JSON.parse(bodies[0] ?? '') as Transcript;
    expect(transcript.segments.map(({ content, from, to }) => ({ content, from, to }))).toEqual(segments);
    expect(transcript).toMatchObject({ version: 1, jobId: JobId, engine: 'PocketSphinx', from: 0, to: 5 });
    expect(bodies[1]).toMatch(/^1\n00:00:0/);
    expect(bodies[2]).toMatch(/^WEBVTT\n\n00:00:0/);
    expect(bodies[3]?.trim().split('\n')).toEqual(segments.map(({ content }) => content));
  });
});

test('in XML each file is an element, for the clients of the first generation', async () => {
  const { text } = await rawCall(server, 'GetSmartHandleJob', { JobId, Format: 'XML' });
  const files = [...text.matchAll(/<ResultFile><Type>(\w+)<\/Type><Object>([^<]+)<\/Object><Url>([^<]+)<\/Url>/g)];
  expect(files.map(([, type]) => type)).toEqual(['Json', 'Srt', 'Vtt', 'Text']);
  expect(files[0]?.[2]).toBe(`oss://smartjobs-results-${server.account}/${JobId}/transcript.json`);
  expect((await fetch(files[0]?.[3]?.replaceAll('&amp;', '&') ?? '')).status).toBe(200);
});

test('a user who may only get jobs reads the files, and gets no further', async () => {
  const user = await createUser(server, 'reader', policyDocument('Allow', 'ice:GetSmartHandleJob'));
  const got = (await openApiCoreClient(user, 'V3').call('GetSmartHandleJob', { JobId })) as unknown as Got;
  const [file] = got.JobResult.ResultFiles;
  const response = await fetch(file?.Url ?? '');
  expect(response.status).toBe(200);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(file?.Url).not.toContain(server.accessKeyId);
  expect(file?.Url).not.toContain(user.accessKeyId);
  expect((await fetch((file?.Url ?? '').replace('transcript.json', 'transcript.srt'))).status).toBe(403);
});

test('a deleted job takes its files along', async () => {
  const doomed = await recognize();
  const client = openApiCoreClient(server, 'V3');
  const got = (await client.call('GetSmartHandleJob', { JobId: doomed })) as unknown as Got;
  const urls = got.JobResult.ResultFiles.map(({ Url }) => Url);
  const statuses = (): Promise<number[]> => Promise.all(urls.map(async (url) => (await fetch(url)).status));
  expect(await statuses()).toEqual([200, 200, 200, 200]);
  await client.call('DeleteSmartJob', { JobId: doomed });
  expect(await statuses()).toEqual([404, 404, 404, 404]);
  expect((await get(OFFICIAL_MODES[0] ?? '')).JobResult.ResultFiles).toHaveLength(4);
});

test('links begin with the address that the operator set for objects', async () => {
  await server.stop();
  server = await startTestServer({
    SMARTJOBS_DATA_DIR: dataDir,
    SMARTJOBS_OBJECTS_PUBLIC_URL: 'https://media.example.com/objects',
  });
  const { text } = await rawCall(server, 'GetSmartHandleJob', { JobId });
  expect(text).toContain(
    `"https://media.example.com/objects/smartjobs-results-${server.account}/${JobId}/transcript.json?x-oss-`,
  );
});
