import { englishDigits, englishNumber, englishOrdinal, englishYear, twoDigits } from './english-numbers.ts';
import { punctuationName } from './punctuation-names.ts';
import type { Amount, Currency } from './read-amount.ts';
import type { WrittenDate, WrittenTime } from './read-date.ts';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

const MONEY: Readonly<Record<Currency, readonly [one: string, many: string, cent: string, cents: string]>> = {
  CNY: ['yuan', 'yuan', 'fen', 'fen'],
  USD: ['dollar', 'dollars', 'cent', 'cents'],
  EUR: ['euro', 'euros', 'cent', 'cents'],
  GBP: ['pound', 'pounds', 'penny', 'pence'],
  JPY: ['yen', 'yen', 'sen', 'sen'],
  HKD: ['Hong Kong dollar', 'Hong Kong dollars', 'cent', 'cents'],
  KRW: ['won', 'won', 'jeon', 'jeon'],
  AUD: ['Australian dollar', 'Australian dollars', 'cent', 'cents'],
  CAD: ['Canadian dollar', 'Canadian dollars', 'cent', 'cents'],
  CHF: ['Swiss franc', 'Swiss francs', 'centime', 'centimes'],
  INR: ['rupee', 'rupees', 'paisa', 'paise'],
  SGD: ['Singapore dollar', 'Singapore dollars', 'cent', 'cents'],
};

const STREETS: Readonly<Record<string, string>> = {
  St: 'Street',
  Rd: 'Road',
  Ave: 'Avenue',
  Blvd: 'Boulevard',
  Dr: 'Drive',
  Ln: 'Lane',
  Ct: 'Court',
  Pl: 'Place',
  Sq: 'Square',
  Hwy: 'Highway',
  Apt: 'Apartment',
  Rm: 'Room',
  Fl: 'Floor',
};

/** `$5.20` as `five dollars and twenty cents`. */
export function englishAmount({ currency, negative, whole, cents }: Amount): string {
  const [one, many, cent, severalCents] = MONEY[currency];
  const parts: string[] = [];
  if (Number(whole) !== 0 || Number(cents) === 0) {
    parts.push(`${englishNumber(whole)} ${Number(whole) === 1 ? one : many}`);
  }
  if (Number(cents) !== 0) {
    parts.push(`${englishNumber(cents)} ${Number(cents) === 1 ? cent : severalCents}`);
  }
  return (negative ? 'minus ' : '') + parts.join(' and ');
}

/** `2024-05-01` as `May first, twenty twenty four`. */
export function englishDate({ year, month, day }: WrittenDate): string {
  const name = month === undefined ? '' : (MONTHS[month - 1] ?? '');
  const ordinal = day === undefined ? '' : ` ${englishOrdinal(day)}`;
  const spokenYear = year === undefined ? '' : englishYear(year);
  const comma = day !== undefined && year !== undefined ? ',' : '';
  return `${name}${ordinal}${comma} ${spokenYear}`.trim();
}

/** `9:05 PM` as `nine oh five P M`. */
export function englishTime({ hour, minute, second, half }: WrittenTime): string {
  const words = [englishNumber(String(hour))];
  if (minute !== 0) words.push(twoDigits(minute));
  else if (half === undefined) words.push(hour > 0 && hour < 13 ? "o'clock" : 'hundred');
  if (second !== undefined) words.push(`and ${englishNumber(String(second))} seconds`);
  if (half !== undefined) words.push(half === 'am' ? 'A M' : 'P M');
  return words.join(' ');
}

/** `+1 555-1234` as `plus one, five five five, one two three four`. */
export function englishTelephone(written: string): string {
  const groups = written.match(/\d+/g) ?? [];
  const spoken = groups.map(englishDigits).join(', ');
  return (written.trim().startsWith('+') ? 'plus ' : '') + spoken;
}

/** Each character by its name; letters as capitals, which engines read as letters. */
export function englishCharacters(written: string): string {
  return Array.from(written)
    .filter((character) => character.trim() !== '')
    .map((character) =>
      /\d/.test(character)
        ? englishDigits(character)
        : (punctuationName(character, 'en') ?? character.toUpperCase()),
    )
    .join(', ');
}

/** Marks by their names, words as they are. */
export function englishPunctuation(written: string): string {
  return Array.from(written, (character) => spaced(punctuationName(character, 'en'), character)).join('');
}

/** `1310 Villa St, Apt 304` as `thirteen ten Villa Street, Apartment three oh four`. */
export function englishAddress(written: string): string {
  return written
    .replaceAll(
      /\b(St|Rd|Ave|Blvd|Dr|Ln|Ct|Pl|Sq|Hwy|Apt|Rm|Fl)\b\.?/g,
      (_, short: string) => STREETS[short] ?? short,
    )
    .replaceAll(/\d+/g, houseNumber);
}

function houseNumber(digits: string): string {
  if (digits.startsWith('0') || digits.length > 4) return englishDigits(digits);
  const last = Number(digits.slice(-2));
  const first = Number(digits.slice(0, -2));
  if (digits.length < 3 || digits.endsWith('00')) return englishNumber(digits);
  return `${englishNumber(String(first))} ${twoDigits(last)}`;
}

function spaced(name: string | undefined, character: string): string {
  return name === undefined ? character : ` ${name} `;
}
