/**
 * Numbers as people type them into cells: `1,234.5`, `1.234,5`, `12 %`, `(3)`, `¥1.5万`, `٣٫٥`.
 */
export type NumberText = {
  readonly value: number;
  /** `%`, a currency sign, or a word behind the number such as `人`; empty where there is none. */
  readonly unit: string;
};

/** What parts the fraction: 1,234.5 or 1.234,5. One and the same in all of a column. */
export type DecimalMark = 'point' | 'comma';

const SCALES: Readonly<Record<string, number>> = {
  千: 1e3,
  万: 1e4,
  萬: 1e4,
  만: 1e4,
  百万: 1e6,
  百萬: 1e6,
  千万: 1e7,
  千萬: 1e7,
  亿: 1e8,
  億: 1e8,
  억: 1e8,
  万亿: 1e12,
  萬億: 1e12,
  兆: 1e12,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  mn: 1e6,
  B: 1e9,
  bn: 1e9,
};
const SCALE = new RegExp(
  `^(?:${Object.keys(SCALES)
    .toSorted((a, b) => b.length - a.length)
    .join('|')})`,
  'u',
);
/** A word of its own behind K, M or B is a unit: kg, Mbit. */
const LATIN_WORD = /^[A-Za-z]{2,}/;
const LATIN_SCALE = /^(?:mn|bn)(?![A-Za-z])/;

const CURRENCY = /^(?:US\$|HK\$|NT\$|CN¥|RMB|CNY|USD|EUR|GBP|JPY|HKD|[¥￥$€£₩₹₽฿₫₺﷼])/u;
const DIGITS = /^[0-9][0-9.,' ]*|^[.,][0-9]+/;
const EXPONENT = /^[eE][+-]?\d{1,3}(?![\p{L}\d])/u;
/** Units are short words: letters of any script, with what stands between them. */
const UNIT = /^[\p{L}\p{M}°℃℉²³/·$€£¥￥%‰]{1,12}$/u;
const LONGEST = 64;
/** 0.125 has no thousands: nobody begins a group with 0. */
const GROUPED = /^-?[1-9]\d{0,2}\.\d{3}$/;
const PLAIN = /^-?\d{1,15}(?:\.\d{1,15})?$/;
/** Nothing that is to be made plain first. */
const PLAIN_TEXT = /^[!-_a-~]*$/;
const DIGIT = /\p{N}/u;
const BARE = /^-?[\d.,]{1,40}$/;
/** Behind a number these make it a name: 3月 is a month, 2nd a place; nobody counts in them. */
const ORDINAL = /^(?:月份?|월|日|일|[号號].{0,2}|季度?|st|nd|rd|th)$/u;

const POINT = /^(?:\d+|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d{2})*,\d{3}|[1-9]\d{0,2}(?:[ ']\d{3})+)?(?:\.\d*)?$/;
const COMMA = /^(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:[ ']\d{3})+)?(?:,\d*)?$/;

/** Undefined where the text is no number. */
export function parseNumberText(text: string, mark: DecimalMark = 'point'): NumberText | undefined {
  // What most cells hold, ten times as fast.
  if (PLAIN.test(text) && (mark === 'point' || !text.includes('.'))) return { value: Number(text) || 0, unit: '' };
  if (BARE.test(text)) return bareNumber(text, mark);
  if (!DIGIT.test(text)) return undefined;
  let rest = plain(text);
  if (rest === '' || rest.length > LONGEST) return undefined;
  let currency: string;
  [currency, rest] = take(rest, CURRENCY);
  const inParentheses = /^\(.*\)$/.test(rest);
  if (inParentheses) rest = rest.slice(1, -1).trim();
  let sign = inParentheses ? -1 : 1;
  for (let part = 0; part < 2; part += 1) {
    if (currency === '') [currency, rest] = take(rest, CURRENCY);
    if (/^[+-]/.test(rest)) {
      if (inParentheses || (part > 0 && sign < 0)) return undefined;
      if (rest.startsWith('-')) sign = -1;
      rest = rest.slice(1).trimStart();
    }
  }
  let digits: string;
  [digits, rest] = take(rest, DIGITS);
  const size = magnitude(digits.trim(), mark);
  if (size === undefined) return undefined;
  let exponent: string;
  [exponent, rest] = take(rest, EXPONENT);
  if (rest === '-' && sign > 0) [sign, rest] = [-1, ''];
  const ending = scaleAndUnit(rest);
  if (ending === undefined || ORDINAL.test(ending.unit)) return undefined;
  const percent = ending.unit === '%' ? 0.01 : ending.unit === '‰' ? 0.001 : 1;
  const value = scaled(sign * Number(`${size}${exponent}`), ending.scale * percent);
  if (!Number.isFinite(value)) return undefined;
  const unit = percent === 1 ? currency || ending.unit : '%';
  return { value: value === 0 ? 0 : value, unit: unit === '￥' ? '¥' : unit };
}

function bareNumber(text: string, mark: DecimalMark): NumberText | undefined {
  const isNegative = text.startsWith('-');
  const size = magnitude(isNegative ? text.slice(1) : text, mark);
  return size === undefined ? undefined : { value: (isNegative ? -1 : 1) * Number(size) || 0, unit: '' };
}

/** Western digits, plain spaces and signs instead of those of other scripts. */
function plain(text: string): string {
  return PLAIN_TEXT.test(text) ? text : plainOf(text);
}

function plainOf(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[٠-٩]/g, (digit) => String((digit.codePointAt(0) ?? 0) - 0x660))
    .replaceAll(/[۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) - 0x6f0))
    .replaceAll('٫', '.')
    .replaceAll('٬', ',')
    .replaceAll('٪', '%')
    .replaceAll(/[’`´]/g, "'")
    .replaceAll(/[−‒–﹣]/g, '-')
    .replaceAll(/[\u200e\u200f\u061c]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function take(text: string, pattern: RegExp): [string, string] {
  const found = pattern.exec(text)?.[0] ?? '';
  return [found, text.slice(found.length).trimStart()];
}

/** The digits as JavaScript writes a number; undefined where separators stand where none may. */
function magnitude(digits: string, mark: DecimalMark): string | undefined {
  if (!/\d/.test(digits) || !(mark === 'point' ? POINT : COMMA).test(digits)) return undefined;
  const grouped = digits.replaceAll(mark === 'point' ? /[,' ]/g : /[.' ]/g, '');
  return grouped.replace(',', '.');
}

function scaleAndUnit(text: string): { scale: number; unit: string } | undefined {
  if (text === '') return { scale: 1, unit: '' };
  const isUnit = LATIN_WORD.test(text) && !LATIN_SCALE.test(text);
  const [word, unit] = isUnit ? ['', text] : take(text, SCALE);
  if (unit !== '' && !UNIT.test(unit)) return undefined;
  return { scale: word === '' ? 1 : (SCALES[word] ?? 1), unit };
}

/** 1.1 times 10,000 is 11,000 and not 11,000.000000000002: a power of ten moves the point and nothing else. */
function scaled(value: number, scale: number): number {
  return scale === 1 ? value : Number((value * scale).toPrecision(15));
}

/**
 * The mark that all the texts of a column agree on; 'either' where they are numbers with the one as with the other,
 * undefined where they are with neither.
 */
export function decimalMark(texts: Iterable<string>): DecimalMark | 'either' | undefined {
  let point = true;
  let comma = true;
  for (const text of texts) {
    // What most cells hold: whole numbers say nothing, and of fractions only 1.234 may be a whole one.
    if (PLAIN.test(text)) {
      comma &&= !text.includes('.') || GROUPED.test(text);
      continue;
    }
    const asPoint = parseNumberText(text, 'point') !== undefined;
    const asComma = parseNumberText(text, 'comma') !== undefined;
    if (asPoint === asComma) continue;
    point &&= asPoint;
    comma &&= asComma;
  }
  if (point) return comma ? 'either' : 'point';
  return comma ? 'comma' : undefined;
}

/** The mark of columns that leave theirs open: that of the other columns of the table, else a point. */
export function commonMark(marks: Iterable<DecimalMark | 'either' | undefined>): DecimalMark {
  const told = new Set(marks);
  return told.has('comma') && !told.has('point') ? 'comma' : 'point';
}
