import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { HOSTILE_SPREADSHEETS } from '../../src/engines/spreadsheet/test-hostile.ts';
import { startChartServer, type Answer, type ChartServer } from '../support/chart-server.ts';
import type { GotJob } from '../support/job-server.ts';

let charts: ChartServer;
beforeAll(async () => void (charts = await startChartServer()));
afterAll(() => charts.server.stop());

const SMALL = { Width: 320, Height: 240 };
/** Milliseconds of video: the longest, which takes a minute to draw. */
const ENDLESS = { VideoDuration: 600_000 };

/** How many processes work for the server: all of them have files of its folder in their arguments. */
function processes(): number {
  const lines = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(charts.server.dataDir)).length;
}

/** The segments that are kept for jobs, and the scratch folders of those that run. */
async function leftovers(): Promise<{ segments: number; scratch: number }> {
  const names = await readdir(charts.server.dataDir, { recursive: true });
  return {
    segments: names.filter((name) => /work\/[0-9a-f]{32}\/\d{6}$/.test(name)).length,
    scratch: names.filter((name) => name.endsWith('drawing')).length,
  };
}

function call(action: string, { JobId }: Answer): Promise<unknown> {
  return charts.client.call(action, { JobId: String(JobId) });
}

async function drawnUpTo(submitted: Answer, percent: number): Promise<void> {
  await vi.waitFor(
    async () => expect((await charts.get(submitted)).Progress.Percent).toBeGreaterThanOrEqual(percent),
    { timeout: 60_000, interval: 50 },
  );
}

describe('a chart that is being drawn', () => {
  test.each(['CancelSmartJob', 'DeleteSmartJob'])(
    'stops within two seconds of %s, with all of its processes',
    async (action) => {
      const submitted = await charts.submit(`${action}.mp4`, { output: SMALL, config: ENDLESS });
      await drawnUpTo(submitted, 12);
      // Between two segments the one that draws is alone: an encoder ends, and the next is yet to start.
      expect(processes()).toBeGreaterThan(0);
      const start = performance.now();
      await call(action, submitted);
      await vi.waitFor(() => expect(processes()).toBe(0), { timeout: 5000, interval: 20 });
      expect(performance.now() - start).toBeLessThan(2000);
      await vi.waitFor(async () => {
        const { scratch, segments } = await leftovers();
        expect({ scratch, kept: segments > 0 }).toEqual({ scratch: 0, kept: action === 'CancelSmartJob' });
      });
      await expect(charts.storage.head(`${action}.mp4`)).rejects.toMatchObject({ status: 404 });
      await call('DeleteSmartJob', submitted);
      expect(await leftovers()).toEqual({ scratch: 0, segments: 0 });
    },
    300_000,
  );

  test('and was canceled keeps its segments, and is finished when it is retried', async () => {
    const submitted = await charts.submit('again.mp4', { output: SMALL, config: { VideoDuration: 160_000 } });
    await drawnUpTo(submitted, 20);
    await call('CancelSmartJob', submitted);
    expect(await charts.get(submitted)).toMatchObject({ State: 'Failed', ErrorCode: 'JobCanceled' });
    await vi.waitFor(async () => expect(await leftovers()).toMatchObject({ scratch: 0 }));
    const { segments } = await leftovers();
    expect(segments).toBeGreaterThan(0);
    expect(segments).toBeLessThan(8);
    await call('RetrySmartJob', submitted);
    const job = await charts.ended(submitted);
    expect(job, JSON.stringify(job)).toMatchObject({
      ...{ State: 'Finished', JobResult: { Details: { Frames: 1600, VideoSeconds: 160 } } },
    });
    await vi.waitFor(async () => expect(await leftovers()).toEqual({ scratch: 0, segments: 0 }));
    expect(await charts.storage.head('again.mp4')).toMatchObject({ status: 200 });
  }, 300_000);
});

describe('texts', () => {
  test('as long as they may be come back byte for byte', async () => {
    const UserData = `${'数据'.repeat(10_922)}\n{}"`;
    const Title = '图'.repeat(42);
    const ChartTitle = JSON.stringify({ Text: '标'.repeat(512) });
    expect(Buffer.byteLength(UserData)).toBe(65_536);
    const job = await charts.ended(await charts.submit('texts.mp4', { more: { UserData, Title, ChartTitle } }));
    expect(job).toMatchObject({ State: 'Finished', UserData, SmartJobInfo: { Title } });
  });

  test.each([
    ['UserData', 'x'.repeat(65_537), 'at most 65536 bytes'],
    ['Title', 'x'.repeat(129), 'at most 128 bytes'],
    ['Description', '描'.repeat(342), 'at most 1024 bytes'],
    ['ChartTitle', JSON.stringify({ Text: 'x'.repeat(513) }), 'at most 512 characters'],
    ['DataSource', JSON.stringify({ Text: 'x', Else: 'y'.repeat(4096) }), 'at most 4096 bytes'],
    ['AxisParams', JSON.stringify({ FontFile: 'x'.repeat(129) }), 'at most 128 characters'],
    ['Background', JSON.stringify({ ImageUrl: `https://a/${'x'.repeat(4090)}` }), 'at most 4096 characters'],
    ['Input', JSON.stringify({ XlsFile: `oss://a/${'x'.repeat(4090)}` }), 'at most 4096 characters'],
    ['Input', JSON.stringify({ XlsFile: 'oss://a/b.xlsx', Sheet: 'x'.repeat(256) }), 'at most 255 characters'],
  ])('of %s that are longer are refused', async (name, value, message) => {
    await expect(charts.submit('no.mp4', { more: { [name]: value } })).rejects.toThrow(message);
  });
});

test('files that mean harm fail with a code that stays, and the server does not notice', async () => {
  const before = process.memoryUsage.rss();
  const chosen = HOSTILE_SPREADSHEETS.filter(({ name }) => HARMFUL.includes(name));
  expect(chosen).toHaveLength(HARMFUL.length);
  const jobs = chosen.map(async ({ name, make }, at): Promise<[string, GotJob]> => {
    await charts.storage.put(`hostile-${at}.xls`, make());
    return [name, await charts.ended(await charts.submit('no.mp4', { file: `hostile-${at}.xls` }))];
  });
  const waiting = new AbortController();
  const all = Promise.all(jobs).finally(() => waiting.abort());
  let slowest = 0;
  while (!waiting.signal.aborted) {
    const start = performance.now();
    await charts.client.call('ListSmartJobs', {}, 'GET');
    slowest = Math.max(slowest, performance.now() - start);
  }
  const codes = Object.fromEntries((await all).map(([name, { ErrorCode }]) => [name, ErrorCode]));
  expect(codes).toEqual(Object.fromEntries(chosen.map(({ name, code }) => [name, code])));
  for (const [, { ErrorMessage }] of await all) expect(ErrorMessage).not.toContain(charts.server.dataDir);
  expect(slowest).toBeLessThan(1500);
  expect(process.memoryUsage.rss() - before).toBeLessThan(500e6);
  await vi.waitFor(async () => expect(await leftovers()).toEqual({ scratch: 0, segments: 0 }));
  await expect(charts.storage.head('no.mp4')).rejects.toMatchObject({ status: 404 });
  expect(await charts.ended(await charts.submit('after.mp4'))).toMatchObject({ State: 'Finished' });
}, 300_000);

const HARMFUL = [
  'a zip bomb that says what it is',
  'a zip bomb that says it is small',
  'an archive with a password',
  'a text of two million cells',
  'a PDF called .xls',
];
