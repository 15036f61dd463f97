import type { JobId } from './job-id.ts';

/**
 * What makes a submit one that can be repeated: a caller that got no answer sends it again, and gets the job of the
 * first one. It lasts as long as the job is there, and `keepMs` at most.
 */
export type SubmitToken = {
  /** Of the account: the same text of another account is another token. */
  readonly token: string;
  /** Stands for everything that was submitted. */
  readonly fingerprint: string;
  /** Milliseconds from the first submit on. */
  readonly keepMs: number;
};

/** A token that came before. */
export type TokenOutcome =
  /** With the same submit, which made this job. */
  | { readonly kind: 'repeated'; readonly jobId: JobId }
  /** With another one. */
  | { readonly kind: 'token-used' };
