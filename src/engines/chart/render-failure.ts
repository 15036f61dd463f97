import { assertNever } from '../../base/assert-never.ts';
import type { ProgramOutcome } from '../run-program.ts';

/** Why there is no video. */
export type RenderFailure =
  /** `reason`: a sentence about what the caller gave (the background image). */
  | { readonly kind: 'unusable'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly message: string };

const ENDED = 'It was ended.';

/** @param what failed, the beginning of a sentence */
export function programFailure(outcome: ProgramOutcome, what: string): RenderFailure {
  switch (outcome.kind) {
    case 'exited':
      return { kind: 'failed', reason: `${what} (exit code ${outcome.code}).` };
    case 'crashed':
      return { kind: 'failed', reason: `${what}: its process crashed (${outcome.signal}).` };
    case 'timed-out':
      return { kind: 'failed', reason: `${what} in ${Math.round(outcome.seconds)} seconds.` };
    case 'aborted':
      return { kind: 'failed', reason: ENDED };
    case 'not-found':
      return { kind: 'unavailable', message: `${outcome.program} cannot be run.` };
    default:
      return assertNever(outcome);
  }
}

/** The one of several processes that failed says more than those that were ended for it. */
export function firstCause(failures: readonly RenderFailure[]): RenderFailure | undefined {
  return failures.find((failure) => failure.kind !== 'failed' || failure.reason !== ENDED) ?? failures[0];
}
