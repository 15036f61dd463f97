import type { ModelTask } from './model.ts';

/** How the files of one role are found: by the first pattern that any path fits. */
type Role = {
  readonly name: string;
  /** Tried in turn; they are matched against paths relative to the model's folder. */
  readonly patterns: readonly RegExp[];
  readonly optional?: true;
  /** Every path that fits is taken, not the shortest one alone. */
  readonly several?: true;
};

type Family = { readonly task: ModelTask; readonly roles: readonly Role[] };

/** One of several variants: int8 is a quarter of the size and about as good, so it goes first. */
const onnx = (name: string, stem: string): Role => ({
  name,
  patterns: [anywhere(`${stem}[^/]*\\.int8\\.onnx`), anywhere(`${stem}[^/]*\\.onnx`)],
});
const onlyOnnx = (name: string): Role => ({
  name,
  patterns: [anywhere('[^/]*\\.int8\\.onnx'), anywhere('[^/]*\\.onnx')],
});
const optional = (name: string, ...patterns: readonly RegExp[]): Role => ({ name, patterns, optional: true });

const TOKENS: Role = { name: 'tokens', patterns: [anywhere('[^/]*tokens\\.txt')] };
/** A folder: it is known by a file that lies in it. */
const ESPEAK = optional('dataDir', /^(?:.*\/)?espeak-ng-data(?=\/phontab$)/);
/** Where both kinds of English lie there, one is enough: the words would stand in both. */
const LEXICON: Role = {
  ...optional('lexicon', anywhere('lexicon-(?:us-en|zh)\\.txt'), anywhere('lexicon[^/]*\\.txt')),
  several: true,
};
const JIEBA = optional('dictDir', /^(?:.*\/)?dict(?=\/jieba\.dict\.utf8$)/);
/** How numbers and dates are spoken. */
const RULES: Role = {
  ...optional('ruleFsts', anywhere('(?:date|number|phone|new_heteronym)[^/]*\\.fst')),
  several: true,
};
const TRANSDUCER: readonly Role[] = [
  onnx('encoder', 'encoder'),
  // The decoder of a zipformer is tiny and loses by int8, so releases advise the full one; NeMo's has int8 alone.
  { name: 'decoder', patterns: [anywhere('decoder(?!.*int8)[^/]*\\.onnx'), anywhere('decoder[^/]*\\.onnx')] },
  onnx('joiner', 'joiner'),
  TOKENS,
  optional('bpeVocab', anywhere('bpe\\.vocab')),
];

/** All kinds of network that can be loaded, each with the files that it is loaded from. */
export const MODEL_FAMILIES = {
  'sense-voice': { task: 'asr', roles: [onnx('model', 'model'), TOKENS] },
  paraformer: { task: 'asr', roles: [onnx('model', 'model'), TOKENS] },
  'nemo-ctc': { task: 'asr', roles: [onnx('model', 'model'), TOKENS] },
  'zipformer-ctc': { task: 'asr', roles: [onnx('model', 'model'), TOKENS] },
  'nemo-transducer': { task: 'asr', roles: TRANSDUCER },
  transducer: { task: 'asr', roles: TRANSDUCER },
  whisper: { task: 'asr', roles: [onnx('encoder', '[^/]*encoder'), onnx('decoder', '[^/]*decoder'), TOKENS] },
  moonshine: {
    task: 'asr',
    roles: [
      onnx('preprocessor', 'preprocess'),
      onnx('encoder', 'encode'),
      onnx('uncachedDecoder', 'uncached_decode'),
      onnx('cachedDecoder', 'cached_decode'),
      TOKENS,
    ],
  },
  'silero-vad': { task: 'vad', roles: [onlyOnnx('model')] },
  'ct-transformer': { task: 'punctuation', roles: [onlyOnnx('model')] },
  pyannote: {
    task: 'speaker-segmentation',
    // 6 MB in full; int8 is said to miss quiet voices.
    roles: [{ name: 'model', patterns: [anywhere('[^/]*(?<!int8)\\.onnx'), anywhere('[^/]*\\.onnx')] }],
  },
  'speaker-embedding': { task: 'speaker-embedding', roles: [onlyOnnx('model')] },
  kokoro: {
    task: 'tts',
    roles: [
      onnx('model', 'model'),
      { name: 'voices', patterns: [anywhere('voices\\.bin')] },
      TOKENS,
      ESPEAK,
      LEXICON,
      JIEBA,
      RULES,
    ],
  },
  vits: { task: 'tts', roles: [onlyOnnx('model'), TOKENS, ESPEAK, LEXICON, RULES] },
  matcha: {
    task: 'tts',
    roles: [
      onnx('acousticModel', 'model'),
      { name: 'vocoder', patterns: [anywhere('(?:vocos|hifigan)[^/]*\\.onnx')] },
      TOKENS,
      LEXICON,
      ESPEAK,
      JIEBA,
      RULES,
    ],
  },
} as const satisfies Record<string, Family>;

export type ModelFamily = keyof typeof MODEL_FAMILIES;

export function isModelFamily(text: string): text is ModelFamily {
  return Object.hasOwn(MODEL_FAMILIES, text);
}

/** What networks of the family are for, the usual first. Whisper tells the language before it recognizes. */
export function tasksOf(family: ModelFamily): readonly ModelTask[] {
  const { task } = MODEL_FAMILIES[family];
  return family === 'whisper' ? [task, 'language-identification'] : [task];
}

export type FoundFiles =
  | { readonly kind: 'found'; readonly files: Readonly<Record<string, string | string[]>> }
  /** No path fits this role. */
  | { readonly kind: 'missing'; readonly role: string };

/** @param paths of all files, relative to the model's folder, with forward slashes */
export function findModelFiles(family: ModelFamily, paths: readonly string[]): FoundFiles {
  const ordered = [...paths].toSorted((a, b) => depth(a) - depth(b) || a.length - b.length || (a < b ? -1 : 1));
  const files: Record<string, string | string[]> = {};
  const roles: readonly Role[] = MODEL_FAMILIES[family].roles;
  for (const { name, patterns, optional: mayLack = false, several = false } of roles) {
    const found = patterns.map((pattern) => ordered.flatMap((path) => pattern.exec(path)?.[0] ?? []));
    const fitting = found.find((fits) => fits.length > 0);
    if (fitting?.[0] !== undefined) files[name] = several ? fitting : fitting[0];
    else if (!mayLack) return { kind: 'missing', role: name };
  }
  return { kind: 'found', files };
}

function depth(path: string): number {
  return path.split('/').length;
}

/** A file in any folder whose name fits. */
function anywhere(name: string): RegExp {
  return new RegExp(`^(?:.*/)?${name}$`);
}
