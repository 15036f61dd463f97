import { expect, test } from 'vitest';
import { asrParameters, clockText } from './asr-parameters.ts';

test('what was not given means the whole recording, cut at pauses', () => {
  const nothing = {
    start: 0,
    duration: undefined,
    sentenceMaxLength: undefined,
    semanticSentences: false,
    language: undefined,
    speakers: { wanted: false, count: undefined },
  };
  expect(asrParameters({ parameters: {}, editingConfig: '' })).toEqual(nothing);
  const empty = { parameters: { StartTime: '', Duration: '' }, editingConfig: '{"Language":"","Unknown":1}' };
  expect(asrParameters(empty)).toEqual(nothing);
});

test('times are read to seconds, EditingConfig by its keys', () => {
  const editingConfig = JSON.stringify({
    SentenceMaxLength: 12,
    EnableSemanticSentenceDetection: true,
    Language: 'zh-CN',
    EnableSpeakerDiarization: true,
    SpeakerCount: 3,
  });
  expect(asrParameters({ parameters: { StartTime: '01:02:03', Duration: '00:00:30' }, editingConfig })).toEqual({
    start: 3723,
    duration: 30,
    sentenceMaxLength: 12,
    semanticSentences: true,
    language: 'zh-CN',
    speakers: { wanted: true, count: 3 },
  });
});

test('a time that the submit should have refused is a fault', () => {
  expect(() => asrParameters({ parameters: { StartTime: '5 minutes' }, editingConfig: '' })).toThrow('HH:MM:SS');
});

test('seconds are shown as the caller writes them', () => {
  expect([0, 59.9, 3723, 360_000].map(clockText)).toEqual(['00:00:00', '00:00:59', '01:02:03', '100:00:00']);
});
