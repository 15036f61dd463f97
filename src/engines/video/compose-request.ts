import type { ProbedVideo } from './probe-video.ts';

export type ComposeRequest = {
  /** The recording; a local file, whose name is not looked at. */
  readonly path: string;
  /** What probeVideo said of it. */
  readonly probed: ProbedVideo;
  /**
   * Sound that takes the place of the recording's own: a WAV that begins when the recording does. What it has beyond
   * the recording's end is left out, what it lacks is silence. Absent: the sound is kept.
   */
  readonly audio?: string;
  /** Subtitles to draw, by assFile. */
  readonly ass?: string;
  /**
   * A filter graph with one open input and one open output, by code of ours and never with a caller's text, that is
   * applied to the upright pictures of square pixels before anything is drawn or they become another size.
   */
  readonly filters?: string;
  /** Pixels of the output; absent: those of the recording. Pictures keep their shape: bars fill what is left. */
  readonly size?: FrameSize;
  /** In the scratch folder: nothing else can be written to. */
  readonly outPath: string;
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** 0 to 1; never less than before. */
  readonly onProgress?: (part: number) => void;
};

export type FrameSize = { readonly width: number; readonly height: number };

export type ComposeOutcome =
  | {
      readonly kind: 'composed';
      /** Whether the pictures are those of the recording, untouched. */
      readonly copied: boolean;
      /** Characters of the subtitles that no font has, which stand there as boxes. */
      readonly undrawn: readonly string[];
    }
  /** `message` is for the caller, `detail` for the log. */
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string }
  | { readonly kind: 'unavailable'; readonly message: string };
