import { apertium } from '../engines/translation/apertium/apertium.ts';
import type { TranslationEngine } from '../engines/translation/translation-engine.ts';

/** What translates at the moment, as chooseTranslator wants them: the configured server first, then apertium. */
export async function translationEngines(): Promise<readonly TranslationEngine[]> {
  return await Promise.resolve([apertium()]);
}
