import { SSF } from '@e965/xlsx';
import type { Cell } from './cell.ts';
import { isoText, tableDate, type DatePrecision, type TableDate } from './table-date.ts';

/** What a number format says about the numbers that it shows. */
type Meaning =
  | { readonly kind: 'number'; readonly unit: string }
  | { readonly kind: 'date'; readonly precision: DatePrecision; readonly isLocal: boolean }
  | { readonly kind: 'time' };

type Formats = {
  is_date(format: string): boolean;
  format(format: string, value: number, options: { date1904: boolean }): string;
};
const formats = SSF as unknown as Formats;

/** The serial number of the last day of 9999. */
const LAST_SERIAL = 2_958_465;
const SECONDS_A_DAY = 86_400;
/** Days from the first day of the one calendar of workbooks to that of the other. */
const DAYS_TO_1904 = 1462;
/** Serial 25569 is 1970-01-01. */
const SERIAL_OF_1970 = 25_569;

/** The built-in formats that look as the reader's country has it, and which we therefore write as ISO. */
const LOCAL =
  /^(?:m\/d\/yy(?:yy)?(?: h:mm)?|d?d[-/.]m?m[-/.]yy(?:yy)?|m?m[-/]d?d[-/]yy(?:yy)?|\[\$-F[48]00\].*)(?:;@)?$/i;
const CURRENCY_TAG = /\[\$([^\]-]*)(?:-[0-9A-Fa-f]*)?\]/g;
const BARE_CURRENCY = /[$¥￥€£₩₹₽฿₫₺]/u;
const LONGEST_UNIT = 12;

const meanings = new Map<string, Meaning>();
/** Formats come from the file: a million different ones are not kept. */
const MOST_KEPT = 1000;

/**
 * A number as its format means it: a date, a percentage, an amount of a currency or of a unit, or a plain number.
 * @param format as Excel writes it; undefined = General
 */
export function meaningOfNumber(value: number, format: string | undefined, is1904: boolean): Cell {
  if (format === undefined || format === 'General' || format === '@') return value;
  const meaning = meanings.get(format) ?? learn(format);
  if (meaning.kind === 'number') return meaning.unit === '' ? value : { kind: 'amount', value, unit: meaning.unit };
  if (value < 0 || value > LAST_SERIAL) return value;
  const shown = (): string => shownAs(format, value, is1904);
  if (meaning.kind === 'time') return shown();
  const date = serialDate(value, meaning.precision, is1904);
  if (date === undefined) return shown();
  return { kind: 'date', date: meaning.isLocal ? date : { ...date, text: shown() } };
}

function shownAs(format: string, value: number, date1904: boolean): string {
  try {
    return formats.format(format, value, { date1904 }).trim();
  } catch {
    // A format that the library cannot make out: the number itself is better than nothing.
    return String(value);
  }
}

function learn(format: string): Meaning {
  if (meanings.size >= MOST_KEPT) meanings.clear();
  const meaning = readFormat(format);
  meanings.set(format, meaning);
  return meaning;
}

function readFormat(format: string): Meaning {
  const [section = ''] = format.split(';');
  const bare = section.replaceAll(/"[^"]*"|\\.|_./g, '');
  if (!formats.is_date(section)) return { kind: 'number', unit: unitOf(section, bare) };
  const letters = bare.replaceAll(/\[[^\]]*\]/g, '').toLowerCase();
  const hasDate = /[ydb]/.test(letters) || /^[^hs]*m[^hs]*$/.test(letters);
  if (!hasDate || /\[[hms]+\]/i.test(bare)) return { kind: 'time' };
  const hasTime = /h|s/.test(letters);
  const precision = hasTime ? 'time' : letters.includes('d') ? 'day' : letters.includes('m') ? 'month' : 'year';
  return { kind: 'date', precision, isLocal: LOCAL.test(format) };
}

function unitOf(section: string, bare: string): string {
  if (bare.includes('%')) return '%';
  for (const [, sign] of section.matchAll(CURRENCY_TAG))
    if (sign !== undefined && sign.trim() !== '') return sign.trim().replace('￥', '¥');
  const quoted = [...section.matchAll(/"([^"]*)"|\\([^\s-])/g)].map(([, text, letter]) => text ?? letter ?? '');
  const unit = BARE_CURRENCY.exec(bare)?.[0] ?? quoted.join('').trim();
  if (unit === '￥') return '¥';
  return unit.length <= LONGEST_UNIT && /[\p{L}$¥€£₩₹°]/u.test(unit) ? unit : '';
}

/** Day 60 of the calendar of 1900 is 29 February 1900, which never was: the days before it are one off. */
function serialDate(value: number, precision: DatePrecision, is1904: boolean): TableDate | undefined {
  const days = is1904 ? value + DAYS_TO_1904 : value < 60 ? value + 1 : value;
  const at = Math.round((days - SERIAL_OF_1970) * SECONDS_A_DAY) * 1000;
  const moment = new Date(at);
  const year = moment.getUTCFullYear();
  const exact = precision === 'time' && at % (SECONDS_A_DAY * 1000) === 0 ? 'day' : precision;
  const month = exact === 'year' ? 1 : moment.getUTCMonth() + 1;
  const day = exact === 'year' || exact === 'month' ? 1 : moment.getUTCDate();
  const seconds = exact === 'time' ? (at - Date.UTC(year, month - 1, day)) / 1000 : 0;
  const date = tableDate({ year, month, day, seconds }, exact, '');
  return date === undefined ? undefined : { ...date, text: isoText(date.at, exact) };
}
