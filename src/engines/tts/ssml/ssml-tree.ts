/** Where something stands in the caller's text: both count from 1, columns in characters as an editor shows them. */
export type Position = { readonly line: number; readonly column: number };

export const SAY_AS_KINDS = [
  'cardinal',
  'digits',
  'telephone',
  'name',
  'address',
  'id',
  'characters',
  'punctuation',
  'date',
  'time',
  'currency',
] as const;
export type SayAsKind = (typeof SAY_AS_KINDS)[number];

export const SPEECH_EFFECTS = ['robot', 'lolita', 'lowpass', 'echo', 'eq', 'lpfilter', 'hpfilter'] as const;
export type SpeechEffect = (typeof SPEECH_EFFECTS)[number];

/** What `<speak>` may ask for; each wins over the job's own parameter. Absent = not said. */
export type SpeakAttributes = {
  readonly voice?: string;
  readonly encodeType?: 'PCM' | 'WAV' | 'MP3';
  /** Hertz. */
  readonly sampleRate?: number;
  /** -500 to 500, as speech_rate and pitch_rate. */
  readonly rate?: number;
  readonly pitch?: number;
  /** 0 to 100, 50 = unchanged. */
  readonly volume?: number;
  readonly effect?: SpeechEffect;
  /** `eq`: eight gains, each -20 to 20 dB; `lpfilter`, `hpfilter`: one frequency in hertz. */
  readonly effectValue?: readonly number[];
  /** An address of background music. */
  readonly bgm?: string;
  /** 0 to 100. */
  readonly backgroundMusicVolume?: number;
};

export type SsmlNode =
  | { readonly kind: 'text'; readonly text: string; readonly at: Position }
  | { readonly kind: 'break'; readonly seconds: number; readonly at: Position }
  /** `<s>`: a sentence of its own. */
  | { readonly kind: 'sentence'; readonly children: readonly SsmlNode[]; readonly at: Position }
  /** `<w>`: one word, not to be read across its edges. */
  | { readonly kind: 'word'; readonly children: readonly SsmlNode[]; readonly at: Position }
  /** `<sub>`: `alias` is read where `text` is written. */
  | { readonly kind: 'sub'; readonly text: string; readonly alias: string; readonly at: Position }
  /** `<phoneme alphabet="py">`: a syllable with its tone (`zhong4`) for each character of `text`. */
  | {
      readonly kind: 'phoneme';
      readonly text: string;
      readonly syllables: readonly string[];
      readonly at: Position;
    }
  | { readonly kind: 'say-as'; readonly text: string; readonly as: SayAsKind; readonly at: Position }
  | {
      readonly kind: 'emotion';
      readonly category: string;
      /** 0.01 to 2. */
      readonly intensity: number;
      readonly children: readonly SsmlNode[];
      readonly at: Position;
    }
  /** `<soundEvent>`: a sound from an address, in place. */
  | { readonly kind: 'sound'; readonly src: string; readonly at: Position };

/** A text to speak. Plain text is a document with one text node and no attributes. */
export type SpeechDocument = { readonly attributes: SpeakAttributes; readonly nodes: readonly SsmlNode[] };

/** A text that breaks the rules of SSML. The message names what is allowed; it does not repeat the position. */
export type SsmlFault = { readonly kind: 'invalid'; readonly message: string; readonly at: Position };
