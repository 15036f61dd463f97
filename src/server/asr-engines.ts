import type { AsrEngine } from '../engines/asr/asr-engine.ts';
import { pocketSphinx } from '../engines/asr/pocketsphinx.ts';
import type { Settings } from './settings.ts';

/** The speech engines in order of preference: the configured server first, then what works out of the box. */
export async function asrEngines({ asr }: Pick<Settings, 'asr'>): Promise<AsrEngine[]> {
  const builtIn = pocketSphinx();
  if (asr === undefined) return [builtIn];
  const { url, model, apiKey, maxUploadBytes } = asr;
  // Loaded where it is configured: its HTTP client takes long to load.
  const { openAiHttp } = await import('../engines/asr/openai-http.ts');
  return [openAiHttp({ baseUrl: url, model, maxUploadBytes, ...(apiKey === '' ? {} : { apiKey }) }), builtIn];
}
