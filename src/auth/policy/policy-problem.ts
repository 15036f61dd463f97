import { isJsonList, isJsonObject, type JsonValue } from './json-reader.ts';

/** Something wrong in a policy document, and where. */
export type PolicyProblem = {
  /** `Statement[1].Effect`, or `line 3, column 17` where the text is not JSON; empty: the document as a whole. */
  readonly path: string;
  /** Full sentences that name the value and what is allowed. */
  readonly message: string;
};

/** Gathers what is wrong while a document is read, so that its author sees all of it at once. */
export type Problems = PolicyProblem[];

/** The path of something inside `path`, by name or by index. */
export function inside(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  if (!/^[A-Za-z]\w*$/.test(key)) return `${path}[${shown(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** The value as an error text shows it, cut where it is long. */
export function shown(value: JsonValue): string {
  if (isJsonObject(value)) return 'an object';
  if (isJsonList(value)) return 'a list';
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}
