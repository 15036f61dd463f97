import type { AsrEngine, Hotword, TimedWord } from '../engines/asr/asr-engine.ts';
import type { SpeakerDiarizer, SpeakerTurn } from '../engines/diarization/speaker-diarizer.ts';
import type { LanguageIdentifier } from '../engines/language-id/language-identifier.ts';
import type { MediaTools } from '../engines/media/media-tools.ts';
import type { Punctuator } from '../engines/punctuation/punctuator.ts';
import type { SpeechSegment } from '../engines/vad/speech-segments.ts';
import type { HotwordLibraries } from '../jobs/hotword-libraries.ts';
import type { ResultFiles } from '../objects/result-files.ts';
import type { AsrParameters } from './asr-parameters.ts';
import type { FetchInput } from './fetch-input.ts';
import type { PipelineRun } from './pipeline.ts';
import type { Sentence } from './segment-transcript.ts';

/** What the steps work with; the server composes it. What is absent is not there on this machine. */
export type AsrParts = {
  readonly fetchInput: FetchInput;
  readonly media: MediaTools;
  /** As chooseEngine wants them. */
  readonly engines: readonly AsrEngine[];
  /** The name of the engine or model that the operator set. */
  readonly preferred?: string;
  /** Absent: jobs that name a library are run as if it were deleted. */
  readonly hotwords?: Pick<HotwordLibraries, 'get'>;
  readonly languages?: LanguageIdentifier;
  readonly punctuator?: Punctuator;
  readonly diarizer?: SpeakerDiarizer;
  /** Absent: jobs have no result files. */
  readonly resultFiles?: Pick<ResultFiles, 'write' | 'remove'>;
  /** Seconds of speech that are recognized at once. Default: two minutes. */
  readonly groupSeconds?: number;
};

/* The values that the steps hand on; each adds what it found out. All times are seconds. */

export type AsrWork = { readonly run: PipelineRun; readonly parts: AsrParts; readonly parameters: AsrParameters };

export type Chosen = AsrWork & {
  readonly engine: AsrEngine;
  /** Why this one, in a sentence. */
  readonly engineReason: string;
  /** BCP 47: as submitted, else as it was heard; undefined = not known. */
  readonly language: string | undefined;
  /** Empty where the job has none. */
  readonly hotwords: readonly Hotword[];
};

export type Fetched = Chosen & { readonly path: string };

/** `expected` is what the container declares to be there, `maxSeconds` the bound on what is decoded. */
export type Probed = Fetched & { readonly start: number; readonly expected: number; readonly maxSeconds: number };

export type Decoded = Probed & {
  readonly wavPath: string;
  readonly seconds: number;
  /** Stands for the samples in the names of checkpoints. */
  readonly audio: string;
};

export type Heard = Decoded & { readonly speech: readonly SpeechSegment[] };

/** Empty where nobody asked who speaks. */
export type Told = Heard & { readonly turns: readonly SpeakerTurn[] };

export type Recognized = Told & { readonly words: readonly TimedWord[] };

export type Segmented = Recognized & { readonly sentences: readonly Sentence[] };
