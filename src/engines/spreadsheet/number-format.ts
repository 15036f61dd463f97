import { SSF } from '@e965/xlsx';
import type { Cell } from './cell.ts';
import { cyclePart } from './cycle-parts.ts';
import { parseDateText } from './date-text.ts';
import { isoText, tableDate, type DatePrecision, type TableDate } from './table-date.ts';

/** What a number format says about the numbers that it shows. */
type Meaning =
  /** `divisor`: 100 where the sign of percent is but written behind the number. */
  | { readonly kind: 'number'; readonly unit: string; readonly divisor: 1 | 100 }
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
const QUOTED = /"([^"]*)"|\\(.)/gu;
const LONGEST_UNIT = 12;
/** Commas behind the last digit show thousandths, and what is written behind them means thousands: 0.0,,"M". */
const SCALED = /[0#?],+(?![0#?.,])/;
/** Money may be written in front of its number. */
const MONEY = /[$¥￥€£₩₹₽฿₫₺]|^[A-Z]{2,4}$/u;
/** 星期五, which the library does not know; and years of an era, which it writes otherwise. */
const WEEKDAY = /^a{3,4}$/i;
const ERA = /g+e/;

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
  // Of General with words behind it the library makes no text.
  const shown = (): string => shownAs(format.replace(/General/i, '0'), value, is1904);
  if (meaning.kind === 'number') return amountOf(value, meaning, shown);
  if (value < 0 || value > LAST_SERIAL) return value;
  if (meaning.kind === 'time') return shown();
  const date = serialDate(value, meaning.precision, is1904);
  if (date === undefined) return shown();
  return { kind: 'date', date: meaning.isLocal ? date : { ...date, text: shown() } };
}

type NumberMeaning = Extract<Meaning, { kind: 'number' }>;

/** Where a number is shown as 2019年, 3月 or Q1 it is a name. */
function amountOf(value: number, { unit, divisor }: NumberMeaning, shown: () => string): Cell {
  if (unit === '') return value;
  if (Number.isInteger(value) && value > 0 && unit !== '%') {
    const text = shown();
    if (parseDateText(text) !== undefined || cyclePart(text) !== undefined) return text;
  }
  return { kind: 'amount', value: divisor === 1 ? value : Number((value / divisor).toPrecision(15)), unit };
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
  const plain = bare.replaceAll(/\[[^\]]*\]/g, '');
  if (WEEKDAY.test(plain)) return { kind: 'date', precision: 'day', isLocal: true };
  if (!formats.is_date(section)) return numberMeaning(section, plain);
  const letters = plain.toLowerCase();
  const hasDate = /[ydb]/.test(letters) || /^[^hs]*m[^hs]*$/.test(letters);
  if (!hasDate || /\[[hms]+\]/i.test(bare)) return { kind: 'time' };
  const hasTime = /h|s/.test(letters);
  const precision = hasTime ? 'time' : letters.includes('d') ? 'day' : letters.includes('m') ? 'month' : 'year';
  return { kind: 'date', precision, isLocal: LOCAL.test(format) || ERA.test(letters) };
}

/** @param plain without what is quoted, escaped or in brackets */
function numberMeaning(section: string, plain: string): NumberMeaning {
  const unit = unitOf(section, plain);
  const isScaled = SCALED.test(plain) && !BARE_CURRENCY.test(unit) && unit !== '%';
  const divisor = unit === '%' && !plain.includes('%') ? 100 : 1;
  return { kind: 'number', unit: isScaled ? '' : unit, divisor };
}

function unitOf(section: string, plain: string): string {
  if (plain.includes('%')) return '%';
  for (const [, sign] of section.matchAll(CURRENCY_TAG))
    if (sign !== undefined && sign.trim() !== '') return sign.trim().replace('￥', '¥');
  const sign = BARE_CURRENCY.exec(plain)?.[0];
  if (sign !== undefined) return sign.replace('￥', '¥');
  const words = section.replaceAll(/\[[^\]]*\]/g, '');
  const digits = words.replaceAll(QUOTED, (quoted) => ' '.repeat(quoted.length)).search(/[0#?]|General/);
  const before = quotedIn(words.slice(0, digits));
  const after = quotedIn(words.slice(digits));
  if (after === '%') return '%';
  const unit = after === '' && MONEY.test(before) ? before : after;
  return unit.length <= LONGEST_UNIT && /[\p{L}$¥€£₩₹°]/u.test(unit) ? unit.replace('￥', '¥') : '';
}

function quotedIn(words: string): string {
  const quoted = Array.from(words.matchAll(QUOTED), ([, text, letter]) => text ?? letter ?? '');
  return quoted.join('').replaceAll('-', '').trim();
}

/** What a workbook counts a moment as, in days. @param at milliseconds since 1970; from March 1900 on */
export function serialOf(at: number, is1904: boolean): number {
  return at / (SECONDS_A_DAY * 1000) + SERIAL_OF_1970 - (is1904 ? DAYS_TO_1904 : 0);
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
