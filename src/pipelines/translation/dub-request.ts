import type { MediaTools } from '../../engines/media/media-tools.ts';
import type { SubtitleLine } from '../../engines/subtitles/subtitle-line.ts';
import type { GlossaryTerm, Translator } from '../../engines/translation/translator.ts';
import type { SpeechSegment } from '../../engines/vad/speech-segments.ts';
import type { WorkFiles } from '../../objects/work-files.ts';
import type { StepFailure } from '../steps.ts';
import type { Synthesis } from '../tts-work.ts';

/** What dubbing works with. */
export type DubParts = {
  readonly synthesis: Synthesis;
  readonly media: MediaTools;
  readonly workFiles: Pick<WorkFiles, 'keep' | 'fetch' | 'count'>;
};

/** A line of the source (`text` is what is said there), and what it is in the other language. */
export type DubLine = SubtitleLine & {
  /** Undefined: it could not be translated, and keeps its original sound. */
  readonly translated: string | undefined;
  /** Who says it: the same number, the same voice. */
  readonly speaker?: number;
};

export type DubRequest = {
  /** BCP 47. */
  readonly source: string | undefined;
  readonly target: string;
  /** As VoiceConfig names it, and then the one of all lines; empty: a voice of the language for each speaker. */
  readonly voice: string;
  /** In order of `from`. */
  readonly lines: readonly DubLine[];
  /** How long the recording is, and the dubbed one will be: to the sample of 48 kHz. */
  readonly totalSeconds: number;
  /** A WAV of extract-audio.ts; undefined: the recording has no sound. */
  readonly originalAudio: string | undefined;
  /** Where somebody speaks in the original. In order, not overlapping. */
  readonly speech: readonly SpeechSegment[];
  /** Asked for a shorter line where one does not fit; absent: lines are as they are. */
  readonly translator?: Pick<Translator, 'shorten'>;
  readonly glossary: readonly GlossaryTerm[];
  /** SubtitleTimeForce: lines stay in the time of their subtitles, and what is said outside of these is left as it is. */
  readonly bound: boolean;
  /** SkipSong: lines that are marked as sung keep their original sound. */
  readonly skipSong: boolean;
  /** Where the dubbed sound goes; in the scratch folder of the run. 48 kHz, stereo, signed 16 bit. */
  readonly wavPath: string;
  /** 0 to 1. */
  readonly onProgress: (fraction: number) => void;
};

/** How a line lies against its source. Seconds, to the millisecond. */
export type DriftRow = {
  /** Which of the lines, from 0. */
  readonly index: number;
  readonly sourceStart: number;
  readonly dubStart: number;
  readonly dubEnd: number;
  /** 1 to 1.25. */
  readonly tempo: number;
  /** By how much it is longer than its room at this tempo. */
  readonly overflow: number;
  /** Of the overflow, what is not heard. */
  readonly cut: number;
  /** What is spoken, where it is not the translation but a shorter one. */
  readonly shortened?: string;
};

export type DubOutcome =
  | {
      readonly kind: 'dubbed';
      readonly wavPath: string;
      /** The lines that are spoken, in order. */
      readonly report: readonly DriftRow[];
      /** A sentence each, for the caller. */
      readonly warnings: readonly string[];
      /** The ids of the voices that speak, the first speaker's first. */
      readonly voices: readonly string[];
    }
  /** Nobody speaks the language, or not one line could be spoken. */
  | StepFailure;
