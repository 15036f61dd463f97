import type { SayAsKind } from '../ssml/ssml-tree.ts';
import {
  englishAddress,
  englishAmount,
  englishCharacters,
  englishDate,
  englishPunctuation,
  englishTelephone,
  englishTime,
} from './english-readings.ts';
import { ENGLISH_CARDINAL_DIGITS, englishDigits, englishNumber } from './english-numbers.ts';
import { mandarinDigits, mandarinNumber } from './mandarin-numbers.ts';
import {
  mandarinAddress,
  mandarinAmount,
  mandarinCharacters,
  mandarinDate,
  mandarinName,
  mandarinPunctuation,
  mandarinTelephone,
  mandarinTime,
} from './mandarin-readings.ts';
import { readAmount } from './read-amount.ts';
import { readDate, readTime } from './read-date.ts';

export type SayAsReading =
  | { readonly kind: 'spoken'; readonly text: string }
  /** The text is not of the kind it is said to be, or the language has no rules here. */
  | { readonly kind: 'unreadable'; readonly message: string };

type Readings = Readonly<Record<SayAsKind, (text: string) => string | undefined>>;

const NUMBER = /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$/;
const HAS_DIGIT = /\d/;

const ENGLISH: Readings = {
  cardinal: (text) => when(isNumber(text, ENGLISH_CARDINAL_DIGITS), () => englishNumber(text)),
  digits: (text) => when(HAS_DIGIT.test(text), () => englishDigits(text)),
  telephone: (text) => when(HAS_DIGIT.test(text), () => englishTelephone(text)),
  name: (text) => text,
  address: englishAddress,
  id: englishCharacters,
  characters: englishCharacters,
  punctuation: englishPunctuation,
  date: (text) => known(readDate(text), englishDate),
  time: (text) => known(readTime(text), englishTime),
  currency: (text) => known(readAmount(text), englishAmount),
};

const MANDARIN: Readings = {
  cardinal: (text) => when(isNumber(text, 20), () => mandarinNumber(text)),
  digits: (text) => when(HAS_DIGIT.test(text), () => mandarinDigits(text)),
  telephone: (text) => when(HAS_DIGIT.test(text), () => mandarinTelephone(text)),
  name: mandarinName,
  address: mandarinAddress,
  id: mandarinCharacters,
  characters: mandarinCharacters,
  punctuation: mandarinPunctuation,
  date: (text) => known(readDate(text), mandarinDate),
  time: (text) => known(readTime(text), mandarinTime),
  currency: (text) => known(readAmount(text), mandarinAmount),
};

/** In other languages the engine itself names digits and letters, if they stand apart. */
const ELSEWHERE: Partial<Readings> = {
  cardinal: (text) => when(NUMBER.test(text), () => text.replaceAll(',', '')),
  digits: (text) => when(HAS_DIGIT.test(text), () => apart(text.replaceAll(/\D/g, ''))),
  telephone: (text) => when(HAS_DIGIT.test(text), () => apart(text.replaceAll(/\D/g, ''))),
  id: apart,
  characters: apart,
  name: (text) => text,
  address: (text) => text,
};

const EXAMPLES: Partial<Record<SayAsKind, string>> = {
  cardinal: 'digits with an optional sign and decimal point, at most 13 digits in English and 20 in Chinese',
  digits: 'digits',
  telephone: 'digits with + - and spaces',
  date: 'such as 2024-05-01, 2024/5/1, 05/01/2024 or 2024年5月1日',
  time: 'such as 9:05, 21:05:30 or 9:05 PM',
  currency: 'such as $5.20, 20 USD or ¥13.50',
};

/** What is read out for `<say-as>` in a language (its primary tag). */
export function readSayAs(as: SayAsKind, written: string, language: string): SayAsReading {
  const text = written.trim();
  const readings = language === 'en' ? ENGLISH : language === 'zh' ? MANDARIN : ELSEWHERE;
  const read = readings[as];
  if (read === undefined) {
    const message = `say-as ${as} is read in English and Mandarin, not in '${language}'.`;
    return { kind: 'unreadable', message };
  }
  const spoken = read(text);
  if (spoken !== undefined) return { kind: 'spoken', text: spoken };
  const shown = Array.from(text).slice(0, 40).join('');
  return { kind: 'unreadable', message: `'${shown}' is no ${as}: write ${EXAMPLES[as] ?? 'it in full'}.` };
}

function isNumber(text: string, digits: number): boolean {
  return NUMBER.test(text) && text.replace(/\..*$/, '').replaceAll(/\D/g, '').length <= digits;
}

function when(condition: boolean, read: () => string): string | undefined {
  return condition ? read() : undefined;
}

function known<Value>(value: Value | undefined, read: (value: Value) => string): string | undefined {
  return value === undefined ? undefined : read(value);
}

function apart(text: string): string {
  return Array.from(text)
    .filter((character) => character.trim() !== '')
    .join(' ');
}
