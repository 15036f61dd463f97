import { findTerms } from '../glossary-terms.ts';
import { languageOf } from '../language-tags.ts';
import type { GlossaryTerm, LanguagePair } from '../translator.ts';

/**
 * The strings of an answer: an array of JSON, bare, in a fence, behind or before prose, or as the one array in an
 * object. Undefined where there is no array, or not one of as many strings as were asked about.
 * @param asked some models say again what they were asked; another array goes before that
 */
export function readStrings(answer: string, asked: readonly string[]): readonly string[] | undefined {
  const bare = parsed(answer.trim());
  if (typeof bare === 'string' && asked.length === 1) return [bare];
  let again: readonly string[] | undefined;
  for (const candidate of jsonArrays(answer)) {
    if (candidate.length !== asked.length || !candidate.every((one) => typeof one === 'string')) continue;
    if (candidate.some((one, index) => one !== asked[index])) return candidate;
    again = candidate;
  }
  return again;
}

/** What is wrong with a translation; undefined where nothing is. `term`: a term of the glossary is not honoured. */
export type Flaw =
  | { readonly kind: 'empty' }
  | { readonly kind: 'repeated' }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'term'; readonly target: string };

/** For the model, or for the caller. */
export function describeFlaw(flaw: Flaw): string {
  switch (flaw.kind) {
    case 'empty':
      return 'The translation was empty.';
    case 'repeated':
      return 'The line came back as it was, untranslated.';
    case 'too-long':
      return 'The translation was far longer than the line.';
    case 'term':
      return `The translation did not use the term '${flaw.target}' of the glossary.`;
  }
}

/** Characters that any language may need for a line, beside four times its own. */
const LENGTH_ROOM = 80;
/** Words from which on a line that comes back as it was has not been translated. */
const TELLING_WORDS = 4;

export function flawOf(
  translation: string,
  line: string,
  { source, target, glossary }: LanguagePair & { readonly glossary: readonly GlossaryTerm[] },
): Flaw | undefined {
  const text = translation.trim();
  if (text === '') return { kind: 'empty' };
  if (text.length > 4 * line.length + LENGTH_ROOM) return { kind: 'too-long' };
  // From American to British English, most lines are the same.
  const isOther = languageOf(source) !== languageOf(target);
  if (isOther && text === line.trim() && wordsOf(line) >= TELLING_WORDS) return { kind: 'repeated' };
  const missing = findTerms(line, glossary).find((term) => !folded(text).includes(folded(term.target)));
  return missing === undefined ? undefined : { kind: 'term', target: missing.target };
}

/** A text in a script without spaces counts by its characters. */
function wordsOf(line: string): number {
  const small = line.match(/(?<![\p{L}'’])\p{Ll}[\p{L}\p{M}'’]*/gu)?.length ?? 0;
  const unspaced =
    line.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu)?.length ?? 0;
  return small + unspaced / 2;
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ');
}

/** All arrays that the text holds, the outermost first; at most a few begin where none is. */
function* jsonArrays(text: string): Generator<readonly unknown[]> {
  const whole = parsed(text.trim());
  if (Array.isArray(whole)) yield whole;
  if (typeof whole === 'object' && whole !== null)
    yield* Object.values(whole).filter((value) => Array.isArray(value));
  let tries = 0;
  for (let at = text.indexOf('['); at !== -1 && tries < 50; at = text.indexOf('[', at + 1)) {
    tries += 1;
    const end = endOfArray(text, at);
    const value = end === undefined ? undefined : parsed(text.slice(at, end));
    if (Array.isArray(value)) yield value;
  }
}

/** Behind the bracket that closes the one at `from`; brackets within strings do not count. */
function endOfArray(text: string, from: number): number | undefined {
  let depth = 0;
  let isString = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (isString && character === '\\') at += 1;
    else if (character === '"') isString = !isString;
    else if (!isString && character === '[') depth += 1;
    else if (!isString && character === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
