import { drawable, type ChartSeries } from './chart-table.ts';
import { clamp } from './timeline.ts';

/** A number as it is written on the chart. */
export type NumberWriter = (value: number) => string;

/** From here on 万, 億, K, M… read faster than digits; what is smaller beside it keeps its digits below LEAST_SHORT. */
const SHORT_FROM = 100_000;
const LEAST_SHORT = 10_000;
/** Beyond these no language has words, and zeros are counted by nobody: 4.1E-9, 2E300. */
const POWERS_FROM = 1e15;
const POWERS_BELOW = 1e-4;
/** Numbers that differ by less than this part of their size are written in full, where full is not too long. */
const ALIKE = 0.05;
const LONGEST_IN_FULL = 1e9;
const LEAST_DECIMALS = 2;
const MOST_DECIMALS = 6;

/**
 * For values that move: as many decimals as the data has all along, so that the text does not tremble: two at most,
 * more where two would not tell the numbers apart. From 100,000 on numbers are shortened as the language does:
 * 12.3万, 123.0K.
 */
export function valueWriter(series: readonly ChartSeries[], language: string): NumberWriter {
  const percent = series.length > 0 && series.every((one) => one.percent === true);
  const scale = percent ? 100 : 1;
  const values = series.flatMap((one) => one.values.flatMap((value) => drawable(value) ?? []));
  const format = valueFormat(
    values.map((value) => value * scale),
    language,
  );
  const sign = percent ? '%' : '';
  return (value) => `${format(value * scale || 0).replace(/^-(?=0(?:[.,]0+)?$)/, '')}${sign}`;
}

function valueFormat(values: readonly number[], language: string): NumberWriter {
  const { low, high } = values.reduce(
    (seen, value) => ({ low: Math.min(seen.low, value), high: Math.max(seen.high, value) }),
    { low: Infinity, high: -Infinity },
  );
  const largest = Math.max(0, Math.abs(low), Math.abs(high));
  if (values.length > 0 && needsPowers(largest)) return powers(language, 1, 1);
  const range = high > low ? high - low : largest;
  const alike = high > low && range < largest * ALIKE;
  const isShort = largest >= SHORT_FROM && !(alike && largest < LONGEST_IN_FULL);
  const written = isShort ? values.filter((value) => Math.abs(value) < LEAST_SHORT) : values;
  const most = clamp(1 - Math.floor(Math.log10(range || 1)), LEAST_DECIMALS, MOST_DECIMALS);
  const decimals = written.reduce((found, value) => Math.max(found, decimalsOf(value, most)), 0);
  const plain = fixed(language, decimals);
  if (!isShort) return plain;
  const digits = alike ? 3 : 1;
  const short = shortFormat(language, digits, digits);
  return (value) => (Math.abs(value) < LEAST_SHORT ? plain(value) : short(value));
}

/** For the ticks of an axis, which are read as a row: no decimals that the step does not need. */
export function tickWriter(step: number, largest: number, percent: boolean, language: string): NumberWriter {
  const scale = percent ? 100 : 1;
  const format = tickFormat(step * scale, largest * scale, language);
  return (value) => `${format(value * scale || 0)}${percent ? '%' : ''}`;
}

function tickFormat(step: number, largest: number, language: string): NumberWriter {
  if (needsPowers(largest)) return powers(language, 0, 3);
  const plain = fixed(language, decimalsOf(step, 14));
  if (largest < LEAST_SHORT) return plain;
  const [short, exact] = [shortFormat(language, 0, 3), shortFormat(language, 0, 12)];
  // A narrow range of large numbers: 1.235M at each of its ticks.
  const isExact = [largest, largest - step].every((tick) => short(tick) === exact(tick));
  return isExact ? short : plain;
}

/** What numbers of a language are written with, for the choice of fonts: digits, signs, and words such as 万. */
export function numberSigns(language: string): string {
  const sizes = Array.from({ length: 16 }, (_, power) => -1.5 * 10 ** power);
  return [...sizes.map(shortFormat(language, 0, 1)), powers(language, 1, 1)(-1e-9)].join(' ');
}

function needsPowers(largest: number): boolean {
  return largest >= POWERS_FROM || (largest > 0 && largest < POWERS_BELOW);
}

function fixed(language: string, decimals: number): NumberWriter {
  const format = new Intl.NumberFormat(language, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return (value) => format.format(value);
}

function shortFormat(language: string, least: number, most: number): NumberWriter {
  const format = new Intl.NumberFormat(language, {
    notation: 'compact',
    minimumFractionDigits: least,
    maximumFractionDigits: most,
  });
  return (value) => format.format(value);
}

function powers(language: string, least: number, most: number): NumberWriter {
  const format = new Intl.NumberFormat(language, {
    notation: 'scientific',
    minimumFractionDigits: least,
    maximumFractionDigits: most,
  });
  return (value) => (value === 0 ? '0' : format.format(value));
}

function decimalsOf(value: number, most: number): number {
  for (let decimals = 0; decimals < most; decimals += 1) {
    const shifted = value * 10 ** decimals;
    if (Math.abs(shifted - Math.round(shifted)) <= Math.abs(shifted) * 1e-9) return decimals;
  }
  return most;
}
