import { join } from 'node:path';
import { assertNever } from '../base/assert-never.ts';
import { decodeSpeech } from '../engines/media/decode-speech.ts';
import { probeMedia } from '../engines/media/probe.ts';
import type { SpeechSegment } from '../engines/vad/speech-segments.ts';
import { detectSpeech } from '../engines/vad/voice-activity.ts';
import { clockText } from './asr-parameters.ts';
import type { Chosen, Decoded, Fetched, Heard, Probed } from './asr-work.ts';
import { fetchFailure } from './fetch-input.ts';
import { fileFingerprint } from './fingerprint.ts';
import { noVoice } from './no-voice.ts';
import type { PipelineRun } from './pipeline.ts';
import { remembered } from './remembered.ts';
import { done, failed } from './step-outcomes.ts';
import type { Step, StepFailure, StepOutcome } from './steps.ts';

/* From what was submitted to where somebody speaks in it. */

/** Seconds. Twelve hours are 1.4 GB of samples in the scratch folder; longer recordings are asked for in parts. */
const LONGEST_RANGE = 12 * 3600;

export const fetchRecording: Step<Chosen, Fetched> = {
  name: 'Fetching the recording',
  weight: 2,
  async run(work, onProgress) {
    const { job, scratch, signal } = work.run;
    const path = join(scratch, 'input');
    const wishes = { wanted: 'sound', onProgress } as const;
    const outcome = await work.parts.fetchInput(job.account, job.inputFile, path, signal, wishes);
    return outcome.kind === 'fetched' ? done({ ...work, path }) : fetchFailure(outcome);
  },
};

export const probeRecording: Step<Fetched, Probed> = {
  name: 'Reading the format',
  weight: 1,
  async run(work) {
    const { start, duration } = work.parameters;
    const outcome = await probeMedia(work.path, work.parts.media, work.run);
    if (outcome.kind === 'unavailable') return failed('EngineUnavailable', outcome.message);
    if (outcome.kind === 'unreadable') return failed('InputFileUnreadable', unreadable(outcome.reason));
    if (outcome.kind === 'too-large')
      return failed('InputFileTooLarge', `The input is not read. ${outcome.reason}`);
    if (!outcome.hasAudio) return noAudioTrack();
    if (outcome.seconds !== undefined && start >= outcome.seconds) return startsBehindEnd(start, outcome.seconds);
    const left = outcome.seconds === undefined ? LONGEST_RANGE : outcome.seconds - start;
    const expected = Math.min(duration ?? Infinity, left);
    if (expected > LONGEST_RANGE) {
      return failed('InputFileTooLarge', 'At most 12 hours are recognized at once: set StartTime and Duration.');
    }
    return done({ ...work, start, expected, maxSeconds: Math.min(duration ?? Infinity, LONGEST_RANGE) });
  },
};

export const decodeAudio: Step<Probed, Decoded> = {
  name: 'Decoding the audio',
  weight: 2,
  async run(work, onProgress) {
    const { path, start, expected, maxSeconds } = work;
    const { scratch, signal } = work.run;
    const wavPath = join(scratch, 'speech.wav');
    const outcome = await decodeSpeech(
      {
        ...{ path, wavPath, start, expected, maxSeconds, scratch, signal },
        onProgress: (seconds) => onProgress(seconds / expected),
      },
      work.parts.media,
    );
    switch (outcome.kind) {
      case 'decoded':
        return done({ ...work, wavPath, seconds: outcome.seconds, audio: await fileFingerprint(wavPath) });
      case 'no-audio':
        return noAudioTrack();
      case 'empty-range':
        return startsBehindEnd(start, undefined);
      case 'unreadable':
        return failed('InputFileUnreadable', unreadable(outcome.reason));
      case 'unavailable':
        return failed('EngineUnavailable', outcome.message);
      default:
        return assertNever(outcome);
    }
  },
};

export const findSpeech: Step<Decoded, Heard> = {
  name: 'Finding speech',
  weight: 3,
  async run(work, onProgress) {
    const outcome = await speechIn(work.run, work, onProgress);
    if (outcome.kind === 'failed') return outcome;
    if (outcome.value.length === 0) return noVoice(work);
    return done({ ...work, speech: outcome.value });
  },
};

/** Where somebody speaks, from the checkpoint or found now. Empty where nobody does. */
export async function speechIn(
  run: PipelineRun,
  { wavPath, seconds, audio }: Pick<Decoded, 'wavPath' | 'seconds' | 'audio'>,
  onProgress: (fraction: number) => void,
): Promise<StepOutcome<readonly SpeechSegment[]>> {
  const { scratch, signal, log } = run;
  const outcome = await remembered(
    run,
    `speech ${audio}`,
    () => detectSpeech({ wavPath, seconds, scratch, signal, onProgress }),
    ({ kind }) => kind === 'detected',
  );
  if (outcome.kind === 'detected') return done(outcome.segments);
  log.warn({ detail: outcome.detail }, 'voice activity detection failed');
  return failed('EngineFailed', `${outcome.message} RetrySmartJob runs the job again.`);
}

function unreadable(reason: string): string {
  return `The input cannot be read. ${reason} Submit audio or video such as WAV, MP3, M4A, MP4, OGG, FLAC or WebM.`;
}

function noAudioTrack(): StepFailure {
  return failed('NoAudioTrack', 'The input has no audio track. Submit a recording that has one.');
}

function startsBehindEnd(start: number, seconds: number | undefined): StepFailure {
  const end = seconds === undefined ? '' : `, which is ${clockText(seconds)} long`;
  const message = `StartTime ${clockText(start)} lies behind the end of the recording${end}. Submit an earlier one.`;
  return failed('NoValidVocal', message);
}
