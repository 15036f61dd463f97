import { expect, test } from 'vitest';
import type { ChartTable } from '../engines/spreadsheet/chart-table.ts';
import { chartData } from './chart-data.ts';
import { readChartSettings } from './chart-settings.ts';

const SHEET: ChartTable = {
  ...{ sheet: 'Data', title: 'Drinks sold', rowsName: 'Month', time: 'rows', notes: [] },
  rows: [{ text: '2024-01' }, { text: '2024-02' }, { text: '2024-03' }],
  columns: [
    { heading: { text: 'Coffee' }, unit: 't', values: [1, 2, 3] },
    { heading: { text: 'Tea' }, unit: 't', values: [4, null, 6] },
  ],
};
const REQUIRED = {
  Input: '{"XlsFile":"oss://in/a.xlsx"}',
  OutputConfig: '{"MediaURL":"oss://out/a.mp4"}',
};
const LINE = readChartSettings('Line', REQUIRED);

test('what is not asked for has the documented defaults', () => {
  expect(LINE).toMatchObject({
    ...{ style: 'Normal', titleStart: 0, chartStart: 0, duration: 15_000, bitrate: 2000, width: 800, height: 680 },
    ...{ frameRate: 30, poster: false, gif: false, sheet: '' },
  });
});

test('title and unit come from the sheet, unless the caller names them', () => {
  expect(chartData(LINE, SHEET)).toMatchObject({ title: { text: 'Drinks sold' }, unit: { text: 't' } });
  const named = readChartSettings('Line', {
    ...REQUIRED,
    ChartTitle: '{"Text":"Ours"}',
    Unit: '{"FontSize":"20"}',
  });
  expect(chartData(named, SHEET)).toMatchObject({ title: { text: 'Ours' }, unit: { text: 't', fontSize: 20 } });
});

test('time runs along the axis of a line, and through the columns of a pie', () => {
  const months = ['2024-01', '2024-02', '2024-03'];
  expect(chartData(LINE, SHEET).table.labels).toEqual(months);
  const pie = chartData({ ...LINE, type: 'Pie' }, SHEET).table;
  expect(pie.labels).toEqual(['Coffee', 'Tea']);
  expect(pie.series.map(({ name, values }) => [name, values])).toEqual([
    ['2024-01', [1, 4]],
    ['2024-02', [2, null]],
    ['2024-03', [3, 6]],
  ]);
  const wide: ChartTable = { ...SHEET, time: 'columns' };
  expect(chartData(LINE, wide).table.labels).toEqual(['Coffee', 'Tea']);
  expect(chartData({ ...LINE, type: 'Histogram' }, wide).table.labels).toEqual(months);
});

test('the language of numbers is the one that the caller names, if any', () => {
  const ChartConfig = '{"Language":"zh-TW"}';
  expect(chartData(readChartSettings('Line', { ...REQUIRED, ChartConfig }), SHEET).language).toBe('zh-TW');
  expect(chartData(LINE, SHEET).language).toBeUndefined();
  const wrong = { ...REQUIRED, ChartConfig: '{"Language":"not a language"}' };
  expect(() => readChartSettings('Line', wrong)).toThrow('zh-TW');
});

test('a pie of one column keeps its slices, though they are months', () => {
  const one: ChartTable = { ...SHEET, columns: SHEET.columns.slice(0, 1) };
  expect(chartData({ ...LINE, type: 'Pie' }, one).table.labels).toHaveLength(3);
});

test('percentages are drawn as such, and are no unit of their own', () => {
  const columns = SHEET.columns.map((column) => ({ ...column, unit: '%' }));
  const { table, unit } = chartData(LINE, { ...SHEET, columns });
  expect(unit).toBeUndefined();
  expect(table.series.map(({ percent }) => percent)).toEqual([true, true]);
});

test('numbers at the head of the rows are the x of a scatter chart', () => {
  const rows = [1, 5, 9].map((number) => ({ text: String(number), number }));
  const { series } = chartData(
    { ...LINE, type: 'Scatter' },
    { ...SHEET, rowsName: 'Size', rows, time: 'none' },
  ).table;
  expect(series.map(({ name, values }) => [name, values])).toEqual([
    ['Size', [1, 5, 9]],
    ['Coffee', [1, 2, 3]],
    ['Tea', [4, null, 6]],
  ]);
});
