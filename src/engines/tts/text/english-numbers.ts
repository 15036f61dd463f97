const ONES = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
  'seventeen eighteen nineteen'
).split(' ');
const TENS = ['', '', ...'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')];
const GROUPS = ['', ' thousand', ' million', ' billion', ' trillion'];
const ORDINALS: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** The most digits that are read as one number; longer ones are read digit by digit. */
export const ENGLISH_CARDINAL_DIGITS = 13;

/**
 * `-1,234.5` as `minus one thousand two hundred thirty four point five`.
 * @param written digits with an optional sign, decimal point and commas between groups
 */
export function englishNumber(written: string): string {
  const [, sign = '', whole = '', fraction] = /^([+-]?)([\d,]*)(?:\.(\d+))?$/.exec(written) ?? [];
  const before = whole.replaceAll(',', '').replace(/^0+(?=\d)/, '') || '0';
  const head = before.length > ENGLISH_CARDINAL_DIGITS ? englishDigits(before) : englishWhole(before);
  const tail = fraction === undefined ? '' : ` point ${englishDigits(fraction)}`;
  return (sign === '-' ? 'minus ' : '') + head + tail;
}

/** `304` as `three zero four`; what is no digit is left out. */
export function englishDigits(digits: string): string {
  return Array.from(digits.replaceAll(/\D/g, ''), (digit) => ONES[Number(digit)]).join(' ');
}

/** `21` as `twenty first`. */
export function englishOrdinal(value: number): string {
  const words = englishWhole(String(value)).split(' ');
  const last = words.pop() ?? '';
  const regular = last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`;
  return [...words, ORDINALS[last] ?? regular].join(' ');
}

/** `1999` as `nineteen ninety nine`, `2005` as `two thousand five`, `1905` as `nineteen oh five`. */
export function englishYear(year: number): string {
  const century = Math.floor(year / 100);
  const rest = year % 100;
  if (year < 1000 || year > 9999 || (century % 10 === 0 && rest < 10)) return englishWhole(String(year));
  return `${below1000(century)} ${rest === 0 ? 'hundred' : twoDigits(rest)}`;
}

/** `05` as `oh five`, as in years, times and house numbers. */
export function twoDigits(value: number): string {
  return value < 10 ? `oh ${ONES[value]}` : below1000(value);
}

function englishWhole(digits: string): string {
  const groups = digits.replaceAll(/\B(?=(\d{3})+$)/g, ',').split(',');
  const words = groups.flatMap((group, index) => {
    const value = Number(group);
    return value === 0 ? [] : [below1000(value) + (GROUPS[groups.length - 1 - index] ?? '')];
  });
  return words.join(' ') || 'zero';
}

function below1000(value: number): string {
  if (value >= 100) {
    const rest = value % 100;
    return `${ONES[Math.floor(value / 100)]} hundred${rest === 0 ? '' : ` ${below1000(rest)}`}`;
  }
  if (value < 20) return ONES[value] ?? '';
  const one = value % 10;
  return (TENS[Math.floor(value / 10)] ?? '') + (one === 0 ? '' : ` ${ONES[one]}`);
}
