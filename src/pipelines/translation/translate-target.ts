import { done } from '../step-outcomes.ts';
import type { Step } from '../steps.ts';
import { translateLines } from './translate-lines.ts';
import type { TranslationTarget } from './translation-settings.ts';
import { isMade, type Translating } from './translation-work.ts';

/** The lines of the source in one of the target languages. */
export function translateInto(target: TranslationTarget): Step<Translating, Translating> {
  return {
    name: `Translating into ${target.language}`,
    weight: 1,
    async run(work, onProgress) {
      if (isMade(work, target)) return done(work);
      const outcome = await translateLines(work, target.language, onProgress);
      if (outcome.kind === 'failed') return outcome;
      return done({ ...work, current: { target, ...outcome.value } });
    },
  };
}
