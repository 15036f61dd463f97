import { WORD_EDGE } from './clean-text.ts';
import { mandarinDigits, mandarinLineDigits, mandarinNumber } from './mandarin-numbers.ts';
import { mandarinAmount, mandarinDate, mandarinTelephone, mandarinTime } from './mandarin-readings.ts';
import { readAmount } from './read-amount.ts';
import { readDate, readTime } from './read-date.ts';

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/(\d)\s?(?:℃|°\s?C)/g, '$1摄氏度'],
  [/(\d)\s?(?:℉|°\s?F)/g, '$1华氏度'],
  [/(\d)\s?°/g, '$1度'],
  [/(\d)\s?(?:㎡|m²|平米)/g, '$1平方米'],
  [/(\d)\s?km\/h(?![a-z])/gi, '$1公里每小时'],
  [/(\d)\s?(?:km|㎞)(?![a-z])/gi, '$1公里'],
  [/(\d)\s?(?:kg|㎏)(?![a-z])/gi, '$1公斤'],
  [/(\d)\s?cm(?![a-z])/gi, '$1厘米'],
  [/(\d)\s?mm(?![a-z])/gi, '$1毫米'],
  [/(\d)\s?m(?![a-z])/g, '$1米'],
  [/(\d)\s?g(?![a-z])/g, '$1克'],
];

/** Counted things, before which 2 is 两 and not 二. */
const COUNTED = '个位只条张本件次天年周岁杯瓶块家间层辆台座倍种句页封名人分钟小时';

/**
 * Chinese text with its numbers in characters. espeak-ng reads 3.14 without its point, ￥20 without its sign and years
 * as amounts, so nothing with a digit is left to it.
 */
export function readableMandarin(text: string): string {
  const plain = text.replaceAll(/[０-９．％]/g, (wide) => wide.normalize('NFKC'));
  return namedLetters(numbers(units(phones(moments(plain)))))
    .replaceAll(WORD_EDGE, ' ')
    .replaceAll('&', '和');
}

function moments(text: string): string {
  return text
    .replaceAll(/(?<!\d)(\d{4})\s?[-~–—至到]\s?(?=\d{4}年)/g, (_, year: string) => `${mandarinDigits(year)}到`)
    .replaceAll(/(?<!\d)\d{4}年(?:\d{1,2}月(?:\d{1,2}[日号])?)?/g, asDate)
    .replaceAll(/(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)/g, asDate)
    .replaceAll(/(?<![\d:：])\d{1,2}[:：][0-5]\d(?:[:：][0-5]\d)?(?![\d:：])/g, (written) => {
      const time = readTime(written);
      return time === undefined ? written : mandarinTime(time);
    });
}

function asDate(written: string): string {
  const date = readDate(written);
  return date === undefined ? written : mandarinDate(date);
}

function phones(text: string): string {
  return text
    .replaceAll(/(?<!\d)(?:\+86[- ]?)?1[3-9]\d{9}(?!\d)/g, mandarinTelephone)
    .replaceAll(/(?<!\d)(?:0\d{2,3}|400|800)-\d{3,8}(?:-\d{3,4})?(?!\d)/g, mandarinTelephone);
}

function units(text: string): string {
  const money = text.replaceAll(/(?:HK|US)?[$＄€£¥￥]\s?\d[\d,]*(?:\.\d{1,2})?(?!\d)/g, (written) => {
    const amount = readAmount(written);
    return amount === undefined ? written : mandarinAmount(amount);
  });
  return UNITS.reduce((changed, [pattern, name]) => changed.replaceAll(pattern, name), money);
}

function numbers(text: string): string {
  return text
    .replaceAll(/(?<=\d)\s?[-~–～—]\s?(?=\d)/g, '到')
    .replaceAll(/((?<!\d)[-−])?(\d+(?:\.\d+)?)\s?([%‰])/g, (_, minus: string | undefined, ...found) => {
      const [number, sign] = found as [string, string];
      return (minus ? '负' : '') + (sign === '%' ? '百分之' : '千分之') + mandarinNumber(number);
    })
    .replaceAll(
      /(?<![\d.])(\d{1,4})\/(\d{1,4})(?![\d.])/g,
      (_, part: string, whole: string) => `${mandarinNumber(whole)}分之${mandarinNumber(part)}`,
    )
    .replaceAll(/(?<=\d)\s?[:：]\s?(?=\d)/g, '比')
    .replaceAll(/\s?\+\s?(?=\d)/g, '加')
    .replaceAll(/\s?=\s?/g, '等于')
    .replaceAll(/(?<=\d)\s?[×xX*]\s?(?=\d)/g, '乘')
    .replaceAll(/(?<=\d)\s?÷\s?(?=\d)/g, '除以')
    .replaceAll(new RegExp(`(?<![\\d.,点第])2(?=[${COUNTED}])`, 'g'), '两')
    .replaceAll(/(?<![\d\p{L}])[-−](?=\d)|(?<=\p{L})[-−](?=[\d.]+(?:摄氏|华氏)?度)/gu, '负')
    .replaceAll(/\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*/g, asNumber);
}

/** Versions (1.2.3), long numbers and those with a leading zero are read digit by digit. */
function asNumber(written: string): string {
  const parts = written.split('.');
  if (parts.length > 2) return parts.map(mandarinDigits).join('点');
  const whole = (parts[0] ?? '').replaceAll(',', '');
  if (whole.length > 12 || /^0\d/.test(whole)) return parts.map(mandarinLineDigits).join('点');
  return mandarinNumber(written);
}

/** NBA as N B A: together espeak-ng would try to read it as a syllable. */
function namedLetters(text: string): string {
  return text.replaceAll(/[A-Z]{2,}(?![a-z])/g, (letters) => ` ${Array.from(letters).join(' ')} `);
}
