import { tooLarge } from './spreadsheet-refusal.ts';
import { SPREADSHEET_LIMITS } from './spreadsheet-limits.ts';
import { unescaped } from './xml-part.ts';

const ITEM = /<(?:\w+:)?si(?:\s[^<>]*)?(?:\/>|>([^]*?)<\/(?:\w+:)?si>)/g;
const TEXT = /<(?:\w+:)?t(?:\s[^<>]*)?>([^<]*)</g;
/** How Japanese names are read aloud, which is not part of them. */
const READING = /<(?:\w+:)?rPh[\s>][^]*?<\/(?:\w+:)?rPh>/g;
const PLAIN = /^<t(?: xml:space="preserve")?>([^<]*)<\/t>$/;

/** The texts that the cells of a workbook share, in order. */
export function sharedTexts(xml: string): string[] {
  const texts: string[] = [];
  for (const [, item = ''] of xml.matchAll(ITEM)) {
    if (texts.length === SPREADSHEET_LIMITS.cells)
      throw tooLarge(`The workbook has more than ${texts.length} texts.`);
    texts.push(textOf(item));
  }
  return texts;
}

/** A text that may be of several pieces, each in a font of its own. */
export function textOf(xml: string): string {
  const [, only] = PLAIN.exec(xml) ?? [];
  if (only !== undefined) return shown(only);
  const pieces = xml.replaceAll(READING, '').matchAll(TEXT);
  return shown([...pieces].map(([, piece = '']) => piece).join(''));
}

/** As people see it: with characters that XML cannot hold left out. */
export function shown(text: string): string {
  return unescaped(text).replaceAll(/_x[\dA-Fa-f]{4}_/g, (escape) => {
    const code = Number.parseInt(escape.slice(2, 6), 16);
    return code < 0x20 ? ' ' : String.fromCodePoint(code);
  });
}
