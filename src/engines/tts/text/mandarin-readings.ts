import { mandarinDigits, mandarinLineDigits, mandarinNumber } from './mandarin-numbers.ts';
import { punctuationName } from './punctuation-names.ts';
import type { Amount, Currency } from './read-amount.ts';
import type { WrittenDate, WrittenTime } from './read-date.ts';

const MONEY: Readonly<Record<Currency, string>> = {
  CNY: '元',
  USD: '美元',
  EUR: '欧元',
  GBP: '英镑',
  JPY: '日元',
  HKD: '港元',
  KRW: '韩元',
  AUD: '澳元',
  CAD: '加元',
  CHF: '瑞士法郎',
  INR: '卢比',
  SGD: '新加坡元',
};

/**
 * Surnames that are read unlike the same character elsewhere, with a character of the wanted sound: that works with
 * every engine, whether or not it takes pinyin.
 */
const SURNAMES: Readonly<Record<string, string>> = {
  万俟: '墨其',
  尉迟: '玉迟',
  单于: '蝉于',
  单: '善',
  曾: '增',
  仇: '求',
  解: '谢',
  任: '人',
  朴: '瓢',
  查: '渣',
  区: '欧',
  翟: '宅',
  缪: '妙',
  覃: '秦',
  员: '运',
  繁: '婆',
  华: '画',
  盖: '葛',
  黑: '贺',
};

/** 5.20 元 as 五元二角, 0.05 as 五分; other currencies as a number with its name. */
export function mandarinAmount({ currency, negative, whole, cents }: Amount): string {
  const sign = negative ? '负' : '';
  if (currency !== 'CNY') {
    const number = Number(cents) === 0 ? whole : `${whole}.${cents.replace(/0$/, '')}`;
    return sign + mandarinNumber(number) + MONEY[currency];
  }
  const [jiao = 0, fen = 0] = Array.from(cents, Number);
  const yuan = Number(whole) === 0 && Number(cents) !== 0 ? '' : `${mandarinNumber(whole)}元`;
  const skipped = yuan !== '' && jiao === 0 && fen !== 0 ? '零' : '';
  const tail = (jiao === 0 ? '' : `${mandarinDigits(String(jiao))}角`) + skipped;
  return sign + yuan + tail + (fen === 0 ? '' : `${mandarinDigits(String(fen))}分`);
}

/** 2024-05-01 as 二零二四年五月一日. */
export function mandarinDate({ year, month, day }: WrittenDate): string {
  return (
    (year === undefined ? '' : `${mandarinDigits(String(year))}年`) +
    (month === undefined ? '' : `${mandarinNumber(String(month))}月`) +
    (day === undefined ? '' : `${mandarinNumber(String(day))}日`)
  );
}

/** 9:05 as 九点零五分, 9:00 as 九点整. */
export function mandarinTime({ hour, minute, second, half }: WrittenTime): string {
  const prefix = half === undefined ? '' : half === 'am' ? '上午' : '下午';
  const minutes = minute === 0 && second === undefined ? '整' : `${leadingZero(minute)}分`;
  const seconds = second === undefined ? '' : `${leadingZero(second)}秒`;
  return `${prefix}${hour === 2 ? '两' : mandarinNumber(String(hour))}点${minutes}${seconds}`;
}

/** Digits with 幺 for 1, in the groups as written; a mobile number as 3, 4 and 4. */
export function mandarinTelephone(written: string): string {
  const groups = (written.match(/\d+/g) ?? []).flatMap((group) =>
    /^1\d{10}$/.test(group) ? [group.slice(0, 3), group.slice(3, 7), group.slice(7)] : [group],
  );
  return (written.trim().startsWith('+') ? '加' : '') + groups.map(mandarinLineDigits).join('，');
}

/** Each character by its name; letters as capitals, which engines read as letters. */
export function mandarinCharacters(written: string): string {
  return Array.from(written)
    .filter((character) => character.trim() !== '')
    .map((character) =>
      /\d/.test(character)
        ? mandarinDigits(character)
        : (punctuationName(character, 'zh') ?? character.toUpperCase()),
    )
    .join(' ');
}

/** Marks by their names, words as they are. */
export function mandarinPunctuation(written: string): string {
  return Array.from(written, (character) => punctuationName(character, 'zh') ?? character).join('');
}

/** Short numbers as numbers (3单元), room numbers digit by digit (三零四). */
export function mandarinAddress(written: string): string {
  return written.replaceAll(/\d+/g, (digits) =>
    digits.length < 3 ? mandarinNumber(digits) : mandarinLineDigits(digits),
  );
}

/** 单雄信 with the surname as 善. */
export function mandarinName(written: string): string {
  const surname = Object.keys(SURNAMES).find((name) => written.startsWith(name));
  return surname === undefined ? written : (SURNAMES[surname] ?? '') + written.slice(surname.length);
}

function leadingZero(value: number): string {
  return (value > 0 && value < 10 ? '零' : '') + mandarinNumber(String(value));
}
