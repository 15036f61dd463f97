import { CHART_TYPES } from '../engines/chart/chart-request.ts';
import { refuse, refuseValue, type Refusal } from '../gateway/api-error.ts';
import { answer } from '../gateway/operation.ts';
import type { ParameterTable, ParameterValues } from '../gateway/parameter-table.ts';
import {
  chartAxisParams,
  chartBackground,
  chartConfig,
  chartInput,
  chartOutputConfig,
  chartTextConfig,
} from '../pipelines/chart-config.ts';
import { readChartSettings } from '../pipelines/chart-settings.ts';
import { queueFull } from './queue-full.ts';
import { refuseInput } from './refuse-input.ts';
import { refuseOutput, type OutputObject } from './refuse-output.ts';
import { operation, type OperationServices } from './services.ts';
import { submitWithMedia } from './submit-with-media.ts';

const chartText = { kind: 'json', schema: chartTextConfig, maxBytes: 4096 } as const;
const LOOK = 'FontSize 6-400 in pixels, FontColor #rrggbb, FontFile a font name; what is absent follows the style.';

const parameters = {
  ChartType: {
    kind: 'choice',
    required: true,
    allowed: CHART_TYPES,
    description: 'Line, Histogram (bars) or Pie; BarRace, Area, StackedBar and Scatter are ours.',
  },
  Input: {
    kind: 'json',
    required: true,
    schema: chartInput,
    maxBytes: 8192,
    description:
      'JSON: XlsFile, the spreadsheet (.xlsx, .xls or .csv): oss://bucket/key, the https form of it, a public http(s) URL, or a media id; Sheet (ours), the name of a sheet (default: the first that is not hidden).',
  },
  OutputConfig: {
    kind: 'json',
    required: true,
    schema: chartOutputConfig,
    maxBytes: 8192,
    description:
      'JSON: MediaURL, oss://bucket/key.mp4 or its https form (the bucket is made if it is missing, an object that is there is overwritten); Bitrate 100-50000 kbit/s (default 2000), Width and Height 128-3840 (default 800 and 680; odd ones are made even); ours: FrameRate 1-60 (default 30), Poster and Gif true or false (default false), a PNG and a GIF beside the video, GIF up to 30 seconds.',
  },
  ChartConfig: {
    kind: 'json',
    schema: chartConfig,
    maxBytes: 4096,
    description:
      'JSON: Style Normal, Mystery, Lively, Business or Green (default Normal); in milliseconds TitleStartTime and ChartStartTime 0-600000 (default 0) and VideoDuration 1000-600000 (default 15000); ours: Language, such as de or zh-TW, for the way numbers are written (default: by the scripts of the texts).',
  },
  ChartTitle: {
    ...chartText,
    description: `JSON: Text (default: what stands alone above the table of the sheet), ${LOOK}`,
  },
  Subtitle: { ...chartText, description: `JSON: Text (default: none), ${LOOK}` },
  Unit: { ...chartText, description: `JSON: Text (default: the unit that all cells show), ${LOOK}` },
  DataSource: { ...chartText, description: `JSON: Text (default: none), ${LOOK}` },
  AxisParams: {
    kind: 'json',
    schema: chartAxisParams,
    maxBytes: 4096,
    description:
      'JSON: FontFile, XAxisFontSize and YAxisFontSize 6-400 in pixels, AxisColor #rrggbb (default: by the style), XAxisFontInterval 0-10000 (every n-th label is written; default 0: as many as have room).',
  },
  Background: {
    kind: 'json',
    schema: chartBackground,
    maxBytes: 8192,
    description:
      'JSON: Color #rrggbb or ImageUrl, addressed as XlsFile (PNG, JPEG, WebP, GIF, BMP or AVIF, at most 20 MB); of both the image is drawn. Default: by the style.',
  },
  Title: { kind: 'text', maxBytes: 128, description: 'A title; else `default_title_<CreateTime>`.' },
  Description: { kind: 'text', maxBytes: 1024, description: 'A description.' },
  UserData: { kind: 'text', maxBytes: 65_536, description: 'Anything; it is returned byte for byte.' },
} as const satisfies ParameterTable;

type Values = ParameterValues<typeof parameters>;

/** Milliseconds. The encoder of GIFs keeps all pictures in memory until it knows their colours. */
const LONGEST_GIF = 30_000;

/** A chart video from a spreadsheet: answers as soon as the job is stored; a worker runs it. */
export const submitDynamicChartJob = operation({
  product: 'ice',
  action: 'SubmitDynamicChartJob',
  summary: 'Submits a spreadsheet to be shown as a chart video.',
  ramAction: 'ice:SubmitDynamicChartJob',
  parameters,
  // Without State, unlike the other submits: so the service has it.
  answers: [{ name: 'JobId', type: 'string', description: '32 hex characters.' }],

  async handle({ caller: { account }, values }, services) {
    const xlsFile = chartInput.parse(JSON.parse(values.Input)).XlsFile;
    const { duration, gif, backgroundImage } = readChartSettings(values.ChartType, values);
    const inputFault =
      (await refuseInput(account, 'Input.XlsFile', xlsFile, services)) ??
      (await refuseInput(account, 'Background.ImageUrl', backgroundImage, services));
    if (inputFault !== undefined) return inputFault;
    if (gif && duration > LONGEST_GIF) {
      return refuseValue('OutputConfig.Gif', 'true', `a VideoDuration of at most ${LONGEST_GIF} where Gif is true`);
    }
    const output = readOutput(values, services);
    if ('kind' in output) return output;
    const outputFault = await refuseOutput(account, output, true, services.objects);
    if (outputFault !== undefined) return outputFault;
    const { ChartType, ChartConfig, ChartTitle, Subtitle, Unit, DataSource, AxisParams, Background } = values;
    const draft = {
      ...{ type: 'DynamicChart' as const, title: values.Title, description: values.Description },
      ...{ userData: values.UserData, editingConfig: '', inputFile: xlsFile, keyword: '' },
      ...{ outputBucket: output.bucket, outputObject: output.key },
      parameters: {
        ...{ ChartType, Input: values.Input, OutputConfig: values.OutputConfig, ChartConfig, ChartTitle },
        ...{ Subtitle, Unit, DataSource, AxisParams, Background },
      },
    };
    const submitted = await submitWithMedia(account, draft, 'video', services);
    return 'kind' in submitted ? queueFull(submitted) : answer({ JobId: submitted.job.id });
  },
});

function readOutput({ OutputConfig }: Values, { addressOf }: OperationServices): OutputObject | Refusal {
  const field = 'OutputConfig.MediaURL';
  const { MediaURL: url } = chartOutputConfig.parse(JSON.parse(OutputConfig));
  const address = addressOf(url);
  if (address.kind === 'invalid') return refuse('InvalidParameter', `'${field}' is invalid. ${address.reason}`);
  if (address.kind === 'url') {
    return refuseValue(field, url, 'oss://bucket/key.mp4 or https://bucket.oss-<region>.aliyuncs.com/key.mp4');
  }
  const { bucket, key } = address;
  if (!/[^/]\.mp4$/i.test(key)) return refuseValue(field, url, 'the name of an object that ends in .mp4');
  return { bucket, key, bucketField: field, keyField: field };
}
