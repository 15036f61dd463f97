import { expect, test } from 'vitest';
import type { JobId } from '../../jobs/job-id.ts';
import {
  translationReport,
  translationResult,
  type TranslatedTarget,
  type TranslationFindings,
} from './translation-result.ts';

const JOB = { id: '0190000000007000a000000000000000' as JobId };

function made(language: string, more: Partial<TranslatedTarget> = {}): TranslatedTarget {
  const key = `o_${language}.mp4`;
  return {
    target: { language, bucket: 'b', key, mediaUrl: `https://b.oss-cn-shanghai.aliyuncs.com/${key}` },
    mediaId: `media of ${language}`,
    subtitleUrl: `https://b.oss-cn-shanghai.aliyuncs.com/o_${language}.srt`,
    lines: [
      { from: 0, to: 1, text: 'One.', translated: `${language} one` },
      { from: 2, to: 3, text: 'Two.', translated: undefined, speaker: 1 },
    ],
    report: [],
    translator: 'apertium',
    voices: [],
    ...more,
  };
}

function findings(more: Partial<TranslationFindings> = {}): TranslationFindings {
  return { settings: { level: 'subtitle' }, source: 'en', made: [made('es')], warnings: [], details: {}, ...more };
}

const row = { index: 0, sourceStart: 0, dubStart: 0.1504, dubEnd: 1.2, tempo: 1.25, overflow: 0, cut: 0 };

test('the fields of a single language stand at the top, and Output is its address at subtitle level', () => {
  const result = translationResult(JOB, findings(), { Json: 'oss://r/j.json' });
  expect(JSON.parse(result.aiResult)).toEqual({
    MediaURL: 'https://b.oss-cn-shanghai.aliyuncs.com/o_es.mp4',
    MediaId: 'media of es',
    SpeechTranslatedSubtitleURL: 'https://b.oss-cn-shanghai.aliyuncs.com/o_es.srt',
  });
  expect(result).toMatchObject({
    output: 'https://b.oss-cn-shanghai.aliyuncs.com/o_es.mp4',
    mediaId: 'media of es',
    mediaObject: 'oss://b/o_es.mp4',
    files: { Json: 'oss://r/j.json' },
    details: {
      Level: 'subtitle',
      Language: 'en',
      Targets: 'es',
      Translator: 'apertium',
      Lines: 2,
      Untranslated: 1,
    },
  });
  expect(result.details).not.toHaveProperty('Warnings');
});

test('several languages have a map, and Output is the same text', () => {
  const result = translationResult(
    JOB,
    findings({ made: [made('es'), made('pt-BR')], detextVideoUrl: 'oss://b/o_detext.mp4' }),
    undefined,
  );
  const aiResult = JSON.parse(result.aiResult) as Record<string, Record<string, object>>;
  expect(Object.keys(aiResult)).toEqual(['VideoTranslationAiResultMap', 'DetextVideoURL']);
  expect(aiResult['VideoTranslationAiResultMap']).toMatchObject({
    es: { MediaId: 'media of es' },
    'pt-BR': { MediaURL: 'https://b.oss-cn-shanghai.aliyuncs.com/o_pt-BR.mp4' },
  });
  expect(result.output).toBe(result.aiResult);
  expect(result.details).toMatchObject({ Targets: 'es, pt-BR' });
});

test('at speech level there are the dubbed sound, a job to correct, and how the lines lie', () => {
  const dubbed = made('es', {
    audioUrl: 'https://b.oss-cn-shanghai.aliyuncs.com/o_es.wav',
    subtitleForFixUrl: 'https://b.oss-cn-shanghai.aliyuncs.com/o_es_fix.srt',
    bilingualSubtitleUrl: 'https://b.oss-cn-shanghai.aliyuncs.com/o_es_bilingual.srt',
    voices: ['flite slt'],
    report: [row, { ...row, index: 1, sourceStart: 2, dubStart: 2.5, tempo: 1, overflow: 0.2, shortened: 'uno' }],
  });
  const result = translationResult(JOB, findings({ settings: { level: 'speech' }, made: [dubbed] }), undefined);
  expect(JSON.parse(result.output)).toMatchObject({
    TranslatedAudioMediaURL: 'https://b.oss-cn-shanghai.aliyuncs.com/o_es.wav',
    SpeechTranslatedSubtitleURLForFix: 'https://b.oss-cn-shanghai.aliyuncs.com/o_es_fix.srt',
    SpeechBilingualSubtitleURL: 'https://b.oss-cn-shanghai.aliyuncs.com/o_es_bilingual.srt',
    SpeechTranslationJobId: JOB.id,
    Report: {
      ...{ Lines: 2, InTime: 1, MedianDrift: 0.15, MaxDrift: 0.5, MaxTempo: 1.25 },
      ...{ Overflowing: 1, Shortened: 1, Cut: 0 },
    },
  });
  expect(result.details).toMatchObject({ Level: 'speech', Voice: 'flite slt' });
});

test('so many warnings are shown, and all of them stand in the report', () => {
  const warnings = Array.from({ length: 60 }, (_, index) => `Warning ${index}.`);
  const result = translationResult(JOB, findings({ warnings }), undefined);
  const shown = (JSON.parse(result.aiResult) as { Warnings: string[] }).Warnings;
  expect([shown.length, shown.at(-1)]).toEqual([51, 'And 10 more.']);
  expect(result.details?.['Warnings']).toContain('Warning 49. And 10 more.');
  const report = JSON.parse(translationReport(findings({ warnings })).text) as { Warnings: string[] };
  expect(report.Warnings).toEqual(warnings);
});

test('the report tells of each line what it became and when it is spoken', () => {
  const dubbed = made('es', { report: [{ ...row, cut: 0.3 }], voices: ['v'], translatorReason: 'No other one.' });
  const report = translationReport(findings({ settings: { level: 'speech' }, made: [dubbed] }));
  expect(report.type).toBe('Json');
  expect(JSON.parse(report.text)).toEqual({
    ...{ Level: 'speech', SourceLanguage: 'en', Warnings: [] },
    Targets: [
      {
        ...{ Language: 'es', Translator: 'apertium', TranslatorReason: 'No other one.', Voices: ['v'] },
        Lines: [
          {
            ...{ From: 0, To: 1, Source: 'One.', Translation: 'es one' },
            ...{ DubStart: 0.1504, DubEnd: 1.2, Tempo: 1.25, Overflow: 0, Cut: 0.3 },
          },
          { From: 2, To: 3, Source: 'Two.', Speaker: 1 },
        ],
      },
    ],
  });
});
