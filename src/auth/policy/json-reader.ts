/** JSON as read: objects are maps, so that no key (`__proto__`, `constructor`) means anything. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export type JsonObject = ReadonlyMap<string, JsonValue>;

export function isJsonObject(value: JsonValue): value is JsonObject {
  return value instanceof Map;
}

export function isJsonList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export type JsonReading =
  | { readonly kind: 'json'; readonly value: JsonValue }
  | {
      readonly kind: 'malformed';
      /** Both count from 1; a column is a character. */
      readonly line: number;
      readonly column: number;
      readonly message: string;
    };

/** The deepest policy has six levels. The cap keeps a hostile text from exhausting the stack. */
const MAX_DEPTH = 32;

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\n\r]|\\.)*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

type Cursor = { readonly text: string; at: number };

class Fault extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/**
 * Reads JSON more strictly than JSON.parse, which keeps the last of two equal keys (a policy whose second `Effect`
 * wins reads differently to a person) and tells the place of a mistake differently in each version of Node.js.
 */
export function readJson(text: string): JsonReading {
  const cursor = { text, at: 0 };
  try {
    const value = readValue(cursor, 0);
    skipSpace(cursor);
    if (cursor.at < text.length)
      throw new Fault(cursor.at, `Nothing may follow the document, but ${found(cursor)}.`);
    return { kind: 'json', value };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const lines = text.slice(0, error.at).split('\n');
    return {
      kind: 'malformed',
      line: lines.length,
      column: (lines.at(-1) ?? '').length + 1,
      message: error.message,
    };
  }
}

function readValue(cursor: Cursor, depth: number): JsonValue {
  if (depth > MAX_DEPTH) throw new Fault(cursor.at, `The document is nested more than ${MAX_DEPTH} levels deep.`);
  skipSpace(cursor);
  if (take(cursor, '{')) return readObject(cursor, depth);
  if (take(cursor, '[')) return readArray(cursor, depth);
  if (cursor.text[cursor.at] === '"') return readString(cursor);
  const scalar = match(cursor, WORD) ?? match(cursor, NUMBER);
  if (scalar === undefined) throw new Fault(cursor.at, `A value is expected, but ${found(cursor)}.`);
  return JSON.parse(scalar) as JsonValue;
}

function readObject(cursor: Cursor, depth: number): JsonObject {
  const entries = new Map<string, JsonValue>();
  skipSpace(cursor);
  if (take(cursor, '}')) return entries;
  do {
    skipSpace(cursor);
    const start = cursor.at;
    if (cursor.text[start] !== '"')
      throw new Fault(start, `A name in double quotes is expected, but ${found(cursor)}.`);
    const key = readString(cursor);
    if (entries.has(key)) throw new Fault(start, `The name ${JSON.stringify(key)} stands twice in one object.`);
    expect(cursor, ':');
    entries.set(key, readValue(cursor, depth + 1));
    skipSpace(cursor);
  } while (take(cursor, ','));
  expect(cursor, '}');
  return entries;
}

function readArray(cursor: Cursor, depth: number): readonly JsonValue[] {
  const items: JsonValue[] = [];
  skipSpace(cursor);
  if (take(cursor, ']')) return items;
  do {
    items.push(readValue(cursor, depth + 1));
    skipSpace(cursor);
  } while (take(cursor, ','));
  expect(cursor, ']');
  return items;
}

function readString(cursor: Cursor): string {
  const start = cursor.at;
  const literal = match(cursor, STRING);
  if (literal === undefined) throw new Fault(start, 'This string does not end in its line.');
  try {
    return JSON.parse(literal) as string;
  } catch {
    throw new Fault(start, 'This string holds an escape or a control character that JSON does not allow.');
  }
}

function expect(cursor: Cursor, mark: string): void {
  skipSpace(cursor);
  if (!take(cursor, mark)) throw new Fault(cursor.at, `"${mark}" is expected, but ${found(cursor)}.`);
}

function take(cursor: Cursor, mark: string): boolean {
  if (cursor.text[cursor.at] !== mark) return false;
  cursor.at += 1;
  return true;
}

function skipSpace(cursor: Cursor): void {
  match(cursor, SPACE);
}

function match(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const text = pattern.exec(cursor.text)?.[0];
  if (text !== undefined) cursor.at += text.length;
  return text;
}

function found(cursor: Cursor): string {
  const character = cursor.text.codePointAt(cursor.at);
  if (character === undefined) return 'the text ends here';
  return `${JSON.stringify(String.fromCodePoint(character))} stands here`;
}
