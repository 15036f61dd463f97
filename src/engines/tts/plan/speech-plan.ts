/** What is given to an engine, in order: words, or syllables of Mandarin with their tones. */
export type SpokenPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'pinyin'; readonly syllables: readonly string[]; readonly text: string };

/** Seconds of silence behind a chunk. */
export type Pause = {
  readonly seconds: number;
  /** From a `<break>`: as long as it says. Otherwise it becomes shorter and longer with the speech. */
  readonly exact: boolean;
};

/** What one voice says in one breath: a sentence or a part of one, in one language. */
export type SpeechChunk = {
  /** The number of its sentence, from 0; several chunks may have the same. */
  readonly sentence: number;
  /** As the caller wrote it, for the result. */
  readonly content: string;
  /** As it is spoken: numbers and signs in words. */
  readonly spoken: readonly SpokenPiece[];
  /** Primary tag: `en`, `zh`. */
  readonly language: string;
  readonly after: Pause;
};

/**
 * A text cut into chunks. The same text gives the same plan always and everywhere, so that a chunk which was spoken
 * before a crash needs not be spoken again.
 */
export type SpeechPlan = {
  /** Seconds of silence before the first chunk. */
  readonly lead: number;
  readonly chunks: readonly SpeechChunk[];
};

export type SpeechFaultCode = 'TextTooLong' | 'NothingToSay' | 'InvalidSsml' | 'UnsupportedSsml';

/** Why a text cannot be spoken; the message is for the caller and names line and column where there is one. */
export type SpeechFault = { readonly kind: 'refused'; readonly code: SpeechFaultCode; readonly message: string };

/** What of SSML is beyond words; each has to be asked for by whoever can do it. */
export type SpeechAbility = 'effect' | 'bgm' | 'emotion' | 'soundEvent';
