import type { EngineAvailability } from '../engine-availability.ts';

/** A word of a picture. Pixels of the picture, from its top left corner. */
export type ReadWord = {
  readonly text: string;
  /** 0 to 1, as the engine believes. */
  readonly confidence: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

/** A row of text, its words in reading order. */
export type ReadRow = { readonly words: readonly ReadWord[] };

export type ReadRequest = {
  /** PGM files (8 bit grey, dark text on white) in the scratch folder, by name. Each holds one block of text. */
  readonly pictures: readonly string[];
  /** BCP 47, `zh`, `zh-Hant`, `en`, `pt-BR`. */
  readonly language: string;
  readonly scratch: string;
  readonly signal: AbortSignal;
};

export type ReadOutcome =
  /** For each picture its rows, from above; none where there is no text. */
  | { readonly kind: 'read'; readonly pictures: readonly (readonly ReadRow[])[] }
  /** The engine or the language is not there; the message names the remedy. */
  | { readonly kind: 'unavailable'; readonly message: string }
  /** `detail` is for the log. */
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

/** The port of what reads text in pictures (OCR). */
export type TextReader = {
  readonly name: string;
  /** Undefined where pictures in this language can be read, else one sentence that names the remedy. */
  obstacle(language: string): Promise<string | undefined>;
  /** Throws the signal's reason when aborted. */
  read(request: ReadRequest): Promise<ReadOutcome>;
  /** For the doctor. `scratch` is a folder that may be written to. */
  availability(scratch: string): Promise<EngineAvailability>;
};
