export type DatePrecision = 'year' | 'quarter' | 'month' | 'day' | 'time';

/** A date of a table: when it is, how exactly that is known, and how the file shows it. */
export type TableDate = {
  /** Milliseconds since 1970 in UTC; of the first moment of the year, quarter, month or day. */
  readonly at: number;
  readonly precision: DatePrecision;
  /** As the file has it: `2024年1月`, `Jan 2024`. ISO where the file leaves the look to the reader's country. */
  readonly text: string;
};

const FIRST_YEAR = 1000;
const LAST_YEAR = 9999;

export type DateParts = {
  readonly year: number;
  /** 1 to 12, 1 where absent. */
  readonly month?: number;
  /** 1 to 31, 1 where absent. */
  readonly day?: number;
  /** Seconds since midnight. */
  readonly seconds?: number;
};

/** Undefined where the calendar has no such day. */
export function tableDate(parts: DateParts, precision: DatePrecision, text: string): TableDate | undefined {
  const { year, month = 1, day = 1, seconds = 0 } = parts;
  if (year < FIRST_YEAR || year > LAST_YEAR || seconds < 0 || seconds >= 86_400) return undefined;
  const midnight = new Date(Date.UTC(year, month - 1, day));
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return undefined;
  return { at: midnight.getTime() + Math.round(seconds * 1000), precision, text };
}

/** `2024-01-05`, `2024-01-05 13:30`; seconds only where there are some. */
export function isoText(at: number, precision: DatePrecision): string {
  const iso = new Date(at).toISOString();
  if (precision === 'year') return iso.slice(0, 4);
  if (precision === 'month' || precision === 'quarter') return iso.slice(0, 7);
  if (precision === 'day') return iso.slice(0, 10);
  return `${iso.slice(0, 10)} ${iso.slice(11, at % 60_000 === 0 ? 16 : 19)}`;
}
