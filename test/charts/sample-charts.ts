import type { ChartRequest, ChartStyleName, ChartType } from '../../src/engines/chart/chart-request.ts';
import type { ChartTable } from '../../src/engines/chart/chart-table.ts';

type Sample = Pick<ChartRequest, 'table' | 'title' | 'subtitle' | 'unit' | 'dataSource'>;

/** A wave that looks like data and is the same everywhere. */
function wave(count: number, from: number, to: number, phase: number): number[] {
  return Array.from({ length: count }, (_, at) => {
    const along = at / Math.max(1, count - 1);
    const swing = 0.12 * Math.sin(at * 0.9 + phase) + 0.06 * Math.sin(at * 2.3 + phase * 3);
    return Math.round((from + (to - from) * along ** 1.3) * (1 + swing) * 10) / 10;
  });
}

const YEARS = Array.from({ length: 24 }, (_, at) => String(2000 + at));
const MONTHS = Array.from({ length: 12 }, (_, at) => `${at + 1}月`);

const energy: ChartTable = {
  labels: YEARS,
  series: [
    { name: 'Solar', values: wave(24, 2, 190, 1) },
    { name: 'Wind', values: wave(24, 12, 160, 2) },
    { name: 'Hydro', values: wave(24, 90, 120, 3) },
    { name: 'Coal', values: wave(24, 150, 60, 4) },
  ],
};

const cities: ChartTable = {
  labels: YEARS,
  series: ['上海', '北京', '深圳', '广州', '重庆', '苏州', '成都', '杭州', '武汉', '南京', '天津', '宁波'].map(
    (name, at) => ({
      name,
      values: wave(24, 900 + ((at * 577) % 1700), 9000 + ((at * 7919) % 31_000), at).map((value) =>
        Math.round(value),
      ),
    }),
  ),
};

const SAMPLES: Readonly<Record<ChartType, Sample>> = {
  Line: {
    title: { text: 'Electricity from sun and wind overtakes coal' },
    subtitle: { text: 'Generation by source, 2000 to 2023' },
    unit: { text: 'TWh' },
    dataSource: { text: 'Source: sample data' },
    table: energy,
  },
  Histogram: {
    title: { text: '2023年各月营业额' },
    subtitle: { text: '线上与线下门店合计' },
    unit: { text: '单位：元' },
    dataSource: { text: '数据来源：示例' },
    table: {
      labels: MONTHS,
      series: [{ name: '营业额', values: wave(12, 420_000, 1_380_000, 5).map((value) => Math.round(value)) }],
    },
  },
  Pie: {
    title: { text: 'Where the day goes' },
    subtitle: { text: 'Hours of an average day, by age' },
    dataSource: { text: 'Source: sample data' },
    table: {
      labels: [
        'Sleep',
        'Work and school',
        'Screens',
        'Household',
        'Meals',
        'Travel',
        'Sport',
        'Friends',
        'Reading',
      ],
      series: [
        { name: 'Age 15', values: [8.8, 6.5, 3.4, 0.6, 1.2, 0.9, 1.1, 1.2, 0.3] },
        { name: 'Age 40', values: [7.1, 7.8, 2.2, 2.6, 1.3, 1.3, 0.5, 0.8, 0.4] },
        { name: 'Age 70', values: [8.1, 0.9, 3.9, 3.2, 1.8, 0.9, 0.8, 2.1, 2.3] },
      ],
    },
  },
  BarRace: {
    title: { text: '城市生产总值排行' },
    subtitle: { text: '2000—2023年' },
    unit: { text: '单位：亿元' },
    dataSource: { text: '数据来源：示例' },
    table: cities,
  },
  Area: {
    title: { text: 'A grid that grows' },
    subtitle: { text: 'Generation by source, stacked' },
    unit: { text: 'TWh' },
    dataSource: { text: 'Source: sample data' },
    table: energy,
  },
  StackedBar: {
    title: { text: '四半期売上の内訳' },
    subtitle: { text: '製品別、2021年〜2023年' },
    unit: { text: '百万円' },
    dataSource: { text: '出典：サンプル' },
    table: {
      labels: Array.from({ length: 12 }, (_, at) => `${2021 + Math.floor(at / 4)} Q${(at % 4) + 1}`),
      series: ['カメラ', 'レンズ', 'サービス'].map((name, at) => ({
        name,
        values: wave(12, 220 - 60 * at, 380 - 40 * at, at),
      })),
    },
  },
  Scatter: {
    title: { text: 'Richer countries live longer' },
    subtitle: { text: 'Each point a country, its size the population' },
    dataSource: { text: 'Source: sample data' },
    table: {
      labels: Array.from({ length: 26 }, (_, at) => `Land ${String.fromCodePoint(65 + at)}`),
      series: [
        { name: 'Income per head', values: Array.from({ length: 26 }, (_, at) => 1200 + ((at * 7919) % 61) * 900) },
        {
          name: 'Life expectancy',
          values: Array.from(
            { length: 26 },
            (_, at) => 54 + 11 * Math.log10(1 + ((at * 7919) % 61)) + ((at * 37) % 7),
          ),
        },
        { name: 'Population', values: Array.from({ length: 26 }, (_, at) => 2 + ((at * 613) % 97)) },
      ],
    },
  },
};

/** A request of each type and style with data that looks like what people have. */
export function sampleChart(
  type: ChartType,
  style: ChartStyleName,
  changes: Partial<ChartRequest> = {},
): ChartRequest {
  return {
    type,
    style,
    ...SAMPLES[type],
    width: 1280,
    height: 720,
    frameRate: 30,
    duration: 20_000,
    titleStart: 0,
    chartStart: 1000,
    ...changes,
  };
}
