import type { Command } from 'commander';
import { submitDynamicChartJob } from '../../operations/submit-dynamic-chart-job.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { withClient, withJson } from '../client-command.ts';
import { report, usageFailure, type Failure } from '../failure.ts';
import { howToPut, isLocalFile } from '../local-file.ts';
import { objectArgument, objectUrl } from '../object-argument.ts';
import { submitJob, type SubmitOptions } from '../submit-job.ts';
import { optionNames, tableOptions, type WireParameters } from '../table-options.ts';

const { parameters } = submitDynamicChartJob;
const TABLE = tableOptions(parameters, optionNames(parameters, Object.keys(parameters).filter(isNoText)));

function isNoText(name: string): boolean {
  return !['Title', 'Description', 'UserData'].includes(name);
}

type ChartOptions = SubmitOptions & {
  readonly type: string;
  readonly sheet?: string;
  readonly style?: string;
  readonly duration?: string;
  readonly language?: string;
  readonly heading?: string;
  readonly subtitle?: string;
  readonly unit?: string;
  readonly source?: string;
  readonly background?: string;
  readonly width?: string;
  readonly height?: string;
  readonly frameRate?: string;
  readonly bitrate?: string;
  readonly poster?: boolean;
  readonly gif?: boolean;
};

/** `submit chart oss://bucket/sheet.xlsx oss://bucket/video.mp4`. */
export function addSubmitChart(group: Command, cli: Cli): void {
  const command = group.command('chart').description(submitDynamicChartJob.summary);
  command
    .argument('<sheet>', 'the spreadsheet: oss://bucket/key, a public URL or a media id')
    .argument('<output>', 'oss://bucket/key.mp4')
    .option('--type <type>', parameters.ChartType.allowed.join(', '), 'Line')
    .option('--sheet <name>', 'the sheet; default: the first that is not hidden')
    .option('--style <style>', 'Normal, Mystery, Lively, Business or Green')
    .option('--duration <milliseconds>', 'of the video, 1000 to 600000')
    .option('--language <tag>', 'of numbers and of our few words; default: that of the texts')
    .option('--heading <text>', 'the title of the chart')
    .option('--subtitle <text>', 'the line below it')
    .option('--unit <text>', 'what the numbers are of')
    .option('--source <text>', 'where the numbers are from')
    .option('--background <colour>', '#rrggbb, or the address of a picture')
    .option('--width <pixels>', '128 to 3840')
    .option('--height <pixels>', '128 to 3840')
    .option('--frame-rate <number>', '1 to 60')
    .option('--bitrate <kbit/s>', '100 to 50000')
    .option('--poster', 'a PNG beside the video')
    .option('--gif', 'a GIF beside the video');
  for (const option of TABLE.options) command.addOption(option);
  command.option('--watch', 'go on as `watch`');
  withJson(command).action(async (sheet: string, output: string, options: ChartOptions) =>
    cli.exit(await submitChart(cli, sheet, output, options)),
  );
}

async function submitChart(
  cli: CliContext,
  sheet: string,
  output: string,
  options: ChartOptions,
): Promise<ExitCode> {
  const read = isLocalFile(cli, sheet)
    ? usageFailure('Usage', howToPut(sheet, 'submit chart'))
    : readJob(sheet, output, options);
  if (read.kind === 'failure') return report(cli, read, options.json === true);
  return withClient(cli, options, (client) =>
    submitJob(cli, client, 'SubmitDynamicChartJob', read.values, options),
  );
}

/** The server checks the values, which may be numbers in text. */
function readJob(sheet: string, output: string, options: ChartOptions): WireParameters | Failure {
  const named = objectArgument(output);
  if (named.kind === 'failure') return named;
  const { style, duration, language, background, width, height, frameRate, bitrate, poster, gif } = options;
  const isColour = background?.startsWith('#') === true;
  return TABLE.read(options, {
    ChartType: options.type,
    Input: JSON.stringify({ XlsFile: sheet, Sheet: options.sheet }),
    OutputConfig: JSON.stringify({
      ...{ MediaURL: objectUrl(named.object), Bitrate: bitrate, Width: width, Height: height },
      ...{ FrameRate: frameRate, Poster: poster, Gif: gif },
    }),
    ChartConfig: JSON.stringify({ Style: style, VideoDuration: duration, Language: language }),
    ChartTitle: JSON.stringify({ Text: options.heading }),
    Subtitle: JSON.stringify({ Text: options.subtitle }),
    Unit: JSON.stringify({ Text: options.unit }),
    DataSource: JSON.stringify({ Text: options.source }),
    Background: JSON.stringify(isColour ? { Color: background } : { ImageUrl: background }),
  });
}
