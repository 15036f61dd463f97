import { assertNever } from '../base/assert-never.ts';
import { parseWireTime } from '../base/wire-time.ts';
import { refuseMissing, refuseValue, type Refusal } from './api-error.ts';
import type { JsonParameter, Parameter, ParameterTable, ParameterValues } from './parameter-table.ts';

type Value = string | number | boolean | undefined;
type Outcome<T extends ParameterTable> = { readonly kind: 'values'; readonly values: ParameterValues<T> } | Refusal;

/**
 * Reads and checks the parameters of an action. An empty string counts as absent. Names that are not in the table
 * are passed over, as the service does: clients add RegionId and the like to every call.
 */
export function readParameters<T extends ParameterTable>(table: T, given: ReadonlyMap<string, string>): Outcome<T> {
  const values: Record<string, Value> = {};
  for (const name of Object.keys(table)) {
    const parameter = table[name];
    if (parameter === undefined || parameter.kind === 'ignored') continue;
    const text = given.get(name) ?? '';
    if (text === '' && parameter.required === true) return refuseMissing(name);
    const value = text === '' ? absent(parameter) : check(name, text, parameter);
    if (typeof value === 'object') return value;
    values[name] = value;
  }
  return { kind: 'values', values: values as ParameterValues<T> };
}

function absent(parameter: Parameter): Value {
  if (parameter.kind === 'integer' || parameter.kind === 'choice') return parameter.default;
  if (parameter.kind === 'boolean') return parameter.default ?? false;
  return parameter.kind === 'time' ? undefined : '';
}

function check(name: string, text: string, parameter: Parameter): Value | Refusal {
  switch (parameter.kind) {
    case 'text':
      return tooLong(name, text, parameter.maxBytes) ?? text;
    case 'choice':
      return parameter.allowed.includes(text) ? text : refuseValue(name, text, parameter.allowed.join(', '));
    case 'integer':
      return integer(name, text, parameter.min, parameter.max);
    case 'boolean':
      return boolean(name, text);
    case 'clock-time':
      return CLOCK_TIME.test(text) ? text : refuseValue(name, text, 'HH:MM:SS, 00:00:00 to 99:59:59');
    case 'time':
      return parseWireTime(text) ?? refuseValue(name, text, 'yyyy-MM-ddTHH:mm:ssZ in UTC, of a day that exists');
    case 'json':
      return tooLong(name, text, parameter.maxBytes) ?? json(name, text, parameter) ?? text;
    case 'ignored':
      return undefined;
    default:
      return assertNever(parameter);
  }
}

const CLOCK_TIME = /^\d{2}:[0-5]\d:[0-5]\d$/;

function integer(name: string, text: string, min: number, max: number): number | Refusal {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : refuseValue(name, text, `${min}-${max}`);
}

/** Python's SDKs write True. */
function boolean(name: string, text: string): boolean | Refusal {
  const word = text.toLowerCase();
  return word === 'true' || word === 'false' ? word === 'true' : refuseValue(name, text, 'true, false');
}

function tooLong(name: string, text: string, maxBytes: number | undefined): Refusal | undefined {
  if (maxBytes === undefined) return undefined;
  const bytes = Buffer.byteLength(text);
  return bytes > maxBytes
    ? refuseValue(name, text, `at most ${maxBytes} bytes of UTF-8, this has ${bytes}`)
    : undefined;
}

/** Undefined where the text is JSON of the right shape. */
function json(name: string, text: string, parameter: JsonParameter): Refusal | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return refuseValue(name, text, `JSON text (${error instanceof Error ? error.message : 'not JSON'})`);
  }
  const issue = parameter.schema.safeParse(document).error?.issues[0];
  if (issue === undefined) return undefined;
  const field = [name, ...issue.path.map(String)].join('.');
  return refuseValue(field, shownAt(document, issue.path), issue.message);
}

/** Where JSON stands in a text of the document, the path leads into it: then that text. */
function shownAt(document: unknown, path: readonly PropertyKey[]): string {
  let place: unknown = document;
  for (const key of path) {
    if (typeof place === 'string') break;
    place = (place as Record<PropertyKey, unknown> | undefined)?.[key];
  }
  return typeof place === 'string' ? place : (JSON.stringify(place) ?? 'nothing');
}
