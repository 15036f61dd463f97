import { apertium } from '../engines/translation/apertium/apertium.ts';
import { chooseTranslator } from '../engines/translation/choose-translator.ts';
import type { LanguagePair } from '../engines/translation/translator.ts';
import type { TranslationEngine } from '../engines/translation/translation-engine.ts';
import type { Settings } from './settings.ts';

/**
 * What translates, as chooseTranslator wants it: the configured server first, then apertium, which looks up its pairs
 * at each job. Beside it stands what the operator prefers, `settings.translationEngine`.
 */
export async function translationEngines({
  translation,
}: Pick<Settings, 'translation'>): Promise<readonly TranslationEngine[]> {
  if (translation === undefined) return [apertium()];
  const { url: baseUrl, model, apiKey } = translation;
  // Loaded where it is configured: its HTTP client takes long to load.
  const { chatTranslator } = await import('../engines/translation/chat/chat-translator.ts');
  return [chatTranslator({ baseUrl, model, ...(apiKey !== '' && { apiKey }) }), apertium()];
}

/** Why a pair is not translated here, and the remedy; undefined where it is. */
export async function pairRefusal(
  pair: LanguagePair,
  engines: readonly TranslationEngine[],
  { translationEngine }: Pick<Settings, 'translationEngine'>,
): Promise<string | undefined> {
  const choice = await chooseTranslator(engines, pair, translationEngine);
  return choice.kind === 'none' ? choice.message : undefined;
}
