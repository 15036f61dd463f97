import { describe, expect, test } from 'vitest';
import { findModelFiles, MODEL_FAMILIES, tasksOf, type ModelFamily } from './model-files.ts';
import { MODEL_TASKS } from './model.ts';

/** What lies in releases, as they were published. */
const RELEASES: readonly [string, ModelFamily, string, Record<string, string | string[]>][] = [
  [
    'SenseVoice',
    'sense-voice',
    'README.md test_wavs/ko.wav tokens.txt model.int8.onnx LICENSE export-onnx.py',
    { model: 'model.int8.onnx', tokens: 'tokens.txt' },
  ],
  [
    'whisper tiny.en',
    'whisper',
    'tiny.en-decoder.onnx tiny.en-tokens.txt tiny.en-decoder.int8.onnx tiny.en-encoder.onnx tiny.en-encoder.int8.onnx',
    { encoder: 'tiny.en-encoder.int8.onnx', decoder: 'tiny.en-decoder.int8.onnx', tokens: 'tiny.en-tokens.txt' },
  ],
  [
    'Parakeet',
    'nemo-transducer',
    'tokens.txt joiner.int8.onnx decoder.int8.onnx encoder.int8.onnx',
    {
      encoder: 'encoder.int8.onnx',
      decoder: 'decoder.int8.onnx',
      joiner: 'joiner.int8.onnx',
      tokens: 'tokens.txt',
    },
  ],
  [
    'a zipformer, whose decoder stays in full precision',
    'transducer',
    'encoder-epoch-30-avg-1.onnx bpe.model encoder-epoch-30-avg-1.int8.onnx joiner-epoch-30-avg-1.onnx ' +
      'joiner-epoch-30-avg-1.int8.onnx decoder-epoch-30-avg-1.int8.onnx tokens.txt decoder-epoch-30-avg-1.onnx bpe.vocab',
    {
      encoder: 'encoder-epoch-30-avg-1.int8.onnx',
      decoder: 'decoder-epoch-30-avg-1.onnx',
      joiner: 'joiner-epoch-30-avg-1.int8.onnx',
      tokens: 'tokens.txt',
      bpeVocab: 'bpe.vocab',
    },
  ],
  [
    'an icefall recipe, with its own folders',
    'transducer',
    'exp/encoder.onnx exp/decoder.onnx exp/joiner.onnx data/lang_char/tokens.txt',
    {
      encoder: 'exp/encoder.onnx',
      decoder: 'exp/decoder.onnx',
      joiner: 'exp/joiner.onnx',
      tokens: 'data/lang_char/tokens.txt',
    },
  ],
  [
    'Moonshine',
    'moonshine',
    'preprocess.onnx encode.int8.onnx uncached_decode.int8.onnx cached_decode.int8.onnx tokens.txt LICENSE',
    {
      preprocessor: 'preprocess.onnx',
      encoder: 'encode.int8.onnx',
      uncachedDecoder: 'uncached_decode.int8.onnx',
      cachedDecoder: 'cached_decode.int8.onnx',
      tokens: 'tokens.txt',
    },
  ],
  ['pyannote, in full precision', 'pyannote', 'LICENSE model.int8.onnx model.onnx', { model: 'model.onnx' }],
  ['punctuation', 'ct-transformer', 'tokens.json model.int8.onnx config.yaml', { model: 'model.int8.onnx' }],
  [
    'Kokoro',
    'kokoro',
    'LICENSE date-zh.fst dict/jieba.dict.utf8 dict/pos_dict/x.utf8 espeak-ng-data/phontab espeak-ng-data/lang/zle/ru ' +
      'lexicon-gb-en.txt lexicon-us-en.txt lexicon-zh.txt model.onnx number-zh.fst phone-zh.fst tokens.txt voices.bin',
    {
      model: 'model.onnx',
      voices: 'voices.bin',
      tokens: 'tokens.txt',
      dataDir: 'espeak-ng-data',
      lexicon: ['lexicon-zh.txt', 'lexicon-us-en.txt'],
      dictDir: 'dict',
      ruleFsts: ['date-zh.fst', 'phone-zh.fst', 'number-zh.fst'],
    },
  ],
  [
    'a Piper voice',
    'vits',
    'MODEL_CARD en_US-lessac-medium.onnx en_US-lessac-medium.onnx.json espeak-ng-data/phontab tokens.txt',
    { model: 'en_US-lessac-medium.onnx', tokens: 'tokens.txt', dataDir: 'espeak-ng-data' },
  ],
  [
    'a Matcha voice with its vocoder',
    'matcha',
    'README.md dict/jieba.dict.utf8 lexicon.txt model-steps-3.onnx date.fst number.fst phone.fst tokens.txt vocos-22khz-univ.onnx',
    {
      acousticModel: 'model-steps-3.onnx',
      vocoder: 'vocos-22khz-univ.onnx',
      tokens: 'tokens.txt',
      lexicon: ['lexicon.txt'],
      dictDir: 'dict',
      ruleFsts: ['date.fst', 'phone.fst', 'number.fst'],
    },
  ],
];

describe('the files of a model', () => {
  test.each(RELEASES)('are found in the release of %s', (_what, family, paths, files) => {
    expect(findModelFiles(family, paths.split(' '))).toEqual({ kind: 'found', files });
  });

  test('nearest to the top are taken', () => {
    const paths = ['older/model.onnx', 'model.onnx', 'older/tokens.txt', 'test/deep/tokens.txt'];
    expect(findModelFiles('paraformer', paths)).toEqual({
      kind: 'found',
      files: { model: 'model.onnx', tokens: 'older/tokens.txt' },
    });
  });

  test('that are missing are told by their role', () => {
    expect(findModelFiles('nemo-ctc', ['model.onnx'])).toEqual({ kind: 'missing', role: 'tokens' });
    expect(findModelFiles('matcha', ['model.onnx', 'tokens.txt'])).toEqual({ kind: 'missing', role: 'vocoder' });
  });
});

test('every task is served by a family', () => {
  const served = Object.keys(MODEL_FAMILIES).flatMap((family) => tasksOf(family as ModelFamily));
  expect(new Set(served)).toEqual(new Set(MODEL_TASKS));
});
