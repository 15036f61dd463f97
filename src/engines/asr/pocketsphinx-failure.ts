import { MIB } from '../program-limits.ts';
import type { ProgramOutcome } from '../run-program.ts';
import { speechSeconds, type SpeechSegment } from '../vad/speech-segments.ts';
import type { AsrOutcome } from './asr-engine.ts';
import { POCKETSPHINX_REMEDY } from './pocketsphinx-model.ts';

/** Measured below 150 MiB with the en-us model; its result is a line for each segment. */
export const POCKETSPHINX_LIMITS = { memory: 2048 * MIB, fileSize: 64 * MIB } as const;

/** Seconds a run may take: measured 0.25 a second and 1 for the model, with room for a slow and busy machine. */
export function pocketSphinxTimeLimit(speech: readonly SpeechSegment[]): number {
  return 120 + 5 * speechSeconds(speech);
}

/** The outcome of a run that did not end well. */
export function pocketSphinxFailure(outcome: ProgramOutcome): AsrOutcome {
  if (outcome.kind === 'not-found') {
    return { kind: 'unavailable', message: `PocketSphinx cannot be run. ${POCKETSPHINX_REMEDY}` };
  }
  const detail = 'stderr' in outcome ? outcome.stderr : outcome.kind;
  if (outcome.kind === 'exited' && detail.includes('decoder init failed')) {
    return { kind: 'unavailable', message: `PocketSphinx cannot load its en-us model. ${POCKETSPHINX_REMEDY}` };
  }
  const how = outcome.kind === 'timed-out' ? `gave no answer in ${outcome.seconds} seconds` : 'ended unexpectedly';
  return { kind: 'failed', message: `PocketSphinx ${how} on this recording.`, detail };
}
