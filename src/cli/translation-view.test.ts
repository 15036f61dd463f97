import { expect, test } from 'vitest';
import { translationView } from './translation-view.ts';

test('a translation into one language is its addresses, how its lines lie, and its warnings', () => {
  const aiResult = {
    ...{ MediaURL: 'oss://films/a.mp4', MediaURLSigned: 'https://long', MediaId: 'abc' },
    SpeechTranslatedSubtitleURL: 'oss://films/a.srt',
    Report: { Lines: 20, InTime: 19, MedianDrift: 0, MaxDrift: 0.31, MaxTempo: 1.25 },
    Warnings: ['A line stays as it is.'],
  };
  expect(translationView(JSON.stringify(aiResult))).toEqual([
    'Output: oss://films/a.mp4',
    'Subtitle: oss://films/a.srt',
    'In time: 19 of 20 lines; at most 0.31 s off, and 1.25 times as fast.',
    'Warning: A line stays as it is.',
  ]);
});

test('one into several languages is the same of each, and what they share', () => {
  const aiResult = {
    VideoTranslationAiResultMap: { es: { MediaURL: 'oss://films/es.mp4' }, fr: { MediaURL: 'oss://films/fr.mp4' } },
    ...{ DetextVideoURL: 'oss://films/detext.mp4', DetextVideoURLSigned: 'https://long' },
  };
  expect(translationView(JSON.stringify(aiResult))).toEqual([
    ...['es:', '  Output: oss://films/es.mp4', 'fr:', '  Output: oss://films/fr.mp4'],
    'Without burned-in text: oss://films/detext.mp4',
  ]);
});

test.each(['', '[]', 'null', '{}', '[{"content":"a","from":0,"to":1}]', 'oss://films/a.mp4'])(
  'anything else is none: %j',
  (text) => {
    expect(translationView(text)).toBeUndefined();
  },
);
