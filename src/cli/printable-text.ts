/**
 * What would move the cursor, colour the screen, break the line or reverse the reading order: C0 and C1 controls,
 * line and paragraph separators, and the characters that direct bidirectional text.
 */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Text of others, made safe for a terminal or a log: titles, messages and transcripts are not ours. */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, (character) => NAMED[character] ?? escaped(character));
}

/** JSON text that a terminal can show; the escapes mean the same to every parser. */
export function printableJson(value: unknown, indent = 2): string {
  const text = JSON.stringify(value, undefined, indent);
  // What JSON.stringify leaves raw; the line breaks here are its own.
  return text.replaceAll(UNPRINTABLE, (character) => (character === '\n' ? character : escaped(character)));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
