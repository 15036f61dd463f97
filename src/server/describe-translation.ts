import type { TranslationEngine } from '../engines/translation/translation-engine.ts';

/** For the start-up text: what translates, and how many pairs of languages, or what to install. */
export async function describeTranslation(engines: readonly TranslationEngine[], scratch: string): Promise<string> {
  const ready: string[] = [];
  const missing: string[] = [];
  for (const engine of engines) {
    const found = await engine.availability(scratch);
    if (found.kind === 'ready') ready.push(`${engine.name} (${await extentOf(engine)})`);
    else missing.push(`${engine.name}: ${found.reason} ${found.remedy}`);
  }
  return ready.length > 0 ? ready.join(', ') : missing.join('; ');
}

async function extentOf(engine: TranslationEngine): Promise<string> {
  const known = await engine.pairs();
  if (known === 'any') return engine.model ?? 'any pair of languages';
  return `${known.length} ${known.length === 1 ? 'pair' : 'pairs'} of languages`;
}
