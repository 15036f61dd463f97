import { join } from 'node:path';
import { assertNever } from '../../base/assert-never.ts';
import { decodeSpeech, type DecodeOutcome } from '../../engines/media/decode-speech.ts';
import { speechIn } from '../asr-input-steps.ts';
import { fileFingerprint } from '../fingerprint.ts';
import { done, failed } from '../step-outcomes.ts';
import type { Step, StepFailure } from '../steps.ts';
import { runOfStep } from './step-checkpoints.ts';
import type { Listened, Probed } from './translation-work.ts';

/** Seconds that are heard, or whose pictures are read. Twelve hours are 1.4 GB of samples in the scratch folder. */
const LONGEST = 12 * 3600;
/** Of the step; finding speech is the rest. */
const DECODING = 0.4;

/** Where somebody speaks: recognized there, or spoken over. Nothing where only text is translated. */
export const hearSource: Step<Probed, Listened> = {
  name: 'Finding speech',
  weight: 3,
  async run(work, onProgress) {
    const { mediaPath, probed, settings, run, parts } = work;
    const { level, textSource, detext, input } = settings;
    const needed = level === 'speech' || (textSource !== 'SubtitleFile' && textSource !== 'OCR');
    const declared = probed?.seconds;
    const isRead = input.type === 'Video' && (textSource === 'OCR' || detext === 'Auto');
    if ((needed || isRead) && declared !== undefined && declared > LONGEST) {
      return failed('InputFileTooLarge', 'At most 12 hours are translated at once.');
    }
    if (!needed || mediaPath === undefined || probed?.audio === undefined) {
      return done({ ...work, sound: undefined, seconds: declared ?? 0 });
    }
    const expected = declared ?? LONGEST;
    const wavPath = join(run.scratch, 'speech.wav');
    const { scratch, signal } = run;
    const outcome = await decodeSpeech(
      {
        ...{ path: mediaPath, wavPath, start: 0, expected, maxSeconds: LONGEST, scratch, signal },
        onProgress: (seconds) => onProgress((DECODING * seconds) / expected),
      },
      parts.media,
    );
    if (outcome.kind === 'no-audio' || outcome.kind === 'empty-range')
      return done({ ...work, sound: undefined, seconds: declared ?? 0 });
    if (outcome.kind !== 'decoded') return decodeFailure(outcome);
    const sound = { wavPath, seconds: outcome.seconds, audio: await fileFingerprint(wavPath) };
    const found = await speechIn(runOfStep(run, 'extract'), sound, (fraction) =>
      onProgress(DECODING + (1 - DECODING) * fraction),
    );
    if (found.kind === 'failed') return found;
    const seconds = declared ?? sound.seconds;
    return done({ ...work, seconds, sound: { ...sound, speech: found.value } });
  },
};

type Unreadable = Exclude<DecodeOutcome, { kind: 'decoded' | 'no-audio' | 'empty-range' }>;

function decodeFailure(outcome: Unreadable): StepFailure {
  switch (outcome.kind) {
    case 'unreadable':
      return failed('InputFileUnreadable', `The sound of the input cannot be read. ${outcome.reason}`);
    case 'unavailable':
      return failed('EngineUnavailable', outcome.message);
    default:
      return assertNever(outcome);
  }
}
