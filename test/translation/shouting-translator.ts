import type { TranslationEngine } from '../../src/engines/translation/translation-engine.ts';

/** Into any language, which is `es: LOUD`. @param silentOn lines that it does not translate */
export function shoutingTranslator({ silentOn = /^$/ } = {}): TranslationEngine {
  return {
    name: 'shouting',
    pairs: async () => 'any',
    modelFor: async () => 'loud',
    through: async () => undefined,
    availability: async () => ({ kind: 'ready', version: '1', detail: '' }),
    translate: async ({ lines, target }) => ({
      kind: 'translated',
      lines: lines.map((line) =>
        silentOn.test(line)
          ? { kind: 'untranslated', reason: 'The translator was tired.' }
          : { kind: 'translated', text: `${target}: ${line.toUpperCase()}` },
      ),
    }),
  };
}
