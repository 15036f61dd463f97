import { identity } from './identity.ts';
import { canonicalTag, isoLetters, isSameLanguage, languageName } from './language-tags.ts';
import type { TranslationEngine } from './translation-engine.ts';
import type { LanguagePair, Translator } from './translator.ts';

export type TranslatorChoice =
  /** `reason`: a sentence or two, for the log and the result file of the job. */
  | { readonly kind: 'chosen'; readonly translator: Translator; readonly reason: string }
  /** The message lists what there is, and how to add what there is not. */
  | { readonly kind: 'none'; readonly message: string };

type Candidate = { readonly engine: TranslationEngine; readonly through: string | undefined };

/**
 * Which engine translates a pair. Of those that can:
 *
 * 1. none, where both tags are the same language;
 * 2. the one that the operator set;
 * 3. one that translates directly before one that goes by way of a third language;
 * 4. in the order of the list: the configured server, apertium.
 *
 * @param engines as the server lists them
 * @param preferred the name of an engine
 */
export async function chooseTranslator(
  engines: readonly TranslationEngine[],
  pair: LanguagePair,
  preferred?: string,
): Promise<TranslatorChoice> {
  if (isSameLanguage(pair.source, pair.target)) {
    const reason = `'${pair.source}' and '${pair.target}' are the same language: nothing is translated.`;
    return { kind: 'chosen', translator: identity(), reason };
  }
  const able: Candidate[] = [];
  for (const engine of engines) {
    if (await translates(engine, pair)) able.push({ engine, through: await engine.through(pair) });
  }
  const set = able.find(({ engine }) => engine.name === preferred);
  const direct = able.find(({ through }) => through === undefined);
  const chosen = set ?? direct ?? able[0];
  if (chosen === undefined) return { kind: 'none', message: await noneFor(engines, pair) };
  const model = await chosen.engine.modelFor(pair);
  const translator = { ...chosen.engine, ...(model !== undefined && { model }) };
  return { kind: 'chosen', translator, reason: reasonFor(chosen, able, chosen === set) };
}

/** What all engines translate, by source language: `en to ca, es; es to en`. '' where they translate nothing. */
export async function describePairs(engines: readonly TranslationEngine[]): Promise<string> {
  const targets = new Map<string, Set<string>>();
  let takesAny = false;
  for (const engine of engines) {
    const pairs = await engine.pairs();
    takesAny ||= pairs === 'any';
    for (const { source, target } of pairs === 'any' ? [] : pairs) {
      const known = targets.get(source) ?? new Set<string>();
      targets.set(source, known.add(target));
    }
  }
  if (takesAny) return 'any language that the server knows';
  const rows = [...targets].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return rows.map(([source, known]) => `${source} to ${[...known].toSorted().join(', ')}`).join('; ');
}

async function translates(engine: TranslationEngine, pair: LanguagePair): Promise<boolean> {
  if (canonicalTag(pair.source) === undefined || canonicalTag(pair.target) === undefined) return false;
  return (await engine.modelFor(pair)) !== undefined;
}

function reasonFor({ engine, through }: Candidate, able: readonly Candidate[], isSet: boolean): string {
  const way = through === undefined ? '' : ` It goes by way of ${languageName(through)}, which costs meaning.`;
  if (isSet) return `The operator set ${engine.name}.${way}`;
  if (able.length === 1) return `No other engine translates this pair.${way}`;
  return `It goes before the others that translate this pair.${way}`;
}

async function noneFor(engines: readonly TranslationEngine[], { source, target }: LanguagePair): Promise<string> {
  const pairs = (await describePairs(engines)) || 'nothing';
  const [from, to] = [isoLetters(source), isoLetters(target)];
  return (
    `No translation engine of this server translates '${source}' to '${target}'; it translates ${pairs}. ` +
    `The operator installs a pair of apertium (Debian, Ubuntu: a package named like apertium-${from}-${to} or ` +
    `apertium-${to}-${from}, where there is one; it serves at once), or sets SMARTJOBS_TRANSLATION_URL to a server ` +
    'that speaks POST /v1/chat/completions. A subtitle that is translated already needs no engine.'
  );
}
