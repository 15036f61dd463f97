import { describe, expect, test } from 'vitest';
import { namesLanguage, readTranslationSettings, translationTargets } from './translation-settings.ts';

function read(editing: object = {}, input: object = {}, output: object = {}) {
  return readTranslationSettings({
    InputConfig: JSON.stringify({ Type: 'Video', Video: 'oss://in/a.mp4', ...input }),
    OutputConfig: JSON.stringify({ MediaURL: 'oss://out/a.mp4', ...output }),
    EditingConfig: JSON.stringify({ TargetLanguage: 'es', ...editing }),
  });
}

describe('the settings of a translation', () => {
  test('have the documented defaults', () => {
    expect(read()).toEqual({
      ...{ level: 'subtitle', source: undefined, targets: ['es'], textSource: 'OCR_ASR', ocrArea: 'Auto' },
      input: { type: 'Video', media: 'oss://in/a.mp4', subtitle: undefined },
      output: { mediaUrl: 'oss://out/a.mp4', width: undefined, height: undefined },
      ...{ detext: undefined, bilingual: false, customSrtType: 'SourceSrt', subtitleStyle: {} },
      ...{ subtitleTimeForce: false, skipSong: false, voice: undefined, canvas: undefined },
      ...{ originalJobId: undefined, glossary: [], hotwordLibrary: undefined, warnings: [] },
    });
  });

  test('are read as programs write them: numbers and flags in text, areas as JSON and as text', () => {
    const asText = read(
      {
        ...{ NeedSpeechTranslate: 'True', NeedFaceTranslate: 'false', BilingualSubtitle: 'true' },
        ...{ DetextArea: '[[0, 0.9, 1, 0.1]]', FECanvas: { Width: '1280', Height: 720 } },
        Glossary: '[{"Source":"job","Target":"tarea"}]',
        SpeechTranslate: {
          ...{ OcrArea: '[0.1,"0.7",0.8,0.2]', SkipSong: '1', SubtitleTimeForce: 'true' },
          ...{ SubtitleConfig: { FontSize: '0', X: '0.5' }, VoiceConfig: { Voice: ' slt ' } },
        },
      },
      {},
      { Width: '640' },
    );
    const asJson = read(
      {
        ...{ NeedSpeechTranslate: true, BilingualSubtitle: true },
        ...{ DetextArea: [0, 0.9, 1, 0.1], FECanvas: { Width: 1280, Height: '720' } },
        Glossary: [{ Source: 'job', Target: 'tarea' }],
        SpeechTranslate: {
          ...{ OcrArea: [0.1, 0.7, 0.8, 0.2], SkipSong: 1, SubtitleTimeForce: true },
          ...{ SubtitleConfig: { FontSize: 0, X: 0.5 }, VoiceConfig: { Voice: 'slt' } },
        },
      },
      {},
      { Width: 640 },
    );
    expect(asText).toEqual(asJson);
    expect(asText).toMatchObject({
      ...{ level: 'speech', bilingual: true, skipSong: true, subtitleTimeForce: true, voice: 'slt' },
      ocrArea: { x: 0.1, y: 0.7, width: 0.8 },
      detext: [{ x: 0, y: 0.9, width: 1, height: expect.closeTo(0.1) as number }],
      ...{ subtitleStyle: { fontSize: 0, x: 0.5 }, canvas: { width: 1280, height: 720 } },
      ...{ output: { width: 640, height: undefined }, glossary: [{ source: 'job', target: 'tarea' }] },
    });
  });

  test.each([
    ['Auto', 'Auto'],
    ['auto', 'Auto'],
    ['[[0,0,0.5,0.5],[0.5,0.5,0.5,0.503]]', [areaAt(0, 0), areaAt(0.5, 0.5)]],
    ['', undefined],
    [null, undefined],
  ])('DetextArea %j', (DetextArea, expected) => {
    expect(read({ DetextArea }).detext).toEqual(expected);
  });

  test.each([
    [{ SubtitleConfig: { FontSize: 40 } }, 40],
    [{ SubtitleConfig: { FontSize: 40 }, SubtitleTranslate: { SubtitleConfig: { FontSize: 72 } } }, 72],
    [{ SpeechTranslate: { SubtitleConfig: { FontSize: 72 } } }, undefined],
  ])('the style is that of the level, then the one at the top: %j', (editing, expected) => {
    expect(read(editing).subtitleStyle.fontSize).toBe(expected);
  });

  test('the style takes every documented key, and colours in any form', () => {
    const SubtitleConfig = {
      ...{ Type: 'Text', Font: 'Noto Sans', FontSize: 72, FontColor: 'FFF', FontColorOpacity: '0.9' },
      ...{ X: 0.5, Y: 0.82, TextWidth: 0.9, Alignment: 'Center', BorderStyle: '1', Outline: 2 },
      ...{ OutlineColour: '#102030', AdaptMode: 'AutoWrap', Spacing: 3 },
    };
    expect(read({ SubtitleTranslate: { SubtitleConfig } }).subtitleStyle).toEqual({
      ...{ font: 'Noto Sans', fontSize: 72, fontColor: '#fff', fontColorOpacity: 0.9, x: 0.5, y: 0.82 },
      ...{ textWidth: 0.9, alignment: 'CenterCenter', borderStyle: 1, outline: 2, outlineColor: '#102030' },
    });
  });

  test('CustomSrtType of the level goes before the one at the top', () => {
    const top = { CustomSrtType: 'TargetSrt' };
    expect(read(top).customSrtType).toBe('TargetSrt');
    const both = { ...top, SubtitleTranslate: { CustomSrtType: 'BilingualSrtTgtFirst' } };
    expect(read(both).customSrtType).toBe('BilingualSrtTgtFirst');
  });

  test.each([
    [{ TextSource: 'ASR' }, { Type: 'Subtitle', Subtitle: 'oss://in/a.srt' }, 'SubtitleFile'],
    [{}, { Type: 'Audio', Audio: 'oss://in/a.wav' }, 'ASR'],
    [{ TextSource: 'ALL' }, {}, 'ALL'],
  ])('the text of %j with %j comes from %s', (editing, input, expected) => {
    expect(read(editing, input).textSource).toBe(expected);
  });

  test('a glossary is a list of pairs', () => {
    expect(read({ Glossary: [{ Source: ' Elinor ', Target: 'Leonor' }] }).glossary).toEqual([
      { source: 'Elinor', target: 'Leonor' },
    ]);
  });

  test('what has no effect is told', () => {
    const editing = {
      SupportEditing: 'true',
      SpeechTranslate: { SkipSong: 1 },
      FaceTranslate: { OcrArea: 'Auto' },
    };
    const subtitle = { Type: 'Subtitle', Subtitle: 'oss://in/a.srt' };
    expect(read({ ...editing, DetextArea: 'Auto' }, subtitle, { Width: 640 }).warnings).toEqual([
      expect.stringContaining('SupportEditing has no effect'),
      expect.stringContaining('SpeechTranslate has no effect: it belongs to the speech level'),
      expect.stringContaining('FaceTranslate has no effect'),
      expect.stringContaining('DetextArea has no effect: the input is of Type Subtitle'),
      expect.stringContaining('Width and Height have no effect'),
    ]);
    expect(read({}, { Subtitle: 'oss://in/a.srt' }).warnings).toEqual([
      'InputConfig.Subtitle is not read: TextSource is OCR_ASR, not SubtitleFile.',
    ]);
    const spoken = { SkipSong: '1', VoiceConfig: { Voice: 'slt' } };
    expect(read({ FECanvas: { Width: 1080 }, SubtitleTranslate: spoken }).warnings).toEqual([
      'FECanvas has no effect: it wants both Width and Height.',
      'SubtitleTranslate.VoiceConfig has no effect: nothing is spoken.',
      'SubtitleTranslate.SkipSong has no effect: nothing is spoken.',
    ]);
    const shown = { OcrArea: 'Auto', SubtitleConfig: { FontSize: 9 }, CustomSrtType: 'TargetSrt' };
    const canvas = { FECanvas: { Width: 9, Height: 9 } };
    expect(read({ ...canvas, SubtitleTranslate: shown, HotwordLibraryIdList: 'x' }, subtitle).warnings).toEqual([
      'SubtitleConfig has no effect: the input is of Type Subtitle, without a picture.',
      'FECanvas has no effect: the input is of Type Subtitle, without a picture.',
      'OcrArea has no effect: TextSource is SubtitleFile, and nothing is read from the picture.',
      'HotwordLibraryIdList has no effect: the subtitle is translated already.',
    ]);
    expect(read({ TextSource: 'ASR', SubtitleTranslate: shown }).warnings).toEqual([
      'OcrArea has no effect: TextSource is ASR, and nothing is read from the picture.',
      'CustomSrtType has no effect: TextSource is ASR, and no subtitle is read.',
    ]);
    expect(read({ ...canvas, SubtitleTranslate: { OcrArea: 'Auto' }, SubtitleConfig: { X: 1 } }).warnings).toEqual(
      [],
    );
    const speech = { NeedSpeechTranslate: true, SpeechTranslate: spoken, FECanvas: { Width: 9, Height: 9 } };
    expect(read(speech).warnings).toEqual([]);
  });
});

function areaAt(x: number, y: number) {
  return { x, y, width: 0.5, height: 0.5 };
}

describe('what a translation writes', () => {
  test.each([
    ['oss://out/a_{language_id}.mp4', 'oss://out/a_pt-BR.mp4'],
    [
      'https://out.oss-cn-x.aliyuncs.com/a_{language_id}.mp4?Expires=7',
      'https://out.oss-cn-x.aliyuncs.com/a_pt-BR.mp4',
    ],
    ['https://out.oss-cn-x.aliyuncs.com/a_%7Blanguage_id%7D.mp4', 'https://out.oss-cn-x.aliyuncs.com/a_pt-BR.mp4'],
  ])('is named after its language: %s', (MediaURL, mediaUrl) => {
    const settings = read({ TargetLanguage: 'es, pt-BR' }, {}, { MediaURL });
    const job = { outputBucket: 'out', outputObject: 'a_{language_id}.mp4' };
    expect(translationTargets(job, settings)[1]).toEqual({
      ...{ language: 'pt-BR', bucket: 'out', key: 'a_pt-BR.mp4' },
      mediaUrl,
    });
    expect([namesLanguage(MediaURL), namesLanguage('oss://out/language_id.mp4')]).toEqual([true, false]);
  });
});
