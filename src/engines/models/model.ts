/** What a model is for. */
export const MODEL_TASKS = [
  'asr',
  'vad',
  'punctuation',
  'language-identification',
  'speaker-segmentation',
  'speaker-embedding',
  'tts',
] as const;

export type ModelTask = (typeof MODEL_TASKS)[number];

/** A model that lies in the models folder, complete and checked. */
export type InstalledModel = {
  /** As in the catalog, or as it was named at its import: `sherpa-onnx-sense-voice-zh-en-ja-ko-yue-int8-2024-07-17`. */
  readonly name: string;
  readonly task: ModelTask;
  /** Which kind of network it is, so how it is loaded: `sense-voice`, `whisper`, `kokoro`, and so on. */
  readonly family: string;
  /** BCP 47 primary tags such as `en`, `zh`, `yue`; empty = it does not depend on the language. */
  readonly languages: readonly string[];
  /** Absolute. */
  readonly folder: string;
  /** The files that it is loaded from by their role (`model`, `encoder`, `tokens`, …): absolute paths. */
  readonly files: Readonly<Record<string, string>>;
};
