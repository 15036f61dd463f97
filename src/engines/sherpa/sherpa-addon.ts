import { createRequire } from 'node:module';

type Sound = { readonly samples: Float32Array; readonly sampleRate: number };

export type SherpaStream = { acceptWaveform(sound: Sound): void };

/** The result as the library writes it; fields that a model does not fill are empty. */
export type SherpaTranscript = {
  readonly text: string;
  /** `<|zh|>` from SenseVoice, `zh` from whisper. */
  readonly lang: string;
  readonly tokens: readonly string[];
  /** Seconds at which each token begins. */
  readonly timestamps: readonly number[];
  /** Seconds. */
  readonly durations: readonly number[];
  /** Natural logarithms. */
  readonly ys_log_probs: readonly number[];
  readonly segment_timestamps?: readonly number[];
  readonly segment_durations?: readonly number[];
  readonly segment_texts?: readonly string[];
};

type Recognizer = {
  createStream(hotwords?: string): SherpaStream;
  decode(stream: SherpaStream): void;
  getResult(stream: SherpaStream): SherpaTranscript;
};
type Punctuation = { addPunct(text: string): string };
type LanguageIdentification = { createStream(): SherpaStream; compute(stream: SherpaStream): string };
type Diarization = {
  readonly sampleRate: number;
  process(samples: Float32Array): readonly { start: number; end: number; speaker: number }[];
  setConfig(config: { clustering: object }): void;
};
type Synthesizer = {
  generate(request: { text: string; sid: number; speed: number; enableExternalBuffer: boolean }): {
    readonly samples: Float32Array;
    readonly sampleRate: number;
  };
};

/** The part of sherpa-onnx-node that is used; the package has no types of its own. */
export type SherpaAddon = {
  readonly OfflineRecognizer: new (config: object) => Recognizer;
  readonly OfflinePunctuation: new (config: object) => Punctuation;
  readonly SpokenLanguageIdentification: new (config: object) => LanguageIdentification;
  readonly OfflineSpeakerDiarization: new (config: object) => Diarization;
  readonly OfflineTts: new (config: object) => Synthesizer;
};

/** Loads native code: only in a process that may crash. */
export function loadSherpaAddon(): SherpaAddon {
  return createRequire(import.meta.url)('sherpa-onnx-node') as SherpaAddon;
}
