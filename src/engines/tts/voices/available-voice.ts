/** A voice that an engine of this server really speaks with. */
export type AvailableVoice = {
  /** Unique within the server and stable across restarts: `flite:slt`, `espeak-ng:cmn`, `kokoro-multi-lang-v1_0:zf_xiaobei`. */
  readonly id: string;
  /** The engine's name, for people. */
  readonly engine: string;
  /** For people. */
  readonly name: string;
  /** BCP 47, the first is the one it speaks best: `en-US`, `cmn`, `zh`. */
  readonly languages: readonly string[];
  readonly gender: 'Male' | 'Female' | 'Unknown';
  /** Hz, of the audio as the engine makes it. */
  readonly sampleRate: number;
  /** How natural it sounds, to choose among voices that fit alike: 1 (formants) to 5 (neural). */
  readonly quality: 1 | 2 | 3 | 4 | 5;
};
