import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_MACHINE } from '../engines/tts/voices/test-voices.ts';
import { readTranslationSettings } from '../pipelines/translation/translation-settings.ts';
import { openTestGateway, type TestGateway } from './test-gateway.ts';
import { jobIdOf, jobOf } from './test-translation.ts';

/* Calls as public programs of the service write them, key by key. */

let gateway: TestGateway;
beforeEach(() => {
  gateway = openTestGateway({ voices: async () => DEFAULT_MACHINE });
});
afterEach(() => gateway.close());

type Call = { readonly input: object; readonly output: object; readonly editing: object };

async function settingsOf({ input, output, editing }: Call) {
  const called = await gateway.call('SubmitVideoTranslationJob', {
    InputConfig: JSON.stringify(input),
    OutputConfig: JSON.stringify(output),
    EditingConfig: JSON.stringify(editing),
  });
  expect(called.body).toMatchObject({ Success: true });
  return readTranslationSettings((await jobOf(gateway, jobIdOf(called))).parameters);
}

const HOST = 'https://my-bucket.oss-cn-shanghai.aliyuncs.com';

test('subtitles into the picture: media ids, and a look in fractions', async () => {
  const register = async (InputURL: string): Promise<string> => {
    const more = { MediaType: 'video', Title: '剧集', BusinessType: 'subtitles', Overwrite: 'True' };
    return String((await gateway.call('RegisterMediaInfo', { InputURL, ...more })).body['MediaId']);
  };
  const Video = await register('oss://my-bucket/ep001.mp4');
  const Subtitle = await register('oss://my-bucket/ep001.zh.srt');
  const look = { Type: 'Text', FontSize: 72, FontColor: '#FFFFFF', FontColorOpacity: 1.0, X: 0.5, Y: 0.82 };
  const SubtitleConfig = { ...look, TextWidth: 0.9, Alignment: 'Center', BorderStyle: 1, Outline: 2 };
  const settings = await settingsOf({
    input: { Type: 'Video', Video, Subtitle },
    output: { OutputTarget: 'OSS', MediaURL: `${HOST}/out/ep001.en.mp4` },
    editing: {
      ...{ SourceLanguage: 'zh', TargetLanguage: 'en', TextSource: 'SubtitleFile', BilingualSubtitle: false },
      ...{ NeedSpeechTranslate: false, NeedFaceTranslate: false, SubtitleTranslate: { SubtitleConfig } },
      SupportEditing: true,
    },
  });
  expect(settings).toMatchObject({
    ...{ level: 'subtitle', input: { media: Video, subtitle: Subtitle }, textSource: 'SubtitleFile' },
    subtitleStyle: {
      ...{ fontSize: 72, fontColor: '#ffffff', fontColorOpacity: 1, x: 0.5, y: 0.82, textWidth: 0.9 },
      ...{ alignment: 'CenterCenter', borderStyle: 1, outline: 2 },
    },
    warnings: [expect.stringContaining('SupportEditing has no effect')],
  });
});

test('a dub in several languages: areas as arrays, a canvas, subtitles hidden', async () => {
  const settings = await settingsOf({
    input: { Type: 'Video', Video: `${HOST}/input/01.mp4` },
    output: { OutputTarget: 'OSS', MediaURL: `${HOST}/output/01-{language_id}.mp4` },
    editing: {
      ...{ SourceLanguage: 'zh', TargetLanguage: 'en,es', TextSource: 'OCR_ASR', SupportEditing: true },
      ...{ BilingualSubtitle: false, NeedSpeechTranslate: true, NeedFaceTranslate: false },
      SpeechTranslate: {
        ...{ SubtitleTimeForce: false, SkipSong: 0, OcrArea: [0.1, 0.7, 0.8, 0.2] },
        SubtitleConfig: { Type: 'Text', FontSize: 0, FontColor: '#FFFFFF', AdaptMode: 'AutoWrap', TextWidth: 0.9 },
      },
      ...{ FECanvas: { Width: 1080, Height: 1920 }, DetextArea: [[0, 0.65, 1, 0.35]] },
    },
  });
  expect(settings).toMatchObject({
    ...{ level: 'speech', targets: ['en', 'es'], skipSong: false, canvas: { width: 1080, height: 1920 } },
    ...{ ocrArea: { x: 0.1, height: 0.2 }, detext: [{ y: 0.65, height: 0.35 }], subtitleStyle: { fontSize: 0 } },
  });
});

test('nulls where nothing is wanted, areas as text, and a voice of the cloud', async () => {
  const settings = await settingsOf({
    input: { Type: 'Video', Video: 'oss://my-bucket.oss-cn-shanghai.aliyuncs.com/input.mp4', Subtitle: null },
    output: { MediaURL: `${HOST}/output.mp4`, Width: null, Height: null },
    editing: {
      ...{ SourceLanguage: 'zh', TargetLanguage: 'en', NeedSpeechTranslate: true, NeedFaceTranslate: false },
      ...{ DetextArea: '[[0, 0.9, 1, 0.1]]', CustomSrtType: null, TextSource: 'ASR' },
      SpeechTranslate: { VoiceConfig: { Voice: 'zhiyan_emo' } },
    },
  });
  expect(settings).toMatchObject({ voice: 'zhiyan_emo', detext: [{ y: 0.9 }], output: { width: undefined } });
});

test('the text of the subtitle, and the kind of it at the level', async () => {
  const Subtitle = '1\n00:00:00,000 --> 00:00:02,500\nFirst sentence\n\n3\n00:00:08,000 --> 00:00:10,600\n\n';
  const settings = await settingsOf({
    input: { Type: 'Video', Video: `${HOST}/input.mp4`, Subtitle },
    output: { MediaURL: `${HOST}/output.mp4` },
    editing: {
      ...{ SourceLanguage: 'zh', TargetLanguage: 'en', NeedSpeechTranslate: true, TextSource: 'SubtitleFile' },
      SpeechTranslate: { CustomSrtType: 'TargetSrt', VoiceConfig: { Voice: 'zhiyan_emo' } },
    },
  });
  expect(settings).toMatchObject({ customSrtType: 'TargetSrt', input: { subtitle: Subtitle } });
});
