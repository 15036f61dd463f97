/** One file of the corpus, and what a job of speech recognition must come to with it. */
export type HostileFile = {
  readonly name: string;
  /** Its key in the bucket, which says something else than the content wherever it can. */
  readonly key: string;
  readonly content: Buffer;
  readonly code: string;
};

/** What must not be reached. */
export type Places = {
  /** A recording of speech outside of every job's folder. */
  readonly recording: string;
  /** A base URL that somebody listens on. */
  readonly address: string;
};
