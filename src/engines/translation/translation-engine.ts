import type { EngineAvailability } from '../engine-availability.ts';
import type { LanguagePair, Translator } from './translator.ts';

/** A translator as the server lists it. */
export type TranslationEngine = Translator & {
  /** What exactly translates a pair, for the details of jobs: `eng-spa`, or `eng-spa, spa-cat` by way of Spanish. */
  modelFor(pair: LanguagePair): Promise<string | undefined>;
  /** Another language that the pair is translated through, and that costs meaning. Undefined = none. */
  through(pair: LanguagePair): Promise<string | undefined>;
  availability(scratch: string): Promise<EngineAvailability>;
};
