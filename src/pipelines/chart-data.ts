import type { ChartSeries, ChartTable } from '../engines/chart/chart-table.ts';
import type { ChartRequest, ChartText } from '../engines/chart/chart-request.ts';
import { turned, type ChartTable as SheetTable, type Heading } from '../engines/spreadsheet/chart-table.ts';
import type { ChartSettings } from './chart-settings.ts';

/**
 * What a chart of the wished type shows of a sheet: which way its table is read, and the texts that the caller leaves
 * to the sheet.
 */
export function chartData(settings: ChartSettings, sheet: SheetTable): Omit<ChartRequest, 'background'> {
  const read = readsTurned(settings.type, sheet) ? turned(sheet) : sheet;
  const title = textOr(settings.title, sheet.title);
  const unit = textOr(settings.unit, sharedUnit(read));
  const { subtitle, dataSource, axes } = settings;
  return {
    type: settings.type,
    table: { labels: read.rows.map(({ text }) => text), series: seriesOf(settings, read) },
    style: settings.style,
    ...(settings.language !== undefined && { language: settings.language }),
    ...(title !== undefined && { title }),
    ...(subtitle !== undefined && subtitle.text !== '' && { subtitle }),
    ...(unit !== undefined && { unit }),
    ...(dataSource !== undefined && dataSource.text !== '' && { dataSource }),
    ...(axes !== undefined && { axes }),
    ...{ width: settings.width, height: settings.height, frameRate: settings.frameRate },
    ...{ duration: settings.duration, titleStart: settings.titleStart, chartStart: settings.chartStart },
  };
}

/** Time runs along the axis of a line, from one moment of a race to the next, and through the columns of a pie. */
function readsTurned(type: ChartSettings['type'], { time, columns }: SheetTable): boolean {
  if (type === 'Line' || type === 'Area' || type === 'BarRace') return time === 'columns';
  return type === 'Pie' && time === 'rows' && columns.length > 1;
}

function seriesOf({ type }: ChartSettings, { rows, rowsName, columns }: SheetTable): ChartTable['series'] {
  const series = columns.map(({ heading, unit, values }): ChartSeries => {
    return { name: heading.text, values, ...(unit === '%' && { percent: true }) };
  });
  const isX = type === 'Scatter' && rows.length > 0 && rows.every(isNumber);
  return isX ? [{ name: rowsName, values: rows.map(({ number }) => number) }, ...series] : series;
}

function isNumber(heading: Heading): heading is Heading & { readonly number: number } {
  return heading.number !== undefined;
}

/** Percentages are written at each number. */
function sharedUnit({ columns }: SheetTable): string {
  const [first, ...others] = new Set(columns.map(({ unit }) => unit));
  return first === undefined || first === '%' || others.length > 0 ? '' : first;
}

function textOr(given: ChartText | undefined, fallback: string): ChartText | undefined {
  const text = given?.text || fallback;
  return text === '' ? undefined : { ...given, text };
}
