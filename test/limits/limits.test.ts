import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { objectClient } from '../support/object-client.ts';
import { openApiCoreClient, type OfficialClient } from '../support/official-clients.ts';
import { json, rawCall } from '../support/raw-call.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

const MOST_JOBS = 5;
/** The samples of the first start take 0.9 MB of it. */
const MOST_BYTES = 4_000_000;
const INPUT = { InputFile: 'oss://media/a.wav' };

let server: TestServer;
let client: OfficialClient;

beforeAll(async () => {
  server = await startTestServer({
    SMARTJOBS_THROTTLE: 'List*=2/h,GetSmartHandleJob=1/h',
    SMARTJOBS_MAX_WAITING_JOBS: String(MOST_JOBS),
    SMARTJOBS_MAX_OBJECT_BYTES: String(MOST_BYTES),
  });
  client = openApiCoreClient(server, 'V3');
});
afterAll(() => server.stop());

describe('a throttle', () => {
  test.each(['V3', 'V1'] as const)(
    'is a ThrottlingError with retryAfter to the official client, %s',
    async (scheme) => {
      const official = openApiCoreClient(server, scheme);
      const calls = Array.from({ length: 3 }, () =>
        official.call('ListSmartJobs', {}, 'GET').catch((error: unknown) => error),
      );
      const error = (await Promise.all(calls)).find((outcome) => outcome instanceof Error);
      expect(error).toMatchObject({ name: 'ThrottlingError', code: 'Throttling.User', statusCode: 400 });
      const { retryAfter } = error as unknown as { retryAfter: number };
      expect(retryAfter).toBeGreaterThan(0);
      expect(retryAfter).toBeLessThanOrEqual(1_800_000);
    },
  );

  test('says in milliseconds when to try again', async () => {
    await rawCall(server, 'GetSmartHandleJob', { JobId: 'x' });
    const refused = await rawCall(server, 'GetSmartHandleJob', { JobId: 'x' });
    const { Code, Message } = json(refused);
    const header = refused.headers.get('x-acs-retry-after');
    expect([refused.status, Code]).toEqual([400, 'Throttling.User']);
    expect(header).toMatch(/^[1-9]\d*$/);
    expect(Message).toContain(
      `GetSmartHandleJob faster than this server allows, 1 times a hour. Try again in ${header} ms.`,
    );
  });

  test('lets nobody use up the rate of an account who is not of it', async () => {
    const fresh = await startTestServer({ SMARTJOBS_THROTTLE: '*=1/h' });
    const stranger = { ...fresh, accessKeySecret: 'wrong' };
    for (let call = 0; call < 5; call += 1) {
      expect(json(await rawCall(stranger, 'ListSmartJobs'))['Code']).toBe('SignatureDoesNotMatch');
    }
    expect((await rawCall(fresh, 'ListSmartJobs')).status).toBe(200);
    await fresh.stop();
  });

  test('that names no action keeps the server from starting', async () => {
    await expect(startTestServer({ SMARTJOBS_THROTTLE: 'ListSmartJob=1/s' })).rejects.toMatchObject({
      name: 'StartUpProblem',
      message: expect.stringMatching(/^SMARTJOBS_THROTTLE: 'ListSmartJob' limits no action.*ListSmartJobs/),
    });
    await expect(startTestServer({ SMARTJOBS_THROTTLE: 'ListSmartJobs=fast' })).rejects.toThrow(
      /SMARTJOBS_THROTTLE/,
    );
  });
});

describe('the quota of the queue', () => {
  test('is exact where many submit at once, and freed by a job that ends', async () => {
    const calls = Array.from({ length: 40 }, () =>
      client.call('SubmitASRJob', INPUT).catch((error: unknown) => error),
    );
    const outcomes = await Promise.all(calls);
    const jobs = outcomes.flatMap((outcome) => (outcome instanceof Error ? [] : [outcome as { JobId: string }]));
    const errors = outcomes.filter((outcome) => outcome instanceof Error);
    expect(jobs).toHaveLength(MOST_JOBS);
    expect(new Set(errors.map((error) => (error as Error & { code: string }).code))).toEqual(
      new Set(['QuotaExceeded']),
    );
    expect(errors[0]).toMatchObject({
      statusCode: 400,
      message: expect.stringContaining(`The account has ${MOST_JOBS} jobs`),
    });

    const JobId = jobs[0]!.JobId;
    await client.call('CancelSmartJob', { JobId });
    await client.call('SubmitASRJob', INPUT);
    await expect(client.call('RetrySmartJob', { JobId })).rejects.toMatchObject({ code: 'QuotaExceeded' });
    await client.call('DeleteSmartJob', { JobId: jobs[1]!.JobId });
    await expect(client.call('RetrySmartJob', { JobId })).resolves.toMatchObject({ State: 'Created' });
  });
});

describe('the quota of objects', () => {
  test('is a clear error to the official client, and holds where many put at once', async () => {
    const storage = objectClient(server, 'quota');
    await storage.putBucket('quota');
    const megabyte = Buffer.alloc(1_000_000);
    const puts = Array.from({ length: 8 }, (_, index) =>
      storage.put(`${index}`, megabyte).catch((error: unknown) => error),
    );
    const outcomes = await Promise.all(puts);
    const error = outcomes.find((outcome) => outcome instanceof Error);
    expect(error).toMatchObject({
      code: 'QuotaExceeded',
      status: 403,
      message: expect.stringContaining(`${MOST_BYTES} bytes`),
    });
    const stored = outcomes.filter((outcome) => !(outcome instanceof Error)).length;
    // The recording of the samples bucket has the rest.
    expect(stored).toBe(3);
    const first = outcomes.findIndex((outcome) => !(outcome instanceof Error));
    await storage.put(`${first}`, Buffer.alloc(10));
    await expect(storage.put('again', Buffer.alloc(1_000_000))).resolves.toMatchObject({ res: { status: 200 } });
  });
});
