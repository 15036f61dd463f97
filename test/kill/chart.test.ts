import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import type { AccountId } from '../../src/jobs/account.ts';
import type { JobId } from '../../src/jobs/job-id.ts';
import { openSqliteStore, type SqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';

const ACCOUNT = '1084506228123456' as AccountId;
const WORKER = fileURLToPath(new URL('chart-worker.ts', import.meta.url));
const SECONDS = 8;
/** Before which segment is kept the worker is killed; then one runs to the end. */
const KILLS = [2, 4];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smartjobs-drawn-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function open(): SqliteStore {
  const plain = { seal: (_context: string, text: string) => text, open: (_context: string, text: string) => text };
  return openSqliteStore({ path: join(folder, 'jobs.db'), clock: systemClock, seal: plain });
}

async function submit(store: SqliteStore, outputObject: string): Promise<{ id: JobId; mediaId: string }> {
  const address = `oss://charts/${outputObject}`;
  const texts = { title: '', userData: '' };
  const { mediaId } = await store.media.reserve(ACCOUNT, {
    ...{ inputUrl: address, address, mediaType: 'video', ...texts },
  });
  const inputFile = join(folder, 'sales.csv');
  const { id } = await store.jobs.submit(ACCOUNT, {
    ...{ type: 'DynamicChart', ...texts, description: '', keyword: '', editingConfig: '', inputFile },
    ...{ outputBucket: 'charts', outputObject },
    parameters: {
      ...{ MediaId: mediaId, ChartType: 'Line', Input: JSON.stringify({ XlsFile: inputFile }) },
      OutputConfig: JSON.stringify({ MediaURL: address, Width: 320, Height: 240, FrameRate: 25, Poster: true }),
      ChartConfig: JSON.stringify({ VideoDuration: SECONDS * 1000 }),
    },
  });
  return { id, mediaId };
}

/** Resolves with the numbers of the segments that were to be kept, when the worker and all it started are gone. */
async function runWorker(jobs: number, killAt: number | undefined): Promise<number[]> {
  const args = ['--import', 'tsx', WORKER, folder, ACCOUNT, String(jobs), String(killAt ?? '')];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const drawn: number[] = [];
  const ended = once(child, 'close');
  createInterface({ input: child.stdout }).on('line', (line) => {
    drawn.push(Number(line));
    if (Number(line) === killAt) child.kill('SIGKILL');
  });
  await ended;
  await vi.waitFor(() => expect(execFileSync('ps', ['-eo', 'args']).toString()).not.toContain(folder), 5000);
  return drawn;
}

test('a chart whose workers are killed goes on at the first segment that is missing, and is written once', async () => {
  await writeFile(join(folder, 'sales.csv'), 'Month,Coffee,Tea\n2024-01,120,80\n2024-02,140,95\n2024-03,133,110\n');
  const store = open();
  const { id, mediaId } = await submit(store, 'killed.mp4');
  await store.close();

  const runs: number[][] = [];
  for (const killAt of KILLS) runs.push(await runWorker(1, killAt));
  await expect(readdir(join(folder, 'objects', 'charts'))).rejects.toThrow('ENOENT');
  runs.push(await runWorker(1, undefined));
  expect(runs).toEqual([
    [0, 1, 2],
    [2, 3, 4],
    [4, 5, 6, 7],
  ]);

  const again = open();
  expect(await again.jobs.get(ACCOUNT, id)).toMatchObject({
    state: 'Finished',
    result: { mediaObject: 'oss://charts/killed.mp4', details: { Frames: 200, VideoSeconds: SECONDS } },
  });
  expect(await again.media.get(ACCOUNT, { mediaId })).toMatchObject({ status: 'Normal', duration: SECONDS });
  await submit(again, 'quiet.mp4');
  await again.close();
  expect(await runWorker(2, undefined)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);

  const charts = join(folder, 'objects', 'charts');
  for (const end of ['mp4', 'png']) {
    const [killed, quiet] = await Promise.all([
      readFile(join(charts, `killed.${end}`)),
      readFile(join(charts, `quiet.${end}`)),
    ]);
    expect(killed.equals(quiet), end).toBe(true);
  }
  const left = await readdir(join(folder, 'objects', `smartjobs-results-${ACCOUNT}`), { recursive: true });
  expect(left.filter((name) => /\d{6}$/.test(name))).toEqual([]);
}, 120_000);
