import { z } from 'zod';

/*
 * Values of JSON parameters as callers write them: null and `''` count as absent, numbers may be written as text.
 */

export function optional<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (isAbsent(value) ? undefined : value), schema.optional()).optional();
}

/** @param unit as the range names it */
export function wholeNumber(least: number, most: number, unit = '') {
  const range = `a whole number from ${least} to ${most}${unit === '' ? '' : ` (${unit})`}`;
  return optional(z.preprocess(numberInText, z.int(range).min(least, range).max(most, range)));
}

export function decimal(least: number, most: number) {
  const range = `a number from ${least} to ${most}`;
  return optional(z.preprocess(decimalInText, z.number(range).min(least, range).max(most, range)));
}

/** True or false, also as text. */
export function flag() {
  const range = 'true or false';
  return optional(
    z.preprocess((value) => FLAGS.get(String(value).trim().toLowerCase()) ?? value, z.boolean(range)),
  );
}

const FLAGS = new Map([
  ['true', true],
  ['false', false],
]);

export function numberInText(value: unknown): unknown {
  return typeof value === 'string' && /^\s*[+-]?\d{1,6}\s*$/.test(value) ? Number(value) : value;
}

function decimalInText(value: unknown): unknown {
  return typeof value === 'string' && /^\s*[+-]?(\d{1,6}(\.\d{0,9})?|\.\d{1,9})\s*$/.test(value)
    ? Number(value)
    : value;
}

function isAbsent(value: unknown): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '');
}
