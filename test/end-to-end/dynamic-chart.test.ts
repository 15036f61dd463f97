import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHARTS, startChartServer, type Answer, type ChartServer } from '../support/chart-server.ts';
import { OFFICIAL_MODES, officialClient } from '../support/official-clients.ts';
import { probedUrl } from '../support/probed.ts';

const WORKBOOK = 'src/engines/spreadsheet/fixtures/report.xlsx';

let charts: ChartServer;
beforeAll(async () => {
  charts = await startChartServer();
  await charts.storage.put('report.xlsx', await readFile(WORKBOOK));
});
afterAll(() => charts.server.stop());

describe.each(OFFICIAL_MODES)('%s', (mode) => {
  test('gets a video that plays, and finds it by its media id and in the list', async () => {
    const by = officialClient(charts.server, mode);
    const key = `modes/${mode.replaceAll(/\W/g, '-')}.mp4`;
    const submitted = await charts.submit(key, { by });
    expect(Object.keys(submitted).toSorted()).toEqual(['JobId', 'RequestId']);
    const job = await charts.ended(submitted, by);
    expect(job, JSON.stringify(job)).toMatchObject({ State: 'Finished' });
    expect(job).not.toHaveProperty('Output');
    expect(job.JobResult).not.toHaveProperty('AiResult');
    const { stream, seconds } = await probedUrl(job.JobResult.MediaUrl);
    expect(stream).toMatchObject({
      ...{ codec_name: 'h264', width: 800, height: 680, pix_fmt: 'yuv420p', r_frame_rate: '10/1' },
    });
    expect(seconds).toBeCloseTo(1, 1);
    const { MediaInfo } = (await by.call('GetMediaInfo', { MediaId: job.JobResult.MediaId })) as unknown as {
      MediaInfo: { MediaBasicInfo: object };
    };
    expect(MediaInfo.MediaBasicInfo).toMatchObject({ Status: 'Normal', MediaType: 'video' });
    const listed = (await by.call('ListSmartJobs', { JobType: 'DynamicChart' }, 'GET')) as unknown as {
      SmartJobList: Answer[];
    };
    expect(listed.SmartJobList.find(({ JobId }) => JobId === submitted['JobId'])).toMatchObject({
      ...{ JobType: 'DynamicChart', InputConfig: { InputFile: `oss://${CHARTS}/sales.csv` } },
      OutputConfig: { Bucket: CHARTS, Object: key },
    });
  }, 180_000);
});

test('a workbook of a spreadsheet program becomes a vertical video, with a poster and a GIF beside it, which stay when the job is deleted', async () => {
  const output = { Width: 270, Height: '480', Poster: true, Gif: 'true' };
  const submitted = await charts.submit('pie.mp4', { type: 'Pie', file: 'report.xlsx', output });
  const job = await charts.ended(submitted);
  expect(job, JSON.stringify(job)).toMatchObject({
    State: 'Finished',
    JobResult: { Details: { Poster: `oss://${CHARTS}/pie.png`, Gif: `oss://${CHARTS}/pie.gif`, Frames: 10 } },
  });
  const size = { width: 270, height: 480 };
  expect((await probedUrl(job.JobResult.MediaUrl)).stream).toMatchObject(size);
  const codecs = { Poster: 'png', Gif: 'gif' };
  const files = job.JobResult.ResultFiles;
  expect(files.map(({ Type }) => Type)).toEqual(Object.keys(codecs));
  for (const [at, codec] of Object.values(codecs).entries()) {
    const { stream } = await probedUrl(files[at]?.Url ?? '');
    expect(stream).toMatchObject({ ...size, codec_name: codec });
  }
  await charts.client.call('DeleteSmartJob', { JobId: String(submitted['JobId']) });
  for (const key of ['pie.mp4', 'pie.png', 'pie.gif']) {
    expect(await charts.storage.head(key)).toMatchObject({ status: 200 });
  }
}, 180_000);

test('files that are no spreadsheets, or whose background is no picture, fail with a code that stays', async () => {
  const bytes = await readFile(WORKBOOK);
  const hostile = {
    SpreadsheetFormatUnsupported: Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n'),
    SpreadsheetUnreadable: bytes.subarray(0, 5000),
    SpreadsheetNoNumbers: Buffer.from('Name,Town\nAnna,Ulm\nBert,Kiel\n'),
    SpreadsheetTooLarge: Buffer.alloc(20 * 1024 ** 2 + 1, '1\n'),
  };
  const codes: Record<string, string | undefined> = {};
  for (const [code, content] of Object.entries(hostile)) {
    await charts.storage.put(`${code}.xls`, content);
    codes[code] = (await charts.ended(await charts.submit('no.mp4', { file: `${code}.xls` }))).ErrorCode;
  }
  expect(codes).toEqual({
    ...Object.fromEntries(Object.keys(hostile).map((code) => [code, code])),
    SpreadsheetTooLarge: 'InputFileTooLarge',
  });
  const background = (ImageUrl: string) => ({ more: { Background: JSON.stringify({ ImageUrl }) } });
  const others = {
    InputFileNotFound: { file: 'missing.xlsx' },
    InputFetchRefused: background('http://169.254.169.254/latest/meta-data'),
    BackgroundImageUnreadable: background(`oss://${CHARTS}/sales.csv`),
    SpreadsheetSheetNotFound: {
      more: { Input: JSON.stringify({ XlsFile: `oss://${CHARTS}/report.xlsx`, Sheet: 'Nowhere' }) },
    },
  };
  for (const [code, chart] of Object.entries(others)) {
    const job = await charts.ended(await charts.submit('no.mp4', chart));
    expect(job).toMatchObject({ State: 'Failed', ErrorCode: code });
  }
  await expect(charts.storage.head('no.mp4')).rejects.toMatchObject({ status: 404 });
}, 300_000);
