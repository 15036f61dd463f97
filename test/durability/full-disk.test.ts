import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { launch, type DoomedServer, type LogLine } from '../support/doomed-server.ts';
import type { Credentials } from '../support/official-clients.ts';
import { json, rawCall } from '../support/raw-call.ts';

/** A disk that can be filled, and a way to fill and free it. */
type SmallDisk = { readonly folder: string; fill(): void; free(): void; remove(): void };

/** How a file system of its own is mounted: as the administrator, or as who may become it unasked. */
const PREFIXES = [[], ['sudo', '-n']];

function run(command: string[]): boolean {
  const [program = '', ...args] = command;
  return spawnSync(program, args).status === 0;
}

/** Undefined where this machine lets nobody mount. */
function mountSmallDisk(): SmallDisk | undefined {
  const root = mkdtempSync(join(tmpdir(), 'smartjobs-disk-'));
  const options = ['-t', 'tmpfs', '-o', 'size=16m,mode=777', 'tmpfs', root];
  const prefix = PREFIXES.find((words) => run([...words, 'mount', ...options]));
  if (prefix === undefined) {
    rmSync(root, { recursive: true });
    return undefined;
  }
  const ballast = join(root, 'ballast');
  return {
    folder: root,
    fill: () => writeUntilFull(ballast),
    free: () => rmSync(ballast, { force: true }),
    remove: () => {
      run([...prefix, 'umount', root]);
      rmSync(root, { recursive: true });
    },
  };
}

function writeUntilFull(file: string): void {
  const descriptor = openSync(file, 'w');
  try {
    for (;;) writeSync(descriptor, Buffer.alloc(4096));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(descriptor);
  }
}

let folder: string;
let server: DoomedServer;
let logged: LogLine[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'smartjobs-full-'));
  logged = [];
});
afterEach(async () => {
  server.child.kill('SIGKILL');
  await server.ended;
  rmSync(folder, { recursive: true });
});

async function start(dataDir: string, workers: number): Promise<Credentials> {
  server = launch(dataDir, { SMARTJOBS_WORKERS: String(workers) }, (line) => logged.push(line));
  const to = await server.ready;
  if (to === undefined) throw new Error(server.stderr());
  return to;
}

type Answer = { readonly status: number; readonly body: Record<string, unknown> };

async function call(to: Credentials, action: string, parameters: Record<string, string> = {}): Promise<Answer> {
  const answer = await rawCall(to, action, parameters);
  return { status: answer.status, body: json(answer) };
}

function submit(to: Credentials): Promise<Answer> {
  return call(to, 'SubmitASRJob', { InputFile: 'oss://samples/missing.wav', UserData: 'd'.repeat(1_000) });
}

async function submitUntilRefused(to: Credentials): Promise<{ accepted: string[]; refusal: Answer }> {
  for (const accepted: string[] = []; ;) {
    const answer = await submit(to);
    if (answer.status !== 200) return { accepted, refusal: answer };
    accepted.push(answer.body.JobId as string);
  }
}

async function listed(to: Credentials): Promise<string[]> {
  const ids: string[] = [];
  let NextToken = '';
  do {
    const { status, body } = await call(to, 'ListSmartJobs', { MaxResults: '100', NextToken });
    expect(status).toBe(200);
    ids.push(...(body.SmartJobList as { JobId: string }[]).map(({ JobId }) => JobId));
    NextToken = body.NextToken as string;
  } while (NextToken !== '');
  return ids;
}

/** Full disk and free disk again, under a server that runs all the while. */
async function goThrough(
  to: Credentials,
  { fill, free }: Pick<SmallDisk, 'fill' | 'free'>,
  sentence: RegExp,
): Promise<void> {
  const before = await Promise.all(Array.from({ length: 20 }, () => submit(to)));
  fill();
  const { accepted, refusal } = await submitUntilRefused(to);
  expect(refusal).toMatchObject({ status: 503, body: { Code: 'ServiceUnavailable' } });
  expect(refusal.body.Message).toMatch(sentence);
  const kept = [...before.map(({ body }) => body.JobId as string), ...accepted];
  expect((await listed(to)).toSorted()).toEqual(kept.toSorted());
  for (const JobId of kept.slice(0, 5)) {
    expect(await call(to, 'GetSmartHandleJob', { JobId })).toMatchObject({ status: 200, body: { JobId } });
  }
  // More nonces than fit into what is left of their file's last page.
  for (let n = 0; n < 100; n += 1) expect((await call(to, 'ListSmartJobs')).status).toBe(200);
  free();
  const after = await submit(to);
  expect(after.status).toBe(200);
  kept.push(after.body.JobId as string);
  server.child.kill('SIGKILL');
  await server.ended;
  const again = await start(server.dataDir, 0);
  expect((await listed(again)).toSorted()).toEqual(kept.toSorted());
}

describe('while its disk is full, a server refuses writes, reads on, loses nothing, and needs no restart', () => {
  test('where files must not grow any more (a limit, as a quota sets it)', async () => {
    const to = await start(join(folder, 'data'), 0);
    const limit = (bytes: string): void => {
      const { status } = spawnSync('prlimit', [`--pid=${server.child.pid}`, `--fsize=${bytes}:unlimited`]);
      expect(status).toBe(0);
    };
    const way = { fill: () => limit('400000'), free: () => limit('unlimited') };
    await goThrough(to, way, /The disk that holds the jobs (failed|is full)/);
  });
});

const smallDisk = mountSmallDisk();
afterAll(() => smallDisk?.remove());

/** Nobody may mount in some containers; the limit above is what is left there. */
describe.each(smallDisk === undefined ? [] : [smallDisk])('on a file system without space', (disk) => {
  afterEach(() => disk.free());

  test('it refuses writes, reads on, loses nothing, and needs no restart', async () => {
    const to = await start(join(disk.folder, 'data'), 0);
    await goThrough(to, disk, /The disk that holds the jobs is full, nothing was written: free some space/);
    expect(logged.filter(({ msg }) => msg.startsWith('nonces are kept in memory alone'))).toHaveLength(1);
  });

  test('jobs that were accepted run once there is space, each to its own end', async () => {
    const to = await start(join(disk.folder, 'running'), 2);
    disk.fill();
    const { accepted } = await submitUntilRefused(to);
    disk.free();
    for (let n = 0; n < 30; n += 1) accepted.push((await submit(to)).body.JobId as string);
    for (const JobId of accepted) {
      await expect
        .poll(async () => (await call(to, 'GetSmartHandleJob', { JobId })).body, { timeout: 40_000 })
        .toMatchObject({ State: 'Failed', ErrorCode: 'InputFileNotFound' });
    }
  }, 60_000);

  test('a start is refused with a clear sentence', async () => {
    disk.fill();
    server = launch(join(disk.folder, 'late'), {}, () => undefined);
    expect(await server.ready).toBeUndefined();
    expect(server.stderr()).toMatch(/^smartjobs: .*(full|free some space).*\n$/);
    expect(await server.ended).toBe(2);
  });
});
