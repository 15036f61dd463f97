import { apertium } from '../engines/translation/apertium/apertium.ts';
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
