import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli, type Ran } from '../../src/cli/test-bench.ts';
import { objectClient } from '../support/object-client.ts';
import { openApiCoreClient } from '../support/official-clients.ts';
import { json, rawCall } from '../support/raw-call.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

let server: TestServer;
let requestIds: { submit: string; unknown: string };
let jobId: string;

beforeAll(async () => {
  server = await startTestServer();
  const client = openApiCoreClient(server, 'V3');
  const submitted = await client.call('SubmitASRJob', {
    InputFile: 'oss://media/canary-of-the-input.wav',
    UserData: 'canary-of-the-user-data',
  });
  jobId = submitted.JobId as unknown as string;
  await client.call('ListSmartJobs', {}, 'GET');
  const unknown = json(await rawCall(server, 'GetSmartHandleJob', { JobId: 'x\u001b[2J\n\u202e' }));
  await rawCall({ ...server, accessKeySecret: 'wrong' }, 'DeleteSmartJob', { JobId: jobId });
  await rawCall(server, 'NoSuchAction');
  const storage = objectClient(server, 'audited');
  await storage.putBucket('audited');
  await storage.put('folder/object', Buffer.from('canary-of-the-object'));
  await storage.get('folder/object');
  requestIds = { submit: submitted.RequestId as unknown as string, unknown: String(unknown['RequestId']) };
});
afterAll(() => server.stop());

const audit = (...args: string[]): Promise<Ran> =>
  runCli(server.dataDir, ['audit', ...args], { env: { SMARTJOBS_DATA_DIR: server.dataDir } });

async function lines(...args: string[]): Promise<Record<string, unknown>[]> {
  const { out } = await audit(...args, '--json');
  return out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the audit log of a running server', () => {
  test('has every change and every refused call, and no served reads', async () => {
    const told = (await lines()).map(
      ({ action, outcome, caller }) => `${String(action)} ${String(outcome)} ${String(caller)}`,
    );
    expect(told).toEqual([
      'smartjobs:Start ok operator',
      'ice:SubmitASRJob ok root',
      'ice:GetSmartHandleJob InvalidParameter.JobNotFound root',
      'DeleteSmartJob SignatureDoesNotMatch ',
      'NoSuchAction InvalidAction.NotFound ',
      'oss:PutBucket ok root',
      'oss:PutObject ok root',
    ]);
  });

  test('says who, from where, on what, under the RequestId of the answer', async () => {
    expect(await lines('--request-id', requestIds.submit)).toEqual([
      expect.objectContaining({
        requestId: requestIds.submit,
        source: '127.0.0.1',
        account: server.account,
        accessKeyId: server.accessKeyId,
        ids: { JobId: jobId },
      }),
    ]);
    expect(await lines('--action', 'oss:PutObject')).toMatchObject([
      { ids: { Bucket: 'audited', Key: 'folder/object' } },
    ]);
    expect(await lines('--outcome', 'SignatureDoesNotMatch')).toMatchObject([
      { account: '', accessKeyId: server.accessKeyId, ids: { JobId: jobId } },
    ]);
  });

  test('holds no content of a call, and escapes what would move a cursor', async () => {
    const folder = join(server.dataDir, 'audit');
    const texts = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'latin1')));
    expect(texts.join('')).not.toContain('canary');
    expect(texts.join('')).toMatch(/^[\u0020-\u007e\n]+$/);
    const { out } = await audit('--request-id', requestIds.unknown);
    expect(out).toContain(String.raw`JobId=x\u001b[2J\n\u202e`);
  });

  test('is asked by time, action, caller and outcome', async () => {
    expect(await lines('--since', '1h', '--action', 'SubmitASRJob')).toHaveLength(1);
    expect(await lines('--until', '1h')).toEqual([]);
    expect(await lines('--caller', server.accessKeyId, '--outcome', 'ok')).toHaveLength(3);
    expect(await lines('--outcome', 'refused')).toHaveLength(3);
    expect(await audit('--since', 'yesterday')).toMatchObject({ code: 2, err: expect.stringContaining('--since') });
    expect(await audit('--action', 'Nothing')).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringContaining('No line'),
    });
  });

  test('shows a table to people', async () => {
    const { out } = await audit('--action', 'SubmitASRJob');
    expect(out).toMatch(
      new RegExp(
        `^\\S+Z ok root@${server.account} 127.0.0.1 ice:SubmitASRJob JobId=${jobId} ${requestIds.submit}\n$`,
      ),
    );
  });
});

describe('verifying it', () => {
  test('finds it intact while the server runs', async () => {
    expect(await audit('verify')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^7 lines, 1 to 7, each as it was written/),
    });
    const { out } = await audit('verify', '--json');
    expect(JSON.parse(out)).toMatchObject({ kind: 'intact', lines: 7 });
  });

  test('names the line after which it was changed', async () => {
    const folder = join(server.dataDir, 'audit');
    const [name = ''] = await readdir(folder);
    const text = await readFile(join(folder, name), 'utf8');
    await writeFile(join(folder, name), text.replace('"outcome":"SignatureDoesNotMatch"', '"outcome":"ok"'));
    expect(await audit('verify')).toMatchObject({
      code: 1,
      out: expect.stringMatching(new RegExp(`^${name}:5: the log was changed`)),
    });
    await writeFile(join(folder, name), text);
  });
});

test('with SMARTJOBS_AUDIT=all served reads are told too', async () => {
  const all = await startTestServer({ SMARTJOBS_AUDIT: 'all' });
  await openApiCoreClient(all, 'V1').call('ListSmartJobs', {}, 'GET');
  const { out } = await runCli(all.dataDir, ['audit', '--action', 'List*'], {
    env: { SMARTJOBS_DATA_DIR: all.dataDir },
  });
  await all.stop();
  expect(out).toContain('ice:ListSmartJobs');
});
