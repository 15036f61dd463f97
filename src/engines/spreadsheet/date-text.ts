import { monthOfName } from './month-names.ts';
import { tableDate, type TableDate } from './table-date.ts';

/** Which of 3/4/2024 is the month: the texts of a whole column tell. */
export type DayOrder = 'day-first' | 'month-first';

const YEAR = String.raw`(?<year>[12]\d{3})`;
const MONTH = String.raw`(?<month>0?[1-9]|1[0-2])`;
const DAY = String.raw`(?<day>0?[1-9]|[12]\d|3[01])`;
const TIME = String.raw`(?:[T ]+(?<hour>[01]?\d|2[0-3]):(?<minute>[0-5]\d)(?::(?<second>[0-5]\d)(?:\.\d+)?)?(?: ?(?<half>[AP])M)?(?:Z|UTC|[+-]\d\d:?\d\d)?)?`;
const NAME = String.raw`(?<name>\p{L}{3,10})\.?`;
const SEPARATOR = '[-/.]';

/** Each reads a text from its start to its end. What is read tells how exact it is. */
const PATTERNS: readonly RegExp[] = [
  `${YEAR}(?<separator>${SEPARATOR})${MONTH}\\k<separator>${DAY}${TIME}`,
  `${YEAR}${SEPARATOR}${MONTH}`,
  `${YEAR}\\s*[年년]`,
  `${YEAR}\\s*[年년]\\s*${MONTH}\\s*[月월]`,
  `${YEAR}\\s*[年년]\\s*${MONTH}\\s*[月월]\\s*${DAY}\\s*[日号號일]${TIME}`,
  `${YEAR}\\s*[年년]?\\s*[-/ ]?\\s*Q(?<quarter>[1-4])`,
  `Q(?<quarter>[1-4])\\s*[-/ ,']?\\s*${YEAR}`,
  `${YEAR}\\s*年?\\s*第?\\s*(?<quarter>[1-4一二三四])\\s*季度?`,
  `${NAME}(?:[ -]| de )${YEAR}`,
  `${NAME}(?:-| ?['’])(?<short>\\d\\d)`,
  `${NAME} ${DAY}(?:st|nd|rd|th)?,? ${YEAR}${TIME}`,
  `${DAY}(?:st|nd|rd|th|\\.)?(?:[ -]| de )${NAME}(?:[ -]| de )${YEAR}${TIME}`,
  `(?:FY|CY) ?${YEAR}`,
  // Of a company: actual, estimated, forecast, planned, budgeted.
  `(?<year>(?:19|20)\\d\\d) ?[AEFPB]`,
].map((pattern) => new RegExp(`^${pattern}$`, 'iu'));

const EITHER_ORDER = new RegExp(
  `^(?<a>\\d{1,2})(?<separator>${SEPARATOR})(?<b>\\d{1,2})\\k<separator>${YEAR}${TIME}$`,
  'iu',
);
const QUARTERS = '一二三四';
const LONGEST = 40;
/** What most cells hold, told apart at once. */
const MAY_BE_DATE = /\p{Nd}{4}|\p{L}\.?[-'’ ]+\p{Nd}{2}$/u;
const NO_DATE = /^(?:-?\d+(?:\.\d+)?|-?[\d.]*,[\d.,]*)$/u;

/**
 * The date that a text names; undefined where it names none. A year alone is a number, not a date: see yearDate.
 * @param order how 3/4/2024 is read; absent = such a text is no date, and 3.4.2024 is in April
 */
export function parseDateText(text: string, order?: DayOrder): TableDate | undefined {
  const shown = text.trim();
  if (shown.length > LONGEST || NO_DATE.test(shown) || !MAY_BE_DATE.test(shown)) return undefined;
  const plain = shown
    .normalize('NFKC')
    .replaceAll(/[٠-٩]/g, (digit) => String((digit.codePointAt(0) ?? 0) - 0x660));
  for (const pattern of PATTERNS) {
    const groups = pattern.exec(plain)?.groups;
    if (groups !== undefined) return fromGroups(groups, shown);
  }
  const groups = EITHER_ORDER.exec(plain)?.groups;
  // With points between, the day comes first unless the column shows otherwise.
  const read = order ?? (groups?.['separator'] === '.' ? 'day-first' : undefined);
  if (groups === undefined || read === undefined) return undefined;
  const { a, b } = groups;
  const [day, month] = read === 'day-first' ? [a, b] : [b, a];
  if (Number(month) < 1 || Number(month) > 12) return undefined;
  return fromGroups({ ...groups, day, month }, shown);
}

type Groups = Readonly<Record<string, string | undefined>>;

function fromGroups(groups: Groups, shown: string): TableDate | undefined {
  const { quarter, day, hour } = groups;
  const year = groups['short'] === undefined ? Number(groups['year']) : fullYear(Number(groups['short']));
  if (quarter !== undefined) {
    const number = QUARTERS.indexOf(quarter) + 1 || Number(quarter);
    return tableDate({ year, month: 3 * number - 2 }, 'quarter', shown);
  }
  const month = groups['name'] === undefined ? groups['month'] : monthOfName(groups['name']);
  if (month === undefined) return groups['name'] === undefined ? tableDate({ year }, 'year', shown) : undefined;
  if (day === undefined) return tableDate({ year, month: Number(month) }, 'month', shown);
  const hours = hourOfDay(Number(hour ?? 0), groups['half']?.toUpperCase());
  if (hours === undefined) return undefined;
  const seconds = 3600 * hours + 60 * Number(groups['minute'] ?? 0) + Number(groups['second'] ?? 0);
  const precision = hour === undefined ? 'day' : 'time';
  return tableDate({ year, month: Number(month), day: Number(day), seconds }, precision, shown);
}

/** 24 is 2024 and 85 is 1985: a file looks back further than ahead. */
function fullYear(short: number): number {
  return short < 70 ? 2000 + short : 1900 + short;
}

/** 12 AM is midnight. */
function hourOfDay(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half === 'P' ? 12 : 0);
}

/** The order in which all the texts of a column are dates; undefined where both would do, or none. */
export function dayOrder(texts: Iterable<string>): DayOrder | undefined {
  let dayFirst = true;
  let monthFirst = true;
  for (const text of texts) {
    dayFirst &&= parseDateText(text, 'day-first') !== undefined;
    monthFirst &&= parseDateText(text, 'month-first') !== undefined;
  }
  if (dayFirst === monthFirst) return undefined;
  return dayFirst ? 'day-first' : 'month-first';
}

const EARLIEST_YEAR = 1800;
const LATEST_YEAR = 2200;

/** 2019 as a year; undefined for a number that is none. */
export function yearDate(value: number): TableDate | undefined {
  if (!Number.isInteger(value) || value < EARLIEST_YEAR || value > LATEST_YEAR) return undefined;
  return tableDate({ year: value }, 'year', String(value));
}

/** 20240105 and 202401, as systems export them. */
export function compactDate(value: number): TableDate | undefined {
  const found = /^((?:19|20)\d\d)(\d\d)(\d\d)?$/.exec(String(value));
  if (found === null) return undefined;
  const [, year, month, day] = found;
  const parts = { year: Number(year), month: Number(month), day: Number(day ?? 1) };
  const date = tableDate(parts, day === undefined ? 'month' : 'day', '');
  const text = [year, month, ...(day === undefined ? [] : [day])].join('-');
  return date === undefined ? undefined : { ...date, text };
}
