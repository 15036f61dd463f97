import { drawable, type ChartSeries } from './chart-table.ts';

/** A number as it is written on the chart. */
export type NumberWriter = (value: number) => string;

/** From here on 万, 億, K, M… read faster than digits. */
const SHORT_FROM = 100_000;
const MOST_DECIMALS = 2;

/**
 * For values that move: as many decimals as the data has (two at most) all along, so that the text does not tremble.
 * From 100,000 on numbers are shortened as the language does: 12.3万, 123K.
 */
export function valueWriter(series: readonly ChartSeries[], language: string): NumberWriter {
  const percent = series.length > 0 && series.every((one) => one.percent === true);
  const scale = percent ? 100 : 1;
  const values = series.flatMap((one) => one.values.flatMap((value) => drawable(value) ?? []));
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) * scale;
  const decimals = values.reduce((most, value) => Math.max(most, decimalsOf(value * scale)), 0);
  const plain = new Intl.NumberFormat(language, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  const short = shortFormat(language, 1, 1);
  const sign = percent ? '%' : '';
  return (value) => {
    const shown = value * scale || 0;
    return `${(largest >= SHORT_FROM ? short : plain).format(shown).replace(/^-(?=0(?:[.,]0+)?$)/, '')}${sign}`;
  };
}

/** For the ticks of an axis, which are read as a row: no decimals that the step does not need. */
export function tickWriter(step: number, largest: number, percent: boolean, language: string): NumberWriter {
  const scale = percent ? 100 : 1;
  const sign = percent ? '%' : '';
  if (largest * scale < 10_000) {
    const decimals = decimalsOf(step * scale, 6);
    const plain = new Intl.NumberFormat(language, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    return (value) => `${plain.format(value * scale || 0)}${sign}`;
  }
  const short = shortFormat(language, 0, 3);
  return (value) => `${short.format(value * scale || 0)}${sign}`;
}

/** What numbers of a language are written with, for the choice of fonts: digits, signs, and words such as 万. */
export function numberSigns(language: string): string {
  const powers = Array.from({ length: 16 }, (_, power) => -1.5 * 10 ** power);
  return powers.map((value) => shortFormat(language, 0, 1).format(value)).join(' ');
}

function shortFormat(language: string, least: number, most: number): Intl.NumberFormat {
  return new Intl.NumberFormat(language, {
    notation: 'compact',
    minimumFractionDigits: least,
    maximumFractionDigits: most,
  });
}

function decimalsOf(value: number, most = MOST_DECIMALS): number {
  for (let decimals = 0; decimals < most; decimals += 1) {
    const shifted = value * 10 ** decimals;
    if (Math.abs(shifted - Math.round(shifted)) <= Math.abs(shifted) * 1e-9) return decimals;
  }
  return most;
}
