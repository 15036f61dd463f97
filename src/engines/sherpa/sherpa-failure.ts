import { assertNever } from '../../base/assert-never.ts';
import type { InstalledModel } from '../models/model.ts';
import type { SherpaOutcome } from './sherpa-request.ts';

export type SherpaFailure =
  | { readonly kind: 'unavailable'; readonly message: string; readonly detail: string }
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

/**
 * What the failure of a request means for a job. An abort is no outcome of a job: it throws the signal's reason.
 */
export function sherpaFailure(
  outcome: Exclude<SherpaOutcome, { kind: 'answered' }>,
  { name }: Pick<InstalledModel, 'name'>,
  signal: AbortSignal,
): SherpaFailure {
  const again = 'RetrySmartJob runs the job again.';
  switch (outcome.kind) {
    case 'aborted':
      throw signal.reason;
    case 'not-loaded':
      return {
        kind: 'unavailable',
        message: `The model ${name} cannot be loaded. ${modelRemedy(name)}`,
        detail: outcome.detail,
      };
    case 'refused':
      return { kind: 'failed', message: `The model ${name} refused the recording.`, detail: outcome.detail };
    case 'crashed':
      return { kind: 'failed', message: `The model ${name} ended unexpectedly. ${again}`, detail: outcome.detail };
    case 'timed-out': {
      const message = `The model ${name} gave no answer in ${outcome.seconds} seconds. ${again}`;
      return { kind: 'failed', message, detail: 'timed out' };
    }
    default:
      return assertNever(outcome);
  }
}

/** What to do about a model that does not load. */
export function modelRemedy(name: string): string {
  return `Check its files with 'smartjobs models verify ${name}'; 'smartjobs models pull ${name}' brings it anew.`;
}
