import { readDecimal } from './decimal.ts';
import { isInRange, readAddress, readIpRange, type Address, type IpRange } from './ip-range.ts';
import { readIsoTime } from './iso-time.ts';
import { rememberLast } from './remember-last.ts';
import { compileWildcard, type TextTest } from './wildcard.ts';

/** An operator of the Condition element. */
export type ConditionOperator = {
  /** Negated operators pass where no value matches, and where the key is missing. */
  readonly negated: boolean;
  /** What a value must be, to stand behind "must be"; undefined: any text. */
  readonly expected: string | undefined;
  readonly isValue: (text: string) => boolean;
  /** A test of what the request has. Values are read once, here; each has passed `isValue`. */
  readonly compile: (values: readonly string[]) => TextTest;
};

/** How the texts of one family of operators are read: the request's own, and the ones in a policy. */
type Family<Actual, Value> = {
  readonly expected: string | undefined;
  readonly readActual: (text: string) => Actual | undefined;
  readonly readValue: (text: string) => Value | undefined;
};

const asIs = (text: string): string => text;
const inLowerCase = (text: string): string => text.toLowerCase();
const isSame = <Value>(actual: Value, value: Value): boolean => actual === value;

const TEXT: Family<string, string> = { expected: undefined, readActual: asIs, readValue: asIs };
const TEXT_IGNORING_CASE: Family<string, string> = { ...TEXT, readActual: inLowerCase, readValue: inLowerCase };
const TEXT_PATTERN: Family<string, TextTest> = { ...TEXT, readValue: compileWildcard };
const NUMBER: Family<number, number> = {
  expected: 'a number in digits, such as "42" or "0.5", of at most 15 digits',
  readActual: readDecimal,
  readValue: readDecimal,
};
const TIME: Family<number, number> = {
  expected: 'a time such as "2026-01-02T03:04:05Z" or "2026-01-02T11:04:05+08:00"',
  readActual: rememberLast(readIsoTime),
  readValue: readIsoTime,
};
const FLAG: Family<string, string> = { expected: '"true" or "false"', readActual: readFlag, readValue: readFlag };
const ADDRESS: Family<Address, IpRange> = {
  expected: 'an IP address or a range such as "192.0.2.0/24" or "2001:db8::/32"',
  readActual: rememberLast(readAddress),
  readValue: readIpRange,
};

const isLike = (actual: string, pattern: TextTest): boolean => pattern(actual);
const isLess = (actual: number, value: number): boolean => actual < value;
const isAtMost = (actual: number, value: number): boolean => actual <= value;
const isGreater = (actual: number, value: number): boolean => actual > value;
const isAtLeast = (actual: number, value: number): boolean => actual >= value;

/** All operators of the language, by the names that policies use. */
export const CONDITION_OPERATORS: ReadonlyMap<string, ConditionOperator> = new Map([
  ['StringEquals', positive(TEXT, isSame)],
  ['StringNotEquals', negated(TEXT, isSame)],
  ['StringEqualsIgnoreCase', positive(TEXT_IGNORING_CASE, isSame)],
  ['StringNotEqualsIgnoreCase', negated(TEXT_IGNORING_CASE, isSame)],
  ['StringLike', positive(TEXT_PATTERN, isLike)],
  ['StringNotLike', negated(TEXT_PATTERN, isLike)],
  ['NumericEquals', positive(NUMBER, isSame)],
  ['NumericNotEquals', negated(NUMBER, isSame)],
  ['NumericLessThan', positive(NUMBER, isLess)],
  ['NumericLessThanEquals', positive(NUMBER, isAtMost)],
  ['NumericGreaterThan', positive(NUMBER, isGreater)],
  ['NumericGreaterThanEquals', positive(NUMBER, isAtLeast)],
  ['DateEquals', positive(TIME, isSame)],
  ['DateNotEquals', negated(TIME, isSame)],
  ['DateLessThan', positive(TIME, isLess)],
  ['DateLessThanEquals', positive(TIME, isAtMost)],
  ['DateGreaterThan', positive(TIME, isGreater)],
  ['DateGreaterThanEquals', positive(TIME, isAtLeast)],
  ['Bool', positive(FLAG, isSame)],
  ['IpAddress', positive(ADDRESS, isInRange)],
  ['NotIpAddress', negated(ADDRESS, isInRange)],
]);

type Comparison<Actual, Value> = (actual: Actual, value: Value) => boolean;

function positive<Actual, Value>(
  family: Family<Actual, Value>,
  matches: Comparison<Actual, Value>,
): ConditionOperator {
  return operator(family, matches, false);
}

function negated<Actual, Value>(
  family: Family<Actual, Value>,
  matches: Comparison<Actual, Value>,
): ConditionOperator {
  return operator(family, matches, true);
}

function operator<Actual, Value>(
  { expected, readActual, readValue }: Family<Actual, Value>,
  matches: Comparison<Actual, Value>,
  isNegated: boolean,
): ConditionOperator {
  return {
    negated: isNegated,
    expected,
    isValue: (text) => readValue(text) !== undefined,
    compile: (texts) => {
      const values = texts.map(readValue).filter((value) => value !== undefined);
      return (text) => {
        const actual = readActual(text);
        // What cannot be read (an address that is none) is treated like a missing key.
        if (actual === undefined) return isNegated;
        return values.some((value) => matches(actual, value)) !== isNegated;
      };
    },
  };
}

function readFlag(text: string): string | undefined {
  return text === 'true' || text === 'false' ? text : undefined;
}
