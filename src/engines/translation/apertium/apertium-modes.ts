import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalTag, languageOf, tagFit } from '../language-tags.ts';
import type { LanguagePair } from '../translator.ts';

/** One way that apertium translates. */
export type ApertiumMode = LanguagePair & {
  /** As `apertium` takes it: `eng-spa`, `spa-eng_US`. Letters, digits, `_` and `-` alone. */
  readonly name: string;
};

/** One mode, or two by way of a language between. */
export type ApertiumRoute = { readonly modes: readonly ApertiumMode[] };

const MODE_NAME = /^([a-z]{2,3}(?:_[A-Za-z]+)*)-([a-z]{2,3}(?:_[A-Za-z]+)*)$/;

/** Codes of apertium that are several languages, or that Intl takes for another. */
const TAGS: Readonly<Record<string, readonly string[]>> = {
  hbs: ['hr', 'bs', 'sr'],
  oc_aran: ['oc-aranes'],
  oci_aran: ['oc-aranes'],
  cat_valencia: ['ca-valencia'],
  ca_valencia: ['ca-valencia'],
  hbs_HR: ['hr'],
  hbs_BS: ['bs'],
  hbs_SR: ['sr'],
};

/** Reads the folder anew: a pair that was installed while the server runs is there. Empty where there is none. */
export async function listModes(dataFolder: string): Promise<ApertiumMode[]> {
  const files = await readdir(join(dataFolder, 'modes')).catch(() => []);
  return files
    .toSorted((a, b) => (a < b ? -1 : 1))
    .flatMap((file) => (file.endsWith('.mode') ? readMode(file.slice(0, -'.mode'.length)) : []));
}

/** None where the name is of something else than a translation: `Cyrl-Latn`, `spa-morph`. */
export function readMode(name: string): ApertiumMode[] {
  const [, from = '', to = ''] = MODE_NAME.exec(name) ?? [];
  const targets = tagsOf(to);
  return tagsOf(from).flatMap((source) => targets.map((target) => ({ name, source, target })));
}

/**
 * BCP 47 of a code of apertium: ISO 639-3 or the older 639-1, with a region. What stands for a spelling that BCP 47
 * has no word for (`cat_iec2017`) is none: the same language is there without it.
 */
function tagsOf(code: string): readonly string[] {
  const known = TAGS[code];
  if (known !== undefined) return known;
  if (!/^[a-z]{2,3}(_[A-Z]{2})?$/.test(code)) return [];
  const tag = canonicalTag(code);
  return tag === undefined ? [] : [tag];
}

/** The mode that fits the pair best, else two that lead there by way of a third language. */
export function routeFor(modes: readonly ApertiumMode[], pair: LanguagePair): ApertiumRoute | undefined {
  const direct = best(modes, pair);
  if (direct !== undefined) return { modes: [direct] };
  // From a language into itself by way of another, as from `en-US` to `en-GB`, nothing is won and much is lost.
  if (languageOf(pair.source) === languageOf(pair.target)) return undefined;
  for (const first of modes) {
    if (tagFit(first.source, pair.source) === 0) continue;
    const second = best(modes, { source: languageOf(first.target), target: pair.target });
    const from = best(modes, { source: pair.source, target: languageOf(first.target) });
    if (from !== undefined && second !== undefined) return { modes: [from, second] };
  }
  return undefined;
}

/** All pairs that there is a route for, those without a language between first. */
export function pairsOf(modes: readonly ApertiumMode[]): LanguagePair[] {
  const chained = modes.flatMap((first) =>
    modes
      .filter((second) => languageOf(second.source) === languageOf(first.target))
      .map((second) => ({ source: first.source, target: second.target })),
  );
  const pairs = [...modes, ...chained]
    .filter(({ source, target }) => languageOf(source) !== languageOf(target))
    .map(({ source, target }) => [`${source} ${target}`, { source, target }] as const);
  return [...new Map(pairs).values()];
}

function best(modes: readonly ApertiumMode[], { source, target }: LanguagePair): ApertiumMode | undefined {
  const scored = modes.flatMap((mode) => {
    const [from, to] = [tagFit(mode.source, source), tagFit(mode.target, target)];
    return from === 0 || to === 0 ? [] : [{ mode, score: from + 4 * to }];
  });
  // Of equal ones the longer name: `eng-hbs_HR` is Croatian, `eng-hbs` any of three.
  return scored.toSorted((a, b) => b.score - a.score || b.mode.name.length - a.mode.name.length)[0]?.mode;
}
