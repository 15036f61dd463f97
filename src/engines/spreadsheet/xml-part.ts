import { quoted } from './shortened.ts';
import { unreadable } from './spreadsheet-refusal.ts';

/**
 * A part of a workbook as text, one character a byte, which takes half the memory: what is shown of it is decoded by
 * itself. What no spreadsheet program writes is refused before anything looks at it: entities that grow, and other
 * encodings, in which they could hide.
 */
export function xmlText(part: Buffer, name: string): string {
  if (part.length === 0) throw unreadable(`its part ${quoted(name)} is empty`);
  if (part.indexOf(0) >= 0 || part.readUInt8(0) >= 0xfe)
    throw unreadable(`its part ${quoted(name)} is not in UTF-8`);
  const text = part.toString('latin1');
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw unreadable(`its part ${quoted(name)} declares entities of its own`);
  if (!/>\s*$/.test(text.slice(-256))) throw unreadable(`its part ${quoted(name)} is cut off`);
  return text;
}

/** An element's attributes; names without their prefix. */
export function attributes(tag: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', double, single] of tag.matchAll(/([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    found.set(name, unescaped(double ?? single ?? ''));
  }
  return found;
}

/** The start tags of an element, with any prefix, in order. */
export function* startTags(text: string, element: string): Generator<string> {
  for (const [tag] of text.matchAll(new RegExp(`<(?:\\w+:)?${element}(?=[\\s/>])[^<>]*>`, 'g'))) yield tag;
}

export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true' || value === 'on';
}

/** What needs decoding, which most texts do not. */
const MARKED = /[&\u0080-\u00ff]/;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** What a text with one character a byte means: UTF-8, the five entities, and characters by number. */
export function unescaped(text: string): string {
  if (!MARKED.test(text)) return text;
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  return decoded.replaceAll(
    /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return NAMED[String(name)] ?? whole;
      const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
      return code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
