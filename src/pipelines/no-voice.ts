import { clockText } from './asr-parameters.ts';
import type { Decoded } from './asr-work.ts';
import { failed } from './step-outcomes.ts';
import type { StepFailure } from './steps.ts';

/** Where there is no voice there are no words, and the job says so. */
export function noVoice({ start, seconds }: Pick<Decoded, 'start' | 'seconds'>): StepFailure {
  const range = `from ${clockText(start)} to ${clockText(start + seconds)}`;
  return failed('NoValidVocal', `No human voice was found in the recording (${range}). Nothing was recognized.`);
}
