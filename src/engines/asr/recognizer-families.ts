import type { InstalledModel } from '../models/model.ts';

type Files = InstalledModel['files'];

/** How a kind of network is loaded and what it is like. */
export type RecognizerFamily = {
  /** The files that it is loaded from, by their role; `tokens` goes without saying. */
  readonly roles: readonly string[];
  /**
   * Its part of the library's modelConfig.
   * @param language a primary tag, or '' where the model is to find out
   */
  readonly config: (files: Files, language: string) => object;
  /** Whether it can be made to listen for hotwords, by beam search. */
  readonly hotwords?: true;
  /** Seconds that it takes at once, where these are less than a segment may have. */
  readonly longest?: number;
  /** Seconds of silence that it wants behind the speech. */
  readonly silence?: number;
};

const transducer = ({ encoder, decoder, joiner }: Files): object => ({ transducer: { encoder, decoder, joiner } });

/** By the family of the model's record. */
const RECOGNIZER_FAMILIES: Readonly<Record<string, RecognizerFamily>> = {
  'sense-voice': {
    roles: ['model'],
    // Inverse text normalization: with digits and punctuation.
    config: ({ model }, language) => ({
      senseVoice: { model, language: language || 'auto', useInverseTextNormalization: 1 },
    }),
  },
  whisper: {
    roles: ['encoder', 'decoder'],
    config: ({ encoder, decoder }, language) => ({
      whisper: { encoder, decoder, language, task: 'transcribe', enableSegmentTimestamps: 1 },
    }),
    // The library cuts off what lies behind 29.5 s, and stops after 6 tokens a second, time marks among them: the
    // silence makes room for the words at the end of short segments.
    longest: 27,
    silence: 2,
  },
  'nemo-transducer': {
    roles: ['encoder', 'decoder', 'joiner'],
    config: (files) => ({ ...transducer(files), modelType: 'nemo_transducer' }),
    hotwords: true,
  },
  transducer: {
    roles: ['encoder', 'decoder', 'joiner'],
    config: (files) => ({ ...transducer(files), modelType: 'transducer' }),
    hotwords: true,
  },
  'nemo-ctc': { roles: ['model'], config: ({ model }) => ({ nemoCtc: { model } }) },
  'zipformer-ctc': { roles: ['model'], config: ({ model }) => ({ zipformerCtc: { model } }) },
  paraformer: { roles: ['model'], config: ({ model }) => ({ paraformer: { model } }) },
  moonshine: {
    roles: ['preprocessor', 'encoder', 'uncachedDecoder', 'cachedDecoder'],
    config: ({ preprocessor, encoder, uncachedDecoder, cachedDecoder }) => ({
      moonshine: { preprocessor, encoder, uncachedDecoder, cachedDecoder },
    }),
  },
};

/** The family of an installed recognizer, or why it cannot be loaded. */
export function recognizerFamily(model: InstalledModel): RecognizerFamily | { readonly reason: string } {
  const family = RECOGNIZER_FAMILIES[model.family];
  if (family === undefined) {
    const known = Object.keys(RECOGNIZER_FAMILIES).join(', ');
    return { reason: `The model ${model.name} is of the kind '${model.family}'; recognizers here are ${known}.` };
  }
  const missing = ['tokens', ...family.roles].filter((role) => model.files[role] === undefined);
  if (missing.length === 0) return family;
  return { reason: `The model ${model.name} has no file for ${missing.join(', ')}.` };
}
