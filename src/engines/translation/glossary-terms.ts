import type { GlossaryTerm } from './translator.ts';

/** A term of the glossary that stands in a line. */
export type FoundTerm = {
  /** Of its first character, and behind its last; UTF-16 units. */
  readonly from: number;
  readonly to: number;
  /** How the translation has to have it there, capitals included. */
  readonly target: string;
};

/**
 * Where the terms stand in a line, in order, none over another: of two that begin together the longer. Only whole
 * words count, in scripts that have spaces. A term in small letters is found with capitals too (at the beginning of a
 * sentence, in a line of capitals), and its translation then has them; one with capitals, a name, is found as it is,
 * and in a line of capitals.
 */
export function findTerms(line: string, glossary: readonly GlossaryTerm[]): FoundTerm[] {
  const terms = glossary.flatMap(({ source, target }) => {
    const [from, to] = [source.trim(), target.trim()];
    return from === '' || to === '' ? [] : [{ source: from, target: to }];
  });
  const found = terms.flatMap((term) => placesOf(line, term)).toSorted((a, b) => a.from - b.from || b.to - a.to);
  let end = 0;
  return found.filter(({ from, to }) => {
    if (from < end) return false;
    end = to;
    return true;
  });
}

function placesOf(line: string, { source, target }: GlossaryTerm): FoundTerm[] {
  const words = source
    .split(/\s+/)
    .map(escapePattern)
    .join(String.raw`\s+`);
  const pattern = new RegExp(edge(source[0] ?? '', 'before') + words + edge(source.at(-1) ?? '', 'behind'), 'giu');
  return [...line.matchAll(pattern)].flatMap(({ 0: match, index }) => {
    const cased = casedTarget(match, source, target);
    return cased === undefined ? [] : [{ from: index, to: index + match.length, target: cased }];
  });
}

/** Undefined where the capitals are of another word: `us` is not the term `US`. */
function casedTarget(match: string, source: string, target: string): string | undefined {
  const written = match.replaceAll(/\s+/g, ' ');
  const term = source.replaceAll(/\s+/g, ' ');
  if (written === term) return target;
  const letters = written.match(/\p{L}/gu)?.length ?? 0;
  if (written === term.toUpperCase() && letters > 1) return target.toUpperCase();
  if (term !== term.toLowerCase()) return undefined;
  return written[0] === term[0] ? target : capitalized(target);
}

export function capitalized(text: string): string {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length);
}

/** No letter or digit may touch a term's own, except in scripts that have no spaces between words. */
function edge(character: string, side: 'before' | 'behind'): string {
  const unspaced =
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
  if (!/[\p{L}\p{M}\p{N}_]/u.test(character) || unspaced.test(character)) return '';
  return side === 'before' ? String.raw`(?<![\p{L}\p{M}\p{N}_])` : String.raw`(?![\p{L}\p{M}\p{N}_])`;
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
