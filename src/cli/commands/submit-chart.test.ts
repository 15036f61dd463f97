import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobId } from '../../jobs/job-id.ts';
import type { SmartJob } from '../../jobs/smart-job.ts';
import { startBench, type Bench } from '../test-bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.stop());

async function submitted(...args: string[]): Promise<SmartJob> {
  const { code, out, err } = await bench.run(['submit', 'chart', ...args]);
  expect({ code, err: err.split(':')[0] }).toEqual({ code: 0, err: 'Watch it' });
  const job = await bench.jobs.get(bench.account, out.trim() as JobId);
  if (job === undefined) throw new Error('no job');
  return job;
}

describe('submit chart', () => {
  test('submits a spreadsheet, with what the options say', async () => {
    const texts = ['--heading', 'Sales', '--subtitle', '2024', '--unit', 't', '--source', 'Ours', '--title', 'Job'];
    const look = [
      '--style',
      'Green',
      '--duration',
      '5000',
      '--background',
      '#fff',
      '--sheet',
      'Data',
      '--language',
      'de',
    ];
    const video = [
      '--width',
      '720',
      '--height',
      '1280',
      '--frame-rate',
      '25',
      '--bitrate',
      '900',
      '--poster',
      '--gif',
    ];
    const job = await submitted(
      ...['oss://uploads/a.xlsx', 'oss://charts/a.mp4', '--type', 'Pie'],
      ...[...texts, ...look, ...video],
    );
    expect(job).toMatchObject({
      ...{ type: 'DynamicChart', title: 'Job', inputFile: 'oss://uploads/a.xlsx' },
      ...{ outputBucket: 'charts', outputObject: 'a.mp4' },
      parameters: {
        ...{ ChartType: 'Pie', Input: '{"XlsFile":"oss://uploads/a.xlsx","Sheet":"Data"}' },
        ...{
          ChartConfig: '{"Style":"Green","VideoDuration":"5000","Language":"de"}',
          ChartTitle: '{"Text":"Sales"}',
        },
        ...{ Subtitle: '{"Text":"2024"}', Unit: '{"Text":"t"}', DataSource: '{"Text":"Ours"}' },
        Background: '{"Color":"#fff"}',
      },
    });
    expect(JSON.parse(job.parameters['OutputConfig'] ?? '')).toEqual({
      ...{ MediaURL: 'oss://charts/a.mp4', Bitrate: '900', Width: '720', Height: '1280' },
      ...{ FrameRate: '25', Poster: true, Gif: true },
    });
  });

  test('draws lines where no type is named, over a picture where the background is an address', async () => {
    const job = await submitted('oss://b-in/a.csv', 'oss://charts/a.mp4', '--background', 'oss://b-in/a.png');
    expect(job.parameters).toMatchObject({ ChartType: 'Line', Background: '{"ImageUrl":"oss://b-in/a.png"}' });
  });

  test.each([
    [['oss://in/a.xlsx', 'charts/a.mp4'], 'is no object address'],
    [['oss://in/a.xlsx', 'oss://charts/a.mp4', '--type', 'Cake'], 'ChartType'],
    [['oss://in/a.xlsx', 'oss://charts/a.mp4', '--width', '12'], "'OutputConfig.Width' is invalid, input: 12"],
  ])('%j is a usage error that the server is not asked about', async (args, message) => {
    const { code, out, err } = await bench.run(['submit', 'chart', ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  test('tells how a file of this machine gets to the server', async () => {
    await writeFile(join(bench.folder, 'sales.csv'), 'a,1\n');
    const { code, err } = await bench.run(['submit', 'chart', 'sales.csv', 'oss://charts/a.mp4']);
    expect(code).toBe(2);
    expect(err).toContain('smartjobs put sales.csv oss://uploads/sales.csv');
    expect(err).toContain('smartjobs submit chart oss://uploads/sales.csv');
  });
});
