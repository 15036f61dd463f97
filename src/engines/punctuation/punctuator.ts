import type { TimedWord } from '../asr/asr-engine.ts';
import type { EngineAvailability } from '../engine-availability.ts';

export type PunctuationOutcome =
  /** The same words with their times, each with the marks that follow it. */
  | { readonly kind: 'punctuated'; readonly words: readonly TimedWord[] }
  /** The model is not there or does not load; the message names the remedy. */
  | { readonly kind: 'unavailable'; readonly message: string }
  /** `detail` is for the log and may name local paths. The bare words are still good. */
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

/** The port of what puts commas and full stops into words that a recognizer gave bare. */
export type Punctuator = {
  readonly name: string;
  /** Whether it knows how this language (BCP 47) is punctuated; never where it is not known. */
  supports(language: string | undefined): boolean;
  /** Throws the signal's reason when aborted. */
  punctuate(words: readonly TimedWord[], signal: AbortSignal): Promise<PunctuationOutcome>;
  /** For the doctor: whether the model loads. */
  availability(): Promise<EngineAvailability>;
};
