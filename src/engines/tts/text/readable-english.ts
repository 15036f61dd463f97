import { englishAmount, englishDate, englishTime } from './english-readings.ts';
import { ENGLISH_CARDINAL_DIGITS, englishDigits, englishNumber } from './english-numbers.ts';
import { readAmount } from './read-amount.ts';
import { readDate, readTime } from './read-date.ts';

const PLURALS: Readonly<Record<string, string>> = {
  $: 'dollars',
  '€': 'euros',
  '£': 'pounds',
  '¥': 'yuan',
  '₹': 'rupees',
};

/**
 * English text with what the engines misread in words: money, dates, times, percentages, degrees. Plain numbers and
 * abbreviations stay: flite and espeak-ng read those well.
 */
export function readableEnglish(text: string): string {
  return text
    .replaceAll(
      /([$€£¥₹])\s?(\d+(?:\.\d+)?)\s(thousand|million|billion|trillion)\b/gi,
      (_, sign: string, ...found) => {
        const [number, scale] = found as [string, string];
        return `${englishNumber(number)} ${scale} ${PLURALS[sign] ?? ''}`;
      },
    )
    .replaceAll(/(?:HK|US|A|C|S)?[$€£¥￥₩₹]\s?\d[\d,]*(?:\.\d{1,2})?(?!\d)/g, (money) => {
      const trailing = money.endsWith(',') ? ',' : '';
      const amount = readAmount(money.replace(/,$/, ''));
      return amount === undefined ? money : englishAmount(amount) + trailing;
    })
    .replaceAll(/\b\d{4}[-/]\d{1,2}[-/]\d{1,2}\b/g, (written) =>
      orAsWritten(written, readDate(written), englishDate),
    )
    .replaceAll(/\b\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b)?/gi, (written) =>
      orAsWritten(written, readTime(written), englishTime),
    )
    .replaceAll(/(\d)\s?(?:°\s?C|℃)/g, '$1 degrees Celsius')
    .replaceAll(/(\d)\s?(?:°\s?F|℉)/g, '$1 degrees Fahrenheit')
    .replaceAll(/(\d)\s?°/g, '$1 degrees')
    .replaceAll(/(\d)\s?%/g, '$1 percent')
    .replaceAll(/\d{14,}/g, (digits) => (digits.length > ENGLISH_CARDINAL_DIGITS ? englishDigits(digits) : digits))
    .replaceAll(/\s&\s/g, ' and ');
}

function orAsWritten<Value>(written: string, value: Value | undefined, read: (value: Value) => string): string {
  return value === undefined ? written : read(value);
}
