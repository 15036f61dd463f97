import type { EngineAvailability } from '../engine-availability.ts';
import type { InstalledModel } from '../models/model.ts';
import type { SpeechSegment } from '../vad/speech-segments.ts';

/**
 * A word, or for scripts without spaces a character or two, with the punctuation that follows it.
 * `from` and `to` are seconds of the WAV, `to` not before `from`.
 */
export type TimedWord = {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** 0 to 1, how sure the engine is; absent where it does not say. */
  readonly confidence?: number;
};

/** A word or phrase that the recording is likely to hold. */
export type Hotword = {
  readonly text: string;
  /** 1 (a hint) to 5 (take it wherever it may be meant). */
  readonly weight: number;
};

export type AsrRequest = {
  /** A WAV of decode-speech.ts. */
  readonly wavPath: string;
  /** Where somebody speaks; in order, at least one. Nothing else is looked at. */
  readonly speech: readonly SpeechSegment[];
  /** BCP 47, such as `en` or `zh-CN`; absent = the engine finds out, or takes its own. */
  readonly language?: string;
  /** Only given to engines that take them. */
  readonly hotwords?: readonly Hotword[];
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** 0 to 1, of the speech that is done. */
  readonly onProgress: (fraction: number) => void;
};

export type AsrOutcome =
  /** In order of time; empty where there was a voice but no words. `language`: what was spoken, where it is known. */
  | { readonly kind: 'recognized'; readonly words: readonly TimedWord[]; readonly language?: string }
  /** The engine is not there; the message names the remedy. */
  | { readonly kind: 'unavailable'; readonly message: string }
  /** The engine gave up on this recording. `detail` is for the log and may name local paths. */
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

/** The port of the speech recognizers. */
export type AsrEngine = {
  readonly name: string;
  /** The installed model that it recognizes with; absent = it brings its own. */
  readonly model?: InstalledModel;
  /** Whether it listens for words that the caller expects. */
  readonly takesHotwords: boolean;
  /** Whether the engine takes jobs in this language; undefined = a job that names none. */
  supports(language: string | undefined): boolean;
  /** Throws the signal's reason when aborted. */
  recognize(request: AsrRequest): Promise<AsrOutcome>;
  /** For the doctor. `scratch` is a folder that may be written to. */
  availability(scratch: string): Promise<EngineAvailability>;
};
