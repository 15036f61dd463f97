import type { AsrEngine } from '../engines/asr/asr-engine.ts';
import { openAiHttp } from '../engines/asr/openai-http.ts';
import { pocketSphinx } from '../engines/asr/pocketsphinx.ts';
import type { Settings } from './settings.ts';

/** The speech engines in order of preference: the configured server first, then what works out of the box. */
export function asrEngines({ asr }: Pick<Settings, 'asr'>): AsrEngine[] {
  const builtIn = pocketSphinx();
  if (asr === undefined) return [builtIn];
  const { url, model, apiKey } = asr;
  return [openAiHttp({ baseUrl: url, model, ...(apiKey === '' ? {} : { apiKey }) }), builtIn];
}
