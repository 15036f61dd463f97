import { join } from 'node:path';
import { assertNever } from '../base/assert-never.ts';
import type { AsrEngine, TimedWord } from '../engines/asr/asr-engine.ts';
import { chooseEngine } from '../engines/asr/choose-engine.ts';
import { decodeSpeech } from '../engines/media/decode-speech.ts';
import type { MediaTools } from '../engines/media/media-tools.ts';
import { probeMedia } from '../engines/media/probe.ts';
import type { SpeechSegment } from '../engines/vad/speech-segments.ts';
import { detectSpeech } from '../engines/vad/voice-activity.ts';
import { jobFailure, type JobFailureCode } from '../jobs/job-failure.ts';
import { clockText, type AsrParameters } from './asr-parameters.ts';
import { fetchFailure, type FetchInput } from './fetch-input.ts';
import type { PipelineRun } from './pipeline.ts';
import { segmentTranscript, type TranscriptSegment } from './segment-transcript.ts';
import type { Step, StepFailure, StepOutcome } from './steps.ts';

/** What the steps work with; the server composes it. */
export type AsrParts = {
  readonly fetchInput: FetchInput;
  readonly media: MediaTools;
  /** In order of preference: the first that supports a job's language runs it. */
  readonly engines: readonly AsrEngine[];
};

/** The value that the steps hand on; each adds what it found out. */
export type AsrWork = { readonly run: PipelineRun; readonly parts: AsrParts; readonly parameters: AsrParameters };
type Chosen = AsrWork & { readonly engine: AsrEngine };
type Fetched = Chosen & { readonly path: string };
/** In seconds; `expected` is what the container declares to be there, `maxSeconds` the bound on what is decoded. */
type Probed = Fetched & { readonly start: number; readonly expected: number; readonly maxSeconds: number };
type Decoded = Probed & { readonly wavPath: string; readonly seconds: number };
type Heard = Decoded & { readonly speech: readonly SpeechSegment[] };
type Recognized = Heard & { readonly words: readonly TimedWord[] };
export type Segmented = { readonly segments: readonly TranscriptSegment[] };

/** Seconds. Twelve hours are 1.4 GB of samples in the scratch folder; longer recordings are asked for in parts. */
const LONGEST_RANGE = 12 * 3600;

export const chooseTheEngine: Step<AsrWork, Chosen> = {
  name: 'Choosing the engine',
  weight: 0,
  async run(work) {
    const choice = chooseEngine(work.parts.engines, work.parameters.language);
    if (choice.kind === 'unsupported-language') return failed('UnsupportedLanguage', choice.message);
    work.run.log.info({ engine: choice.engine.name }, 'speech engine chosen');
    return done({ ...work, engine: choice.engine });
  },
};

export const fetchRecording: Step<Chosen, Fetched> = {
  name: 'Fetching the recording',
  weight: 5,
  async run(work) {
    const { job, scratch, signal } = work.run;
    const path = join(scratch, 'input');
    const outcome = await work.parts.fetchInput(job.account, job.inputFile, path, signal);
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
  weight: 6,
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
        return done({ ...work, wavPath, seconds: outcome.seconds });
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
    const { wavPath, seconds } = work;
    const { scratch, signal, log } = work.run;
    const outcome = await detectSpeech({ wavPath, seconds, scratch, signal, onProgress });
    if (outcome.kind === 'failed') {
      log.warn({ detail: outcome.detail }, 'voice activity detection failed');
      return failed('EngineFailed', `${outcome.message} RetrySmartJob runs the job again.`);
    }
    if (outcome.segments.length === 0) return noVoice(work);
    return done({ ...work, speech: outcome.segments });
  },
};

export const recognizeSpeech: Step<Heard, Recognized> = {
  name: 'Recognizing speech',
  weight: 84,
  async run(work, onProgress) {
    const { wavPath, speech, engine, parameters } = work;
    const { scratch, signal, log } = work.run;
    const { language } = parameters;
    const request = { wavPath, speech, scratch, signal, onProgress, ...(language !== undefined && { language }) };
    const outcome = await engine.recognize(request);
    switch (outcome.kind) {
      case 'recognized':
        return outcome.words.length === 0 ? noVoice(work) : done({ ...work, words: outcome.words });
      case 'unavailable':
        return failed('EngineUnavailable', outcome.message);
      case 'failed':
        log.warn({ engine: engine.name, detail: outcome.detail }, 'speech recognition failed');
        return failed('EngineFailed', outcome.message);
      default:
        return assertNever(outcome);
    }
  },
};

export const cutIntoSentences: Step<Recognized, Segmented> = {
  name: 'Cutting into sentences',
  weight: 1,
  async run({ words, start, seconds, parameters }) {
    const range = { from: start, to: start + seconds };
    return done({ segments: segmentTranscript(words, { ...parameters, range }) });
  },
};

function done<Out>(value: Out): StepOutcome<Out> {
  return { kind: 'done', value };
}

function failed(code: JobFailureCode, message: string): StepFailure {
  return { kind: 'failed', failure: jobFailure(code, message) };
}

function unreadable(reason: string): string {
  return `The input cannot be read. ${reason} Submit audio or video such as WAV, MP3, M4A, MP4, OGG, FLAC or WebM.`;
}

function noAudioTrack(): StepFailure {
  return failed('NoAudioTrack', 'The input has no audio track. Submit a recording that has one.');
}

function noVoice({ start, seconds }: Decoded): StepFailure {
  const range = `from ${clockText(start)} to ${clockText(start + seconds)}`;
  return failed('NoValidVocal', `No human voice was found in the recording (${range}). Nothing was recognized.`);
}

function startsBehindEnd(start: number, seconds: number | undefined): StepFailure {
  const end = seconds === undefined ? '' : `, which is ${clockText(seconds)} long`;
  const message = `StartTime ${clockText(start)} lies behind the end of the recording${end}. Submit an earlier one.`;
  return failed('NoValidVocal', message);
}
