import { expect, test } from 'vitest';
import type { SherpaTranscript } from '../sherpa/sherpa-addon.ts';
import type { TimedWord } from './asr-engine.ts';
import { languageOfTranscript, wordsOfTranscript } from './sherpa-words.ts';

const nothing: SherpaTranscript = {
  ...{ text: '', lang: '', tokens: [], timestamps: [], durations: [], ys_log_probs: [] },
};

/** Of a segment that begins at 10 s and is 5 s long. */
function words(transcript: Partial<SherpaTranscript>): TimedWord[] {
  return wordsOfTranscript({ ...nothing, ...transcript }, { from: 10, to: 15 });
}

function times(transcript: Partial<SherpaTranscript>): [string, number, number][] {
  return words(transcript).map(({ text, from, to }) => [text, Number(from.toFixed(2)), Number(to.toFixed(2))]);
}

test.each(['▁', ' ', 'Ġ'])('parts of words are joined to words: %s begins one', (mark) => {
  const tokens = [`${mark}he`, 'llo', `${mark}wor`, 'ld', '.'];
  expect(times({ text: 'hello world.', tokens, timestamps: [0.5, 0.7, 1, 1.1, 1.3] })).toEqual([
    ['hello', 10.5, 11],
    ['world.', 11, 11.7],
  ]);
});

test('Paraformer marks the parts that go on', () => {
  const tokens = ['我', '们', 'face@@', 'book', 'ok'];
  const text = '我们facebook ok';
  expect(times({ text, tokens, timestamps: [0, 0.2, 0.4, 0.6, 0.8] })).toEqual([
    ['我', 10, 10.2],
    ['们facebook', 10.2, 10.8],
    ['ok', 10.8, 11.2],
  ]);
});

test('a pause behind a word is not part of it, and nothing reaches past the segment', () => {
  expect(times({ text: 'one two', tokens: ['▁one', '▁two'], timestamps: [1, 4.8] })).toEqual([
    ['one', 11, 11.4],
    ['two', 14.8, 15],
  ]);
});

test('durations are taken where a model gives them', () => {
  const tokens = ['▁one', '▁two'];
  expect(times({ text: 'one two', tokens, timestamps: [1, 3], durations: [0.16, 0.8] })).toEqual([
    ['one', 11, 11.16],
    ['two', 13, 13.8],
  ]);
});

test('what SenseVoice writes about the speech is no word, and its marks stay', () => {
  const tokens = ['欢', '迎', '。'];
  expect(times({ text: '<|zh|><|HAPPY|>欢迎。', tokens, timestamps: [0.3, 0.6, 0.9] })).toEqual([
    ['欢', 10.3, 10.6],
    ['迎。', 10.6, 11.3],
  ]);
});

test('characters that share a token share its time', () => {
  expect(times({ text: '你好吗', tokens: ['你好', '吗'], timestamps: [1, 1.4] })).toEqual([
    ['你', 11, 11.2],
    ['好', 11.2, 11.4],
    ['吗', 11.4, 11.8],
  ]);
});

test('bytes of a character, and tokens that are not in the text, lose nothing of it', () => {
  const tokens = ['▁a', '<0xE2>', '<0x82>', '<0xAC>', '▁b'];
  expect(times({ text: 'a€ b', tokens, timestamps: [0, 0.1, 0.2, 0.3, 1] })).toEqual([
    ['a€', 10, 10.1],
    ['b', 11, 11.4],
  ]);
});

test('a text whose tokens have no times is spread over the segment', () => {
  expect(times({ text: 'ab abc', tokens: ['ab', 'abc'] })).toEqual([
    ['ab', 10, 12],
    ['abc', 12, 15],
  ]);
});

test("whisper's phrases are spread over their own times", () => {
  const phrases = {
    segment_texts: [' One', ' two three.'],
    segment_timestamps: [0, 3],
    segment_durations: [1, 1.1],
  };
  expect(times({ text: ' One two three.', tokens: ['x'], ...phrases })).toEqual([
    ['One', 10, 11],
    ['two', 13, 13.37],
    ['three.', 13.37, 14.1],
  ]);
});

test('the probabilities of the tokens are the confidence of their word', () => {
  const tokens = ['▁he', 'llo', '▁you'];
  const logs = [Math.log(0.9), Math.log(0.5), 0.001];
  const found = words({ text: 'hello you', tokens, timestamps: [0, 1, 2], ys_log_probs: logs });
  expect(found.map(({ confidence }) => confidence)).toEqual([0.7, 1]);
});

test('no text gives no words', () => {
  expect([words({ text: '  ' }), words({ text: '<|nospeech|>' })]).toEqual([[], []]);
});

test('the language is told where the model says it', () => {
  expect(['<|yue|>', 'en', '', '<|nospeech|>'].map((lang) => languageOfTranscript({ lang }))).toEqual([
    'yue',
    'en',
    undefined,
    undefined,
  ]);
});
