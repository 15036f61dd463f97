import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JobId } from '../jobs/job-id.ts';
import { openTestGateway, type Called, type TestGateway } from './test-gateway.ts';

let gateway: TestGateway;
beforeEach(() => {
  gateway = openTestGateway({ maxWaitingJobs: 2 });
});
afterEach(() => gateway.close());

const MEDIA_URL = 'https://charts.oss-cn-shanghai.aliyuncs.com/a/line%20one.mp4';
const submit = (changes: Record<string, string> = {}): Promise<Called> =>
  gateway.call('SubmitDynamicChartJob', {
    ChartType: 'Line',
    Input: '{"XlsFile":"oss://uploads/line.xlsx"}',
    OutputConfig: JSON.stringify({ MediaURL: MEDIA_URL }),
    ...changes,
  });
const json = (name: string, value: unknown): Record<string, string> => ({ [name]: JSON.stringify(value) });
const output = (value: object): Record<string, string> => json('OutputConfig', { MediaURL: MEDIA_URL, ...value });

/** The documented example, with its slip in AxisColor. */
const DOCUMENTED = {
  ...json('OutputConfig', { MediaURL: MEDIA_URL, Bitrate: 2000, Width: 800, Height: 680 }),
  ...json('ChartConfig', { Style: 'Normal', TitleStartTime: '3000', ChartStartTime: 3000, VideoDuration: '15000' }),
  ...json('ChartTitle', { Text: 'Sales', FontSize: '30', FontColor: '#000000', FontFile: 'Microsoft YaHei' }),
  ...json('Unit', { Text: 2024, FontSize: 30 }),
  ...json('AxisParams', {
    ...{ FontFile: 'Microsoft YaHei', XAxisFontSize: '30', YAxisFontSize: '30' },
    ...{ XAxisFontInterval: '0', AxisColor: '30' },
  }),
  ...json('Background', { Color: '#000000', ImageUrl: '' }),
};

test('answers with the id of the job alone, as documented, and shows what was submitted', async () => {
  const { status, body } = await submit({ ...DOCUMENTED, Title: 'Chart', UserData: '{"a":1}' });
  expect({ status, names: Object.keys(body).toSorted() }).toEqual({ status: 200, names: ['JobId', 'RequestId'] });
  const JobId = String(body['JobId']);
  expect((await gateway.call('GetSmartHandleJob', { JobId })).body).toMatchObject({
    ...{ State: 'Created', UserData: '{"a":1}' },
    SmartJobInfo: {
      ...{ Title: 'Chart', JobType: 'DynamicChart', InputConfig: { InputFile: 'oss://uploads/line.xlsx' } },
      OutputConfig: { Bucket: 'charts', Object: 'a/line one.mp4' },
    },
  });
  const job = await gateway.jobs.get(gateway.account, JobId as JobId);
  const media = await gateway.call('GetMediaInfo', { MediaId: job?.parameters['MediaId'] ?? '' });
  expect(media.body['MediaInfo']).toMatchObject({
    MediaBasicInfo: { Status: 'Preparing', MediaType: 'video' },
  });
});

test.each(['Line', 'Histogram', 'Pie', 'BarRace', 'Area', 'StackedBar', 'Scatter'])(
  'draws %s',
  async (ChartType) => {
    expect(await submit({ ChartType })).toMatchObject({ status: 200 });
  },
);

test.each<[Record<string, string>, string, string]>([
  [{ ChartType: '' }, 'MissingChartType', 'ChartType is mandatory'],
  [{ ChartType: 'line' }, 'InvalidParameter', 'Line, Histogram, Pie'],
  [{ Input: '' }, 'MissingInput', 'Input is mandatory'],
  [{ Input: '{}' }, 'InvalidParameter', "'Input.XlsFile' is invalid"],
  [{ Input: '{"XlsFile":"line.xlsx"}' }, 'InvalidParameter', "'Input.XlsFile' is invalid"],
  [json('Input', { XlsFile: 'ab'.repeat(16) }), 'InvalidParameter', 'no media'],
  [{ OutputConfig: '' }, 'MissingOutputConfig', 'OutputConfig is mandatory'],
  [{ OutputConfig: '{"Width":800}' }, 'InvalidParameter', "'OutputConfig.MediaURL' is invalid"],
  [output({ MediaURL: 'https://example.com/a.mp4' }), 'InvalidParameter', 'oss://bucket/key.mp4'],
  [output({ MediaURL: 'oss://charts/a.mov' }), 'InvalidParameter', 'ends in .mp4'],
  [output({ MediaURL: 'oss://charts/.mp4' }), 'InvalidParameter', 'ends in .mp4'],
  [output({ MediaURL: 'oss://smartjobs-results-1/a.mp4' }), 'InvalidParameter', 'a bucket of the account'],
  [output({ Bitrate: 99 }), 'InvalidParameter', "'OutputConfig.Bitrate' is invalid, input: 99"],
  [output({ Width: '3841' }), 'InvalidParameter', 'a whole number from 128 to 3840 (pixels)'],
  [output({ Height: 680.5 }), 'InvalidParameter', "'OutputConfig.Height' is invalid"],
  [output({ FrameRate: 0 }), 'InvalidParameter', '1 to 60'],
  [output({ Gif: 'maybe' }), 'InvalidParameter', 'true or false'],
  [
    { ...output({ Gif: true }), ...json('ChartConfig', { VideoDuration: 30_001 }) },
    'InvalidParameter',
    'at most 30000',
  ],
  [json('ChartConfig', { Style: 'Loud' }), 'InvalidParameter', 'Normal, Mystery, Lively, Business, Green'],
  [json('ChartConfig', { VideoDuration: '999' }), 'InvalidParameter', '1000 to 600000'],
  [json('ChartConfig', { TitleStartTime: 'soon' }), 'InvalidParameter', '0 to 600000'],
  [json('ChartTitle', { FontSize: '5' }), 'InvalidParameter', "'ChartTitle.FontSize' is invalid, input: 5"],
  [json('Subtitle', { FontColor: 'red' }), 'InvalidParameter', '#rrggbb'],
  [json('AxisParams', { AxisColor: '3000' }), 'InvalidParameter', "'AxisParams.AxisColor' is invalid"],
  [json('Background', { ImageUrl: 'file:///etc/passwd' }), 'InvalidParameter', "'Background.ImageUrl' is invalid"],
  [{ DataSource: '[' }, 'InvalidParameter', "'DataSource' is invalid"],
])('refuses %j, and leaves neither job nor media behind', async (changes, code, message) => {
  const { status, body } = await submit(changes);
  expect({ status, code: body['Code'] }).toEqual({ status: 400, code });
  expect(body['Message']).toContain(message);
  expect((await gateway.call('ListMediaBasicInfos')).body['TotalCount']).toBe(0);
  expect((await gateway.call('ListSmartJobs')).body['SmartJobList']).toEqual([]);
});

test('a full queue takes the media id back', async () => {
  await submit();
  await submit();
  expect((await submit()).status).not.toBe(200);
  expect((await gateway.call('ListMediaBasicInfos')).body['TotalCount']).toBe(2);
});
