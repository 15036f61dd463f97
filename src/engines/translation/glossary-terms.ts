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
 * Where the terms stand in a line, in order, none over another: of two that begin together the longer, of two of the
 * same letters the one with the capitals of the line. Only whole words count, in scripts that have spaces. A term in
 * small letters is found with capitals too (at the beginning of a sentence, in a line of capitals), and its translation
 * then has them; one with capitals, a name, is found as it is, and in a line of capitals.
 */
export function findTerms(line: string, glossary: readonly GlossaryTerm[]): FoundTerm[] {
  const text = folded(line);
  const found = glossary
    .map(readyTerm)
    .filter((term) => term !== undefined && text.includes(term.folded))
    .flatMap((term) => (term === undefined ? [] : placesOf(line, term)))
    .toSorted((a, b) => a.from - b.from || b.to - a.to || Number(b.isExact) - Number(a.isExact));
  let end = 0;
  return found.flatMap(({ from, to, target }) => {
    if (from < end) return [];
    end = to;
    return [{ from, to, target }];
  });
}

/** The terms that stand in one of the lines. */
export function termsIn(lines: readonly string[], glossary: readonly GlossaryTerm[]): GlossaryTerm[] {
  return glossary.filter((term) => lines.some((line) => findTerms(line, [term]).length > 0));
}

/** A term with what is worked out of it once, and not again for each line. */
type ReadyTerm = GlossaryTerm & {
  /** Stands in the folded line wherever the term stands in the line: most lines are done with by this alone. */
  readonly folded: string;
  readonly pattern: RegExp;
  /** Whether a letter or digit before it, or behind it, makes it a part of another word. */
  readonly edges: { readonly before: boolean; readonly behind: boolean };
};

/** Undefined: a term without a text or without a translation, which is none. */
const READY = new WeakMap<GlossaryTerm, ReadyTerm | undefined>();

function readyTerm(term: GlossaryTerm): ReadyTerm | undefined {
  if (!READY.has(term)) READY.set(term, prepared(term.source.trim().replaceAll(/\s+/g, ' '), term.target.trim()));
  return READY.get(term);
}

function prepared(source: string, target: string): ReadyTerm | undefined {
  if (source === '' || target === '') return undefined;
  const words = source
    .split(' ')
    .map(escapePattern)
    .join(String.raw`\s+`);
  return {
    ...{ source, target, folded: folded(source), pattern: new RegExp(words, 'giu') },
    edges: { before: isPartOfWord(source, FIRST), behind: isPartOfWord(source, LAST) },
  };
}

type Place = FoundTerm & { readonly isExact: boolean };

function placesOf(line: string, { source, target, pattern, edges }: ReadyTerm): Place[] {
  const places: Place[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(line); match !== null; match = pattern.exec(line)) {
    const [from, to] = [match.index, match.index + match[0].length];
    const isWhole =
      !(edges.before && LAST.test(line.slice(Math.max(0, from - 2), from))) &&
      !(edges.behind && FIRST.test(line.slice(to, to + 2)));
    const written = match[0].replaceAll(/\s+/g, ' ');
    const cased = isWhole ? casedTarget(written, source, target) : undefined;
    if (cased === undefined) {
      // It is not the term after all, but one may begin within: at its next character, not at half of this one.
      pattern.lastIndex = from + (Array.from(match[0])[0]?.length ?? 1);
    } else places.push({ from, to, target: cased, isExact: written === source });
  }
  return places;
}

/** Undefined where the capitals are of another word: `us` is not the term `US`. */
function casedTarget(written: string, term: string, target: string): string | undefined {
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

/** A letter, a digit, or what belongs to one. */
const FIRST = /^[\p{L}\p{M}\p{N}_]/u;
const LAST = /[\p{L}\p{M}\p{N}_]$/u;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** No letter or digit may touch a term's own, except in scripts that have no spaces between words. */
function isPartOfWord(source: string, edge: typeof FIRST): boolean {
  const character = edge.exec(source)?.[0];
  return character !== undefined && !UNSPACED.test(character);
}

/** Alike wherever a pattern that does not look at capitals finds them alike. */
function folded(text: string): string {
  return text.replaceAll(/\s+/g, ' ').toLowerCase().toUpperCase();
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
