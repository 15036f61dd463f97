import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { SMARTJOBS, startServerProcess, type ServerProcess } from '../support/server-process.ts';

type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

let dataDir: string;
let server: ServerProcess;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'smartjobs-cli-'));
  server = await startServerProcess({ SMARTJOBS_DATA_DIR: dataDir, SMARTJOBS_WORKERS: '1' });
});
afterAll(async () => {
  await server.end('SIGTERM');
  await rm(dataDir, { recursive: true, force: true });
});

/** Runs the built command line as a person would, beside the server's data folder. */
function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [SMARTJOBS, ...args], {
      env: { ...process.env, SMARTJOBS_DATA_DIR: dataDir, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

async function json(args: readonly string[]): Promise<Record<string, unknown>> {
  const ran = await run([...args, '--json']);
  return JSON.parse(ran.stdout) as Record<string, unknown>;
}

const SAMPLE = 'oss://samples/sense-and-sensibility.wav';

test('the line that the start-up text ends with submits the sample and watches it finish', async () => {
  const lastLine = (): string => server.stderr().trimEnd().split('\n').at(-1) ?? '';
  await vi.waitFor(() => expect(lastLine()).toContain('npx smartjobs submit'), { timeout: 10_000 });
  const line = lastLine();
  expect(line).toMatch(/npx smartjobs submit asr oss:\/\/samples\/sense-and-sensibility\.wav --watch$/);
  const ran = await run(line.slice(line.indexOf('submit')).split(' '));
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stderr).toMatch(/Executing \d+ %/);
  expect(ran.stdout).toMatch(/State\s+Finished/);
  expect(ran.stdout).toMatch(/\[0:0\d\.\d → 0:\d\d\.\d\] .*had he married a more/s);
}, 90_000);

test('put makes the bucket, fetch brings the same bytes back and overwrites', async () => {
  const file = join(dataDir, 'in.bin');
  const back = join(dataDir, 'out.bin');
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
  await writeFile(file, bytes);
  await writeFile(back, 'something older');
  expect(await run(['put', file, 'oss://made-by-put/some dir/测试.bin'])).toMatchObject({ code: 0 });
  expect(await run(['fetch', 'oss://made-by-put/some dir/测试.bin', back])).toMatchObject({ code: 0 });
  expect((await readFile(back)).equals(bytes)).toBe(true);
  const missing = await run(['fetch', 'oss://made-by-put/nothing', back]);
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('NoSuchKey') });
  expect((await readFile(back)).equals(bytes)).toBe(true);
});

test('submit, list, get, cancel, retry, watch and delete tell the story of a job', async () => {
  const title = 'line\u001b[31m break\u0007';
  const submitted = await json([
    'submit',
    'asr',
    'oss://nowhere/missing.wav',
    '--title',
    title,
    '--user-data',
    '{"a":1}',
  ]);
  const id = submitted.JobId as string;
  expect(id).toMatch(/^[0-9a-f]{32}$/);

  const watched = await run(['watch', id]);
  expect(watched).toMatchObject({ code: 1, stdout: expect.stringContaining('InputFileNotFound') });
  expect(watched.stdout).not.toContain('\u001b');

  const page = await json([
    'list',
    '--type',
    'ASR',
    '--state',
    'Failed',
    '--sort',
    'asc',
    '--page',
    '1',
    '--size',
    '5',
  ]);
  expect(page).toMatchObject({
    MaxResults: '5',
    SmartJobList: [expect.objectContaining({ JobId: id, Title: title })],
  });
  const table = await run(['list', '--state', 'Failed']);
  expect(table.stdout).toContain(id);
  expect(table.stdout).not.toContain('\u001b');

  expect(await json(['get', id])).toMatchObject({ JobId: id, State: 'Failed', UserData: '{"a":1}' });
  expect(await run(['cancel', id])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('InvalidParameter.JobState'),
  });
  expect(await json(['retry', id])).toMatchObject({ JobId: id, State: 'Created' });
  expect(await run(['watch', id])).toMatchObject({ code: 1 });
  expect(await run(['delete', id])).toMatchObject({ code: 0 });
  const gone = await run(['get', id, '--json']);
  expect([gone.code, JSON.parse(gone.stdout)]).toMatchObject([
    1,
    { error: { code: 'InvalidParameter.JobNotFound' } },
  ]);
}, 60_000);

test('a long list is walked with --all', async () => {
  const ids = await Promise.all(
    Array.from({ length: 12 }, async () => (await json(['submit', 'asr', 'oss://nowhere/all.wav'])).JobId),
  );
  const all = (await json(['list', '--all', '--size', '5'])) as unknown as { SmartJobList: { JobId: string }[] };
  expect(all.SmartJobList.map((job) => job.JobId)).toEqual(expect.arrayContaining(ids));
}, 60_000);

test('doctor says that jobs can run, and what with', async () => {
  const ran = await run(['doctor']);
  expect(ran.code, ran.stdout).toBe(0);
  expect(ran.stdout).toMatch(/PocketSphinx/);
  expect(JSON.parse((await run(['doctor', '--json'])).stdout)).toBeTypeOf('object');
});

describe('env', () => {
  test('prints endpoint and protocol for each official SDK, and no secret', async () => {
    const secret = (
      JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8')) as { accessKeySecret: string }
    ).accessKeySecret;
    const host = server.ready.endpoint.replace('http://', '');
    for (const sdk of ['ts', 'python', 'java', 'go']) {
      const { stdout, code } = await run(['env', '--sdk', sdk]);
      expect(code).toBe(0);
      expect(stdout).toContain(host);
      expect(stdout).toMatch(/protocol.*http/i);
      expect(stdout).not.toContain(secret);
    }
  });
});

describe('exit code 2 says what is wrong with', () => {
  test('every setting at once', async () => {
    const ran = await run(['serve', '--port', '99999', '--workers', 'many'], {
      SMARTJOBS_REGION: 'Shanghai!',
      SMARTJOBS_ROOT_ACCESS_KEY_ID: 'alone',
    });
    expect(ran.code).toBe(2);
    for (const name of [
      'SMARTJOBS_PORT',
      'SMARTJOBS_WORKERS',
      'SMARTJOBS_REGION',
      'SMARTJOBS_ROOT_ACCESS_KEY_SECRET',
    ]) {
      expect(ran.stderr).toContain(name);
    }
  });

  test('a data folder that another server has', async () => {
    const ran = await run(['serve', '--port', '0', '--objects-port', '0']);
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('in use by another smartjobs server') });
  });

  test('a port that is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    const other = await mkdtemp(join(tmpdir(), 'smartjobs-cli-other-'));
    const ran = await run(['serve', '--port', String(port), '--objects-port', '0'], { SMARTJOBS_DATA_DIR: other });
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining(`127.0.0.1:${port} is in use`) });
    taken.close();
    await rm(other, { recursive: true, force: true });
  });

  test('a command line, and with where the server is', async () => {
    expect(await run(['list', '--type', 'Video'])).toMatchObject({ code: 2 });
    expect(await run(['submit', 'asr'])).toMatchObject({ code: 2 });
    expect(await run(['nonsense'])).toMatchObject({ code: 2 });
    const lost = await run(['list'], { SMARTJOBS_DATA_DIR: join(dataDir, 'nothing-here') });
    expect(lost).toMatchObject({ code: 2, stderr: expect.stringContaining('npm start') });
  });
});

test('SIGTERM ends a server with a running job in time; the job is handed back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'smartjobs-cli-stop-'));
  const env = { SMARTJOBS_DATA_DIR: folder, SMARTJOBS_WORKERS: '1' };
  const first = await startServerProcess(env);
  const submitted = await run(['submit', 'asr', SAMPLE, '--json'], env);
  const id = (JSON.parse(submitted.stdout) as { JobId: string }).JobId;
  for (let state = ''; state !== 'Executing';) {
    state = (JSON.parse((await run(['get', id, '--json'], env)).stdout) as { State: string }).State;
    expect(state).not.toBe('Failed');
  }
  const toldAt = Date.now();
  expect((await first.end('SIGTERM')).code).toBe(0);
  expect(Date.now() - toldAt).toBeLessThan(10_000);

  const second = await startServerProcess(env);
  expect((await run(['watch', id], env)).code).toBe(0);
  await second.end('SIGTERM');
  await rm(folder, { recursive: true, force: true });
}, 120_000);
