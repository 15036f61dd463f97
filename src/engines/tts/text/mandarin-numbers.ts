const DIGITS = '零一二三四五六七八九';
const PLACES = ['', '十', '百', '千'];
const GROUPS = ['', '万', '亿', '万亿', '亿亿'];

/** The most digits that are read as one number; longer ones are read digit by digit. */
const CARDINAL_DIGITS = 20;

/**
 * `-1234.5` as 负一千二百三十四点五.
 * @param written digits with an optional sign, decimal point and commas between groups
 */
export function mandarinNumber(written: string): string {
  const [, sign = '', whole = '', fraction] = /^([+-]?)([\d,]*)(?:\.(\d+))?$/.exec(written) ?? [];
  const before = whole.replaceAll(',', '').replace(/^0+(?=\d)/, '') || '0';
  const head = before.length > CARDINAL_DIGITS ? mandarinDigits(before) : mandarinWhole(before);
  return (sign === '-' ? '负' : '') + head + (fraction === undefined ? '' : `点${mandarinDigits(fraction)}`);
}

/** `304` as 三零四; what is no digit is left out. */
export function mandarinDigits(digits: string): string {
  return Array.from(digits.replaceAll(/\D/g, ''), (digit) => DIGITS[Number(digit)]).join('');
}

/** Digits as they are read in telephone and room numbers, where 1 is 幺: it cannot be misheard as 七. */
export function mandarinLineDigits(digits: string): string {
  return mandarinDigits(digits).replaceAll('一', '幺');
}

function mandarinWhole(digits: string): string {
  const groups = digits.replaceAll(/\B(?=(\d{4})+$)/g, ',').split(',');
  let text = '';
  let gap = false;
  for (const [index, group] of groups.entries()) {
    const value = Number(group);
    // A place that is skipped inside of the number is read once, however many zeros it has: 一万零五.
    gap ||= text !== '' && value < 1000;
    if (value === 0) continue;
    text += (gap ? '零' : '') + fourDigits(value) + (GROUPS[groups.length - 1 - index] ?? '');
    gap = false;
  }
  // 十二 and not 一十二, but 一百一十二.
  return text === '' ? '零' : text.replace(/^一十/, '十');
}

function fourDigits(value: number): string {
  const digits = Array.from(String(value), Number);
  let text = '';
  let gap = false;
  for (const [index, digit] of digits.entries()) {
    if (digit === 0) {
      gap = true;
    } else {
      text += (gap ? '零' : '') + (DIGITS[digit] ?? '') + (PLACES[digits.length - 1 - index] ?? '');
      gap = false;
    }
  }
  return text;
}
