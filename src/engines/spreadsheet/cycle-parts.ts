import { monthOfName } from './month-names.ts';

/** A part of a year, a month, a week or a day that repeats in the next one: which, from 0, of how many. */
export type CyclePart = { readonly cycle: string; readonly at: number; readonly length: number };

/** The order of weeks, each day by the words that it has. */
const WEEKDAYS = [
  'mon monday 周一 週一 星期一 礼拜一 月曜 月曜日 montag',
  'tue tues tuesday 周二 週二 星期二 礼拜二 火曜 火曜日 dienstag',
  'wed wednesday 周三 週三 星期三 礼拜三 水曜 水曜日 mittwoch',
  'thu thur thurs thursday 周四 週四 星期四 礼拜四 木曜 木曜日 donnerstag',
  'fri friday 周五 週五 星期五 礼拜五 金曜 金曜日 freitag',
  'sat saturday 周六 週六 星期六 礼拜六 土曜 土曜日 samstag',
  'sun sunday 周日 週日 周天 星期日 星期天 礼拜天 日曜 日曜日 sonntag',
].map((names) => new Set(names.split(' ')));

type Numbered = { readonly cycle: string; readonly length: number; readonly pattern: RegExp };
const NUMBERED: readonly Numbered[] = [
  { cycle: 'months', length: 12, pattern: /^(\d{1,2}|[一二三四五六七八九]|十[一二]?)(?:月份?|월)$/u },
  { cycle: 'quarters', length: 4, pattern: /^(?:第?([1-4一二三四])季度?|Q([1-4])|([1-4])Q|([1-4])분기)$/iu },
  { cycle: 'halves', length: 2, pattern: /^H([12])$/iu },
  { cycle: 'weeks', length: 53, pattern: /^(?:week |w|kw ?)(\d{1,2})$|^第(\d{1,2})[周週]$/iu },
  { cycle: 'days', length: 31, pattern: /^(\d{1,2})[日号號일]$/u },
];
const CLOCK = /^([01]?\d|2[0-4])(?::([0-5]\d)(?::00)?|[点點时時])$/u;
const CHINESE = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];

/**
 * Whether names follow each other in time, though without a year or a date: Jan, Feb, Mar; Q3, Q4, Q1; 周一, 周二;
 * 08:00, 12:00. Less than one round of all there are, as 1月 is not said twice.
 */
export function followInTime(names: readonly string[]): boolean {
  const first = cyclePart(names[0] ?? '');
  if (first === undefined || names.length < 2) return false;
  let before = first.at;
  let passed = 0;
  for (const name of names.slice(1)) {
    const part = cyclePart(name);
    if (part?.cycle !== first.cycle || part.at === before) return false;
    passed += (part.at - before + part.length) % part.length;
    before = part.at;
  }
  return passed < first.length;
}

/** Undefined for every other word. */
export function cyclePart(name: string): CyclePart | undefined {
  const plain = name.normalize('NFKC').trim().toLowerCase();
  if (plain.length > 12) return undefined;
  const month = monthOfName(plain);
  if (month !== undefined) return { cycle: 'months', at: month - 1, length: 12 };
  const weekday = WEEKDAYS.findIndex((words) => words.has(plain));
  if (weekday >= 0) return { cycle: 'weekdays', at: weekday, length: 7 };
  const [clock, hour, minute] = CLOCK.exec(plain) ?? [];
  if (clock !== undefined) return { cycle: 'clock', at: 60 * Number(hour) + Number(minute ?? 0), length: 1441 };
  for (const { cycle, length, pattern } of NUMBERED) {
    const digits = pattern
      .exec(plain)
      ?.slice(1)
      .find((group) => group !== undefined);
    if (digits === undefined) continue;
    const number = CHINESE.indexOf(digits) > 0 ? CHINESE.indexOf(digits) : Number(digits);
    if (number >= 1 && number <= length) return { cycle, at: number - 1, length };
  }
  return undefined;
}
