import { findTerms } from '../glossary-terms.ts';
import type { GlossaryTerm } from '../translator.ts';

/** A stretch of a line: to be translated, or to be in the translation as `text` has it. */
export type LinePart = {
  readonly kind: 'words' | 'kept' | 'markup';
  readonly text: string;
};

/**
 * What is the same in every language: addresses of the web and of mail, names and tags of social media, and our own
 * placeholders.
 */
const SAME_EVERYWHERE = new RegExp(
  [
    String.raw`\b(?:https?|ftp):\/\/[^\s<>"]{0,2000}[^\s<>".,;:!?)\]}'’]`,
    String.raw`\bwww\.[^\s<>"]{0,2000}[^\s<>".,;:!?)\]}'’]`,
    String.raw`[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,9}`,
    String.raw`(?<![\p{L}\p{N}])[@#][\p{L}\p{N}_]+`,
    String.raw`xq[a-z]{2,4}qx`,
  ].join('|'),
  'giu',
);

/** Tags of HTML and of ASS subtitles. Not with a control character: a NUL, which ends a line of the engine, is in none. */
const MARKUP = /<\/?[a-z][^<>\p{Cc}]{0,200}>|\{\\[^{}\p{Cc}]{0,200}\}/giu;

/** Cuts a line. Together, the parts that are not of the glossary are the line. */
export function lineParts(line: string, glossary: readonly GlossaryTerm[]): LinePart[] {
  return split(line, MARKUP, 'markup')
    .flatMap((part) => (part.kind === 'words' ? split(part.text, SAME_EVERYWHERE, 'kept') : [part]))
    .flatMap((part) => (part.kind === 'words' ? withTerms(part.text, glossary) : [part]));
}

function withTerms(text: string, glossary: readonly GlossaryTerm[]): LinePart[] {
  const parts: LinePart[] = [];
  let end = 0;
  for (const { from, to, target } of findTerms(text, glossary)) {
    parts.push(words(text.slice(end, from)), { kind: 'kept', text: target });
    end = to;
  }
  return [...parts, words(text.slice(end))].filter((part) => part.text !== '');
}

function split(text: string, pattern: RegExp, kind: 'kept' | 'markup'): LinePart[] {
  const parts: LinePart[] = [];
  let end = 0;
  for (const { 0: match, index } of text.matchAll(pattern)) {
    parts.push(words(text.slice(end, index)), { kind, text: match });
    end = index + match.length;
  }
  return [...parts, words(text.slice(end))].filter((part) => part.text !== '');
}

function words(text: string): LinePart {
  return { kind: 'words', text };
}
