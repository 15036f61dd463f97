/** A date of the calendar; what was not written is absent. */
export type WrittenDate = { readonly year?: number; readonly month?: number; readonly day?: number };

/** A time of the day. `half` where it was written with am or pm. */
export type WrittenTime = {
  readonly hour: number;
  readonly minute: number;
  readonly second?: number;
  readonly half?: 'am' | 'pm';
};

const FORMS: readonly { readonly pattern: RegExp; readonly order: string }[] = [
  { pattern: /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/, order: 'ymd' },
  { pattern: /^(\d{4})(\d{2})(\d{2})$/, order: 'ymd' },
  { pattern: /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]$/, order: 'ymd' },
  { pattern: /^(\d{4})年(\d{1,2})月$/, order: 'ym' },
  { pattern: /^(\d{1,2})月(\d{1,2})[日号]$/, order: 'md' },
  { pattern: /^(\d{4})年?$/, order: 'y' },
  { pattern: /^(\d{4})[-/.](\d{1,2})$/, order: 'ym' },
  { pattern: /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/, order: 'mdy' },
  { pattern: /^(\d{1,2})[-/](\d{1,2})$/, order: 'md' },
];

/**
 * Reads a date of digits, year first as in China or month first as in the United States; where the month cannot be
 * one (`31/12/2024`), day first. Undefined where it is no date.
 */
export function readDate(written: string): WrittenDate | undefined {
  const text = written.replaceAll(/\s/g, '');
  for (const { pattern, order } of FORMS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const part = (key: string): number | undefined =>
      order.includes(key) ? Number(match[order.indexOf(key) + 1]) : undefined;
    const [year, month, day] = [part('y'), part('m'), part('d')];
    const swapped = order === 'mdy' && (month ?? 0) > 12;
    return checked(year, swapped ? day : month, swapped ? month : day);
  }
  return undefined;
}

function checked(year?: number, month?: number, day?: number): WrittenDate | undefined {
  if (month !== undefined && (month < 1 || month > 12)) return undefined;
  if (day !== undefined && (day < 1 || day > 31)) return undefined;
  return {
    ...(year !== undefined && { year }),
    ...(month !== undefined && { month }),
    ...(day !== undefined && { day }),
  };
}

/** Reads `9:05`, `21:05:30`, `9:05 PM`; undefined where it is no time. */
export function readTime(written: string): WrittenTime | undefined {
  const match = /^(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?\s*([ap])?\.?(?:m\.?)?$/i.exec(written.trim());
  if (match === null) return undefined;
  const [, hours, minutes, seconds, letter] = match;
  const [hour, minute, second] = [Number(hours), Number(minutes), Number(seconds ?? 0)];
  if (hour > 24 || minute > 59 || second > 59 || (letter !== undefined && hour > 12)) return undefined;
  return {
    hour,
    minute,
    ...(seconds !== undefined && { second }),
    ...(letter !== undefined && { half: letter.toLowerCase() === 'a' ? ('am' as const) : ('pm' as const) }),
  };
}
