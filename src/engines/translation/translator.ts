/** How a term has to be translated, and where it must stay as it is. */
export type GlossaryTerm = { readonly source: string; readonly target: string };

/** Languages as BCP 47 has them, `zh`, `en`, `pt-BR`; regions count only where a translator tells them apart. */
export type LanguagePair = { readonly source: string; readonly target: string };

export type TranslationRequest = LanguagePair & {
  /** In the order in which they are said: a line is understood from its neighbours. None is empty. */
  readonly lines: readonly string[];
  /** What is said before the first line and after the last, for those that look at it; not to be translated. */
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  readonly glossary: readonly GlossaryTerm[];
  /** A folder for files that it needs on the way. */
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
};

/** A line that cannot be translated does not take the others with it. `reason` is for the caller. */
export type LineTranslation =
  | { readonly kind: 'translated'; readonly text: string }
  | { readonly kind: 'untranslated'; readonly reason: string };

export type TranslationOutcome =
  /** As many as there were lines. */
  | { readonly kind: 'translated'; readonly lines: readonly LineTranslation[] }
  /** The engine takes none of these lines, as where they are too long for it: it is the lines, or all it is asked. */
  | { readonly kind: 'refused'; readonly message: string; readonly detail: string }
  /** The engine or the pair is not there; the message names the remedy. */
  | { readonly kind: 'unavailable'; readonly message: string }
  /** `detail` is for the log. */
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

/** A line that takes too long to say, and how many characters it may have. */
export type ShorterRequest = LanguagePair & {
  readonly line: string;
  readonly translation: string;
  readonly maxCharacters: number;
  readonly glossary: readonly GlossaryTerm[];
  readonly signal: AbortSignal;
};

/** How many lines on either side of a line anybody looks at in order to understand it. */
export const NEIGHBOURS = 4;

/** Turns lines of one language into lines of another. */
export type Translator = {
  /** As it stands in the details of jobs: `apertium`, `http`. */
  readonly name: string;
  readonly model?: string;
  /** What it translates now; `'any'` where it cannot be known beforehand. */
  pairs(): Promise<readonly LanguagePair[] | 'any'>;
  /** Throws the signal's reason when aborted. */
  translate(request: TranslationRequest): Promise<TranslationOutcome>;
  /** Absent: it has one translation for a line. @returns undefined where it has no shorter one */
  shorten?(request: ShorterRequest): Promise<string | undefined>;
};
