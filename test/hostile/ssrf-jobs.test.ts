import { lookup } from 'node:dns/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { json, rawCall } from '../support/raw-call.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { listenOnLoopback, watchConnections, type Listener } from './connections.ts';
import { ALL_FORMS, resolveHostile, withPort } from './ssrf-forms.ts';

// The whole server, so nothing can be handed in: the system's resolver itself is a hostile one.
vi.mock('node:dns/promises', async (original) => ({
  ...(await original<typeof import('node:dns/promises')>()),
  lookup: vi.fn<() => Promise<{ address: string }[]>>(),
}));

let server: TestServer;
let listener: Listener;

beforeAll(async () => {
  vi.mocked(lookup as (name: string) => Promise<unknown>).mockImplementation(async (name) =>
    (await resolveHostile(name)).map((address) => ({ address, family: 4 })),
  );
  listener = await listenOnLoopback();
  server = await startTestServer({ SMARTJOBS_WORKERS: '2', SMARTJOBS_FETCH_ALLOW: `10.9.9.9:${listener.port}` });
});

afterAll(async () => {
  await server.stop();
  await listener.stop();
});

type Job = { readonly JobId: string; readonly JobState: string };

/** Ids of the jobs that have ended, by their state. */
async function ended(): Promise<Map<string, string>> {
  const states = new Map<string, string>();
  for (let token = ''; ;) {
    const page = json(await rawCall(server, 'ListSmartJobs', { MaxResults: '100', NextToken: token }));
    for (const { JobId, JobState } of page['SmartJobList'] as Job[]) {
      if (JobState === 'Finished' || JobState === 'Failed') states.set(JobId, JobState);
    }
    token = page['NextToken'] as string;
    if (token === '') return states;
  }
}

test('no form brings a job of speech recognition to connect anywhere', async () => {
  const { opened } = watchConnections();
  const jobs = new Map<string, string>();
  const refusals = new Set<unknown>();
  const forms = [...ALL_FORMS, ...ALL_FORMS.flatMap((form) => withPort(form, listener.port) ?? [])];
  for (const form of forms) {
    const answer = await rawCall(
      server,
      'SubmitASRJob',
      { InputFile: form },
      { method: 'POST', placement: 'form' },
    );
    const { JobId, Code } = json(answer);
    if (answer.status === 200) jobs.set(JobId as string, form);
    else refusals.add(Code);
  }
  expect(refusals).toEqual(new Set(['InvalidParameter', 'MissingInputFile']));
  expect(jobs.size).toBeGreaterThan(400);
  await expect.poll(async () => (await ended()).size, { timeout: 60_000, interval: 200 }).toBe(jobs.size);
  for (const [JobId, form] of jobs) {
    const { ErrorCode, ErrorMessage } = json(await rawCall(server, 'GetSmartHandleJob', { JobId }));
    expect([form, ErrorCode, ErrorMessage]).toEqual([form, 'InputFetchRefused', expect.any(String)]);
  }
  expect(listener.heard()).toBe(0);
  const own = new Set([server.endpoint, server.objects].map((url) => new URL(url).host));
  expect(opened.filter((to) => !own.has(to))).toEqual([]);
}, 120_000);
