import type { EngineAvailability } from '../engine-availability.ts';

/** A stretch in which one person speaks, in seconds of the WAV; `to` is greater than `from`. */
export type SpeakerTurn = {
  readonly from: number;
  readonly to: number;
  /** 0, 1, 2, … in the order in which they are first heard. */
  readonly speaker: number;
};

export type DiarizationRequest = {
  /** A WAV of decode-speech.ts. */
  readonly wavPath: string;
  /** Its length in seconds. */
  readonly seconds: number;
  /** How many people speak, 1 or more; absent = the diarizer finds out. */
  readonly speakers?: number;
  readonly signal: AbortSignal;
  /** 0 to 1. */
  readonly onProgress: (fraction: number) => void;
};

export type DiarizationOutcome =
  /** In order of `from`; turns of different speakers may overlap. Empty where nobody was heard. */
  | { readonly kind: 'diarized'; readonly turns: readonly SpeakerTurn[] }
  /** Longer than fits into memory; the message says how long it may be. */
  | { readonly kind: 'too-long'; readonly message: string }
  /** The models are not there or do not load; the message names the remedy. */
  | { readonly kind: 'unavailable'; readonly message: string }
  /** `detail` is for the log and may name local paths. */
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

/** The port of what tells the speakers of a recording apart. Who they are it does not know. */
export type SpeakerDiarizer = {
  readonly name: string;
  /** Seconds of recording at most: the whole of it is held in memory at once. */
  readonly longest: number;
  /** Throws the signal's reason when aborted. */
  diarize(request: DiarizationRequest): Promise<DiarizationOutcome>;
  /** For the doctor: whether the models load. */
  availability(): Promise<EngineAvailability>;
};
