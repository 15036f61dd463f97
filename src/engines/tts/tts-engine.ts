import type { EngineAvailability } from '../engine-availability.ts';
import type { SpokenPiece } from './plan/speech-plan.ts';
import type { AvailableVoice } from './voices/available-voice.ts';

export type TtsRequest = {
  readonly spoken: readonly SpokenPiece[];
  /** One of the engine's voices, by its id. */
  readonly voice: string;
  /** Primary tag of what is spoken, such as `en`. */
  readonly language: string;
  /** 0.5 to 2, 1 = as the voice speaks by itself; anything else only where `followsRate` is not 'never'. */
  readonly rate: number;
  /** Where the WAV goes; its folder is the scratch folder. */
  readonly wavPath: string;
  readonly scratch: string;
  readonly signal: AbortSignal;
};

export type TtsOutcome =
  /** A mono WAV of signed 16 bit. It may begin and end with silence of any length. */
  | {
      readonly kind: 'synthesized';
      readonly wavPath: string;
      readonly sampleRate: number;
      readonly seconds: number;
    }
  /** The engine is not there, or has no such voice; the message names the remedy. */
  | { readonly kind: 'unavailable'; readonly message: string }
  /** It is there but cannot say this: pinyin, or characters that it has no reading for. */
  | { readonly kind: 'unsupported'; readonly message: string }
  /** It gave up on this text. `detail` is for the log and may name local paths. */
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

/**
 * The port of the speech synthesizers. Pitch, volume, sample rate and silence are no matter of theirs: they are set on
 * the samples (audio/), for all engines alike.
 */
export type TtsEngine = {
  readonly name: string;
  /**
   * How it follows `rate`: 'exactly' = to a percent; 'roughly' = its speed has to be measured, and that is cheap;
   * 'never' = it is asked for 1, and the speed is set on the samples.
   */
  readonly followsRate: 'exactly' | 'roughly' | 'never';
  /** What it speaks with on this machine now; none where it is missing. */
  voices(): Promise<readonly AvailableVoice[]>;
  /** Throws the signal's reason when aborted. */
  synthesize(request: TtsRequest): Promise<TtsOutcome>;
  /** For the doctor. `scratch` is a folder that may be written to. */
  availability(scratch: string): Promise<EngineAvailability>;
};
