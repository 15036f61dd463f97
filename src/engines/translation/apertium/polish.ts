import { capitalized } from '../glossary-terms.ts';
import { canonicalTag, languageOf } from '../language-tags.ts';
import { withOpeningMarks } from './opening-marks.ts';

const WORD = /[\p{L}\p{M}\p{N}'’-]+/gu;

/**
 * Gives a translation the capitals and spaces of its line, and the marks of its language. Apertium begins each line as
 * a sentence, leaves a space where a pronoun falls away (` Tengo` of `I have`), and takes the second word for the first
 * where it does not know the first (`Kowalski Vive` of `Kowalski lives`).
 */
export function polish(translation: string, line: string, targetTag: string): string {
  const target = canonicalTag(targetTag) ?? 'und';
  const tight = withoutNewSpaces(translation.trim().replaceAll(/[ \t]{2,}/g, ' '), line);
  const cased = isInCapitals(line) ? tight.toLocaleUpperCase(target) : withFirstCase(tight, line, target);
  return withOpeningMarks(cased, target);
}

/** Spaces before a full stop and behind an opening quote, where the line has none like them. */
function withoutNewSpaces(translation: string, line: string): string {
  const closed = /\s[.,…)]/.test(line) ? translation : translation.replaceAll(/[ \t]+(?=[.,…)])/g, '');
  return /(^|\s)["“«([]\s/.test(line)
    ? closed
    : closed.replaceAll(/(?<=(?:^|\s)["“«([])[ \t]+(?=[\p{L}\p{N}])/gu, '');
}

function isInCapitals(line: string): boolean {
  const words = line.match(WORD) ?? [];
  const cased = words.filter((word) => word.toLowerCase() !== word.toUpperCase());
  return cased.length > 1 && cased.join(' ').length > 4 && line === line.toUpperCase();
}

function withFirstCase(translation: string, line: string, target: string): string {
  const [theirs, ours] = [[...translation.matchAll(WORD)], line.match(WORD) ?? []];
  let index = 0;
  while (index < theirs.length && theirs[index]?.[0] === ours[index]) index += 1;
  const isUnneeded = (word: string): boolean =>
    /^\p{Lu}[^\p{Lu}]*$/u.test(word) && !line.includes(word) && !isName(word, target);
  const cased = theirs.slice(0, index + 2).map(({ 0: word }, at) => {
    if (at < index) return word;
    const own = at === index ? (ours[at] ?? '') : secondWord(line);
    if (at === 0 && /^\p{Lu}/u.test(own)) return capitalized(word);
    return /^\p{Ll}/u.test(own) && isUnneeded(word) ? word.toLocaleLowerCase(target) : word;
  });
  return replaceWords(translation, theirs, cased);
}

/** '' where more than the first word has a capital, or a sentence ends behind it: then nothing is known of it. */
function secondWord(line: string): string {
  const [, second = '', ...others] = line.match(WORD) ?? [];
  const isPlain = ![second, ...others].some((word) => /^\p{Lu}/u.test(word));
  return isPlain && !/[.!?…:]\s/.test(line) ? second : '';
}

function replaceWords(text: string, words: readonly RegExpExecArray[], replacements: readonly string[]): string {
  let replaced = '';
  let end = 0;
  for (const [index, word] of replacements.entries()) {
    const { 0: old = '', index: from = end } = words[index] ?? {};
    replaced += text.slice(end, from) + word;
    end = from + old.length;
  }
  return replaced + text.slice(end);
}

/** What English writes with a capital wherever it stands. */
function isName(word: string, target: string): boolean {
  if (languageOf(target) !== 'en') return false;
  return /^I(['’]\w+)?$/.test(word) || englishNames().has(word.replace(/['’]s$/, ''));
}

let names: ReadonlySet<string> | undefined;

function englishNames(): ReadonlySet<string> {
  names ??= new Set([
    ...Array.from({ length: 7 }, (_, day) => dated({ weekday: 'long' }, Date.UTC(2024, 0, 1 + day))),
    ...Array.from({ length: 12 }, (_, month) => dated({ month: 'long' }, Date.UTC(2024, month, 1))),
    ...LANGUAGES.split(' ').map((code) => new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code),
    ...['Spanish', 'Englishman', 'God', 'Christmas', 'Easter'],
  ]);
  return names;
}

const LANGUAGES =
  'en es fr de it pt ca gl eu ru uk pl nl da sv nb fi is cs sk sl hr sr bs bg mk ro hu el tr ar he fa hi ur bn id ms ' +
  'zh ja ko vi th la eo br cy ga';

function dated(options: Intl.DateTimeFormatOptions, time: number): string {
  return new Intl.DateTimeFormat('en', { ...options, timeZone: 'UTC' }).format(time);
}
