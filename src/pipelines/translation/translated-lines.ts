import type { GlossaryTerm, Translator } from '../../engines/translation/translator.ts';
import type { TranslatedLine } from './translation-result.ts';

/** Lines in the other language, and what to tell of those that could not be translated. */
export type TranslatedLines = {
  readonly lines: readonly TranslatedLine[];
  /** Its name; undefined where the caller brought the translation. */
  readonly translator: string | undefined;
  /** Why it and no other one, and whether it goes by way of a third language: one sentence or two. */
  readonly translatorReason?: string;
  /** How terms had to be translated. */
  readonly glossary: readonly GlossaryTerm[];
  readonly warnings: readonly string[];
  /** Makes a line shorter; absent where the translator cannot. */
  readonly shorten?: NonNullable<Translator['shorten']>;
};
