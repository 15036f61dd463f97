import type { EngineAvailability } from '../engine-availability.ts';
import type { SpeechSegment } from '../vad/speech-segments.ts';

export type LanguageRequest = {
  /** A WAV of decode-speech.ts. */
  readonly wavPath: string;
  /** Where somebody speaks; in order, at least one. The first half minute of it is listened to. */
  readonly speech: readonly SpeechSegment[];
  readonly signal: AbortSignal;
};

export type LanguageOutcome =
  /** A BCP 47 primary tag such as `en`, `zh`, `yue`. */
  | { readonly kind: 'identified'; readonly language: string }
  /** The model is not there or does not load; the message names the remedy. */
  | { readonly kind: 'unavailable'; readonly message: string }
  /** `detail` is for the log and may name local paths. */
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

/** The port of what hears which language is spoken. */
export type LanguageIdentifier = {
  readonly name: string;
  /** Throws the signal's reason when aborted. */
  identify(request: LanguageRequest): Promise<LanguageOutcome>;
  /** For the doctor: whether the model loads. */
  availability(): Promise<EngineAvailability>;
};
