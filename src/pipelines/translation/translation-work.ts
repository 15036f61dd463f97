import type { BurnedLine } from '../../engines/ocr/burned-line.ts';
import type { TextReader } from '../../engines/ocr/text-reader.ts';
import type { MediaTools } from '../../engines/media/media-tools.ts';
import type { SubtitleLine } from '../../engines/subtitles/subtitle-line.ts';
import type { TranslationEngine } from '../../engines/translation/translation-engine.ts';
import type { SpeechSegment } from '../../engines/vad/speech-segments.ts';
import type { ProbedVideo } from '../../engines/video/probe-video.ts';
import type { HotwordLibraries } from '../../jobs/hotword-libraries.ts';
import type { LibraryHotword } from '../../jobs/hotword-library.ts';
import type { ResultFiles } from '../../objects/result-files.ts';
import type { WorkFiles } from '../../objects/work-files.ts';
import type { AsrParts } from '../asr-work.ts';
import type { FetchInput } from '../fetch-input.ts';
import type { InputAddress } from '../input-address.ts';
import type { PipelineRun } from '../pipeline.ts';
import type { PublishParts } from '../publish-output.ts';
import type { Sentence } from '../segment-transcript.ts';
import type { Synthesis } from '../tts-work.ts';
import type { DubOutcome } from './dub-request.ts';
import type { MadeTarget } from './made-target.ts';
import type { TranslatedLines } from './translated-lines.ts';
import type { TranslationSettings, TranslationTarget } from './translation-settings.ts';

/** What the steps work with; the server composes it. What is absent is not there on this machine. */
export type TranslationParts = PublishParts & {
  readonly fetchInput: FetchInput;
  /** Refuses what is too large for a subtitle file. */
  readonly fetchSubtitle: FetchInput;
  readonly inputAddress: InputAddress;
  readonly media: MediaTools;
  readonly recognition: Pick<AsrParts, 'engines' | 'preferred' | 'languages' | 'punctuator' | 'diarizer'>;
  readonly hotwords?: Pick<HotwordLibraries, 'get'>;
  readonly translators: readonly TranslationEngine[];
  /** The name of the one that the operator set. */
  readonly preferredTranslator?: string;
  readonly textReader: TextReader;
  readonly synthesis: Synthesis;
  readonly workFiles: Pick<WorkFiles, 'keep' | 'fetch' | 'count' | 'remove'>;
  readonly resultFiles: Pick<ResultFiles, 'write'>;
};

/* The values that the steps hand on; each adds what it found out. All times are seconds of the source. */

export type TranslationWork = {
  readonly run: PipelineRun;
  readonly parts: TranslationParts;
  readonly settings: TranslationSettings;
  readonly targets: readonly TranslationTarget[];
  /** Of the library that the job names. */
  readonly hotwords: readonly LibraryHotword[];
  /** What did not go as asked and did not end the job, a sentence each. */
  readonly warnings: readonly string[];
};

export type Fetched = TranslationWork & {
  readonly mediaPath: string | undefined;
  readonly subtitlePath: string | undefined;
};

/** `probed` is undefined where the input is a subtitle file alone. */
export type Probed = Fetched & { readonly probed: ProbedVideo | undefined };

/** The sound of the source. */
export type SourceSound = {
  /** 16 kHz, mono: what recognizers hear. */
  readonly wavPath: string;
  readonly seconds: number;
  /** Stands for the samples in the names of checkpoints. */
  readonly audio: string;
  /** Where somebody speaks; empty where nobody does. */
  readonly speech: readonly SpeechSegment[];
};

export type Listened = Probed & {
  /** Undefined where there is no sound, or nothing is to be heard in it. */
  readonly sound: SourceSound | undefined;
  /** The length of the source; 0 where the input is a subtitle file alone. */
  readonly seconds: number;
};

export type Recognized = Listened & {
  /** What is said, with its words; empty where speech is not what is translated. */
  readonly sentences: readonly Sentence[];
  /** As the job names it, else as it was heard. */
  readonly source: string | undefined;
  /** For the details of the result. */
  readonly recognizer: string | undefined;
};

export type PictureRead = Recognized & { readonly burned: readonly BurnedLine[] };

/** A line of the source, who says it, and what it is in the other language where the caller has brought that. */
export type SourceLine = SubtitleLine & { readonly speaker?: number; readonly translation?: string };

export type Lined = PictureRead & { readonly lines: readonly SourceLine[] };

/** What was made of the targets so far. */
export type Translating = Lined & {
  readonly made: readonly MadeTarget[];
  /** The target that is being worked on. */
  readonly current?: CurrentTarget;
};

export type CurrentTarget = TranslatedLines & {
  readonly target: TranslationTarget;
  /** At speech level. */
  readonly dub?: Pick<Extract<DubOutcome, { kind: 'dubbed' }>, 'wavPath' | 'report' | 'voices'>;
};

/** Whether an earlier run, or this one, has written all objects of a target. */
export function isMade({ made }: Pick<Translating, 'made'>, { language }: TranslationTarget): boolean {
  return made.some(({ target }) => target.language === language);
}

export type Detexted = Translating & {
  /** The source without its burned-in text; undefined where that was not asked for. */
  readonly detextVideoUrl: string | undefined;
};
