import type { z } from 'zod';
import type { ChartAxes, ChartRequest, ChartText, ChartType } from '../engines/chart/chart-request.ts';
import {
  chartAxisParams,
  chartBackground,
  chartConfig,
  chartInput,
  chartOutputConfig,
  chartTextConfig,
} from './chart-config.ts';

/** What a chart job asks for, with every default filled in; what is absent follows the style. */
export type ChartSettings = Omit<ChartRequest, 'table' | 'background'> & {
  /** Empty = the first that is not hidden. */
  readonly sheet: string;
  readonly backgroundColor: string | undefined;
  /** As the caller wrote it. */
  readonly backgroundImage: string | undefined;
  /** Kilobits a second. */
  readonly bitrate: number;
  readonly poster: boolean;
  readonly gif: boolean;
};

/** The parameters of a chart job by their wire names, as the parameter table has checked them; `''` = not given. */
export type ChartParameters = Readonly<Partial<Record<string, string>>>;

/**
 * Reads the parameters of a chart job. The service documents no defaults: these are of ours.
 * Parameters that break the rules are a fault of ours and throw.
 */
export function readChartSettings(type: ChartType, parameters: ChartParameters): ChartSettings {
  const read = <S extends z.ZodType>(name: string, schema: S): z.infer<S> =>
    schema.parse(JSON.parse(parameters[name] || '{}'));
  const config = read('ChartConfig', chartConfig);
  const output = read('OutputConfig', chartOutputConfig);
  const background = read('Background', chartBackground);
  const textOf = (name: string): ChartText | undefined => chartText(read(name, chartTextConfig));
  const [title, subtitle, unit, dataSource] = TEXTS.map(textOf);
  return {
    type,
    sheet: read('Input', chartInput).Sheet ?? '',
    style: config.Style ?? 'Normal',
    ...(config.Language !== undefined && { language: config.Language }),
    titleStart: config.TitleStartTime ?? 0,
    chartStart: config.ChartStartTime ?? 0,
    duration: config.VideoDuration ?? 15_000,
    ...(title !== undefined && { title }),
    ...(subtitle !== undefined && { subtitle }),
    ...(unit !== undefined && { unit }),
    ...(dataSource !== undefined && { dataSource }),
    axes: chartAxes(read('AxisParams', chartAxisParams)),
    backgroundColor: background.Color,
    backgroundImage: background.ImageUrl,
    width: output.Width ?? 800,
    height: output.Height ?? 680,
    frameRate: output.FrameRate ?? 30,
    bitrate: output.Bitrate ?? 2000,
    poster: output.Poster ?? false,
    gif: output.Gif ?? false,
  };
}

const TEXTS = ['ChartTitle', 'Subtitle', 'Unit', 'DataSource'];

/** Without a text but with a look it is there all the same: the title may come from the sheet. */
function chartText({
  Text,
  FontSize,
  FontColor,
  FontFile,
}: z.infer<typeof chartTextConfig>): ChartText | undefined {
  if ([Text, FontSize, FontColor, FontFile].every((value) => value === undefined)) return undefined;
  return {
    text: Text ?? '',
    ...(FontSize !== undefined && { fontSize: FontSize }),
    ...(FontColor !== undefined && { fontColor: FontColor }),
    ...(FontFile !== undefined && { fontFile: FontFile }),
  };
}

function chartAxes(params: z.infer<typeof chartAxisParams>): ChartAxes {
  const { FontFile, XAxisFontSize, YAxisFontSize, XAxisFontInterval, AxisColor } = params;
  return {
    ...(FontFile !== undefined && { fontFile: FontFile }),
    ...(XAxisFontSize !== undefined && { xFontSize: XAxisFontSize }),
    ...(YAxisFontSize !== undefined && { yFontSize: YAxisFontSize }),
    ...(XAxisFontInterval !== undefined && { xInterval: XAxisFontInterval }),
    ...(AxisColor !== undefined && { color: AxisColor }),
  };
}
