import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApiCoreClient, type Credentials, type OfficialClient } from '../support/official-clients.ts';
import { startServerProcess } from '../support/server-process.ts';

const KILLS = Number(process.env.KILLS ?? 20);
const CLIENTS = 4;
const INPUT = 'oss://nowhere/missing.wav';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'smartjobs-kill-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

/** Submits as fast as answers come, until the server is gone. Only ids that were answered count. */
async function submitUntilKilled(client: OfficialClient, answered: string[]): Promise<void> {
  for (;;) {
    try {
      answered.push((await client.call('SubmitASRJob', { InputFile: INPUT })).JobId as unknown as string);
    } catch {
      return;
    }
  }
}

async function walk(client: OfficialClient): Promise<{ JobId: string; JobState: string }[]> {
  const jobs: { JobId: string; JobState: string }[] = [];
  let NextToken = '';
  do {
    const page = await client.call('ListSmartJobs', { MaxResults: 100, NextToken }, 'GET');
    jobs.push(...(page.SmartJobList as unknown as typeof jobs));
    NextToken = page.NextToken as unknown as string;
  } while (NextToken !== '');
  return jobs;
}

test(`a server killed ${KILLS} times while clients submit loses no answered job, lists none twice, leaves none stuck`, async () => {
  const answered: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const server = await startServerProcess({ SMARTJOBS_DATA_DIR: dataDir, SMARTJOBS_LOG_LEVEL: 'error' });
    const credentials = await readCredentials(server.ready.endpoint);
    const before = answered.length;
    const submitting = Array.from({ length: CLIENTS }, () =>
      submitUntilKilled(openApiCoreClient(credentials, 'V3'), answered),
    );
    while (answered.length < before + 5) await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 300));
    await server.end('SIGKILL');
    await Promise.all(submitting);
  }

  const server = await startServerProcess({ SMARTJOBS_DATA_DIR: dataDir, SMARTJOBS_LOG_LEVEL: 'error' });
  const client = openApiCoreClient(await readCredentials(server.ready.endpoint), 'V3');
  const listed = (await walk(client)).map((job) => job.JobId);
  expect(new Set(listed).size).toBe(listed.length);
  expect(answered.filter((id) => !listed.includes(id))).toEqual([]);

  let unsettled = Number.POSITIVE_INFINITY;
  for (const until = Date.now() + 120_000; unsettled > 0 && Date.now() < until;) {
    const counts = ['Created', 'Executing'].map((JobState) =>
      client.call('ListSmartJobs', { JobState, PageNo: 1, PageSize: 1 }, 'GET'),
    );
    unsettled = (await Promise.all(counts)).reduce((sum, page) => sum + Number(page.TotalCount), 0);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(unsettled).toBe(0);
  const states = new Set((await walk(client)).map((job) => job.JobState));
  expect([...states]).toEqual(['Failed']);
  console.log(`${KILLS} kills, ${answered.length} answered, ${listed.length} listed, 0 lost`);
  expect((await server.end('SIGTERM')).code).toBe(0);
}, 300_000);

async function readCredentials(endpoint: string): Promise<Credentials> {
  const text = await readFile(join(dataDir, 'credentials.json'), 'utf8');
  return { ...(JSON.parse(text) as Credentials), host: endpoint.replace('http://', '') };
}
