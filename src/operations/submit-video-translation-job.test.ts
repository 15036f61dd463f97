import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reservedMediaIds } from '../jobs/job-media.ts';
import { openTestGateway, type Called, type TestGateway } from './test-gateway.ts';
import { jobIdOf, jobOf, translationCall, type TranslationChanges } from './test-translation.ts';

let gateway: TestGateway;
beforeEach(() => {
  gateway = openTestGateway({
    maxWaitingJobs: 2,
    translation: {
      refusal: async ({ source, target }) =>
        target === 'ja' ? `Nobody translates ${source} to ${target}; there are en to es.` : undefined,
    },
  });
});
afterEach(() => gateway.close());

const submit = (changes: TranslationChanges = {}): Promise<Called> =>
  gateway.call('SubmitVideoTranslationJob', translationCall(changes));

const SUBTITLE = { Type: 'Subtitle', Subtitle: 'oss://uploads/film.srt', Video: '' };
const SRT_URL = { MediaURL: 'oss://films/out.srt' };

describe('a submit', () => {
  test('answers in its own envelope, and the job shows what was submitted', async () => {
    const called = await submit({ call: { Title: 'A film', UserData: '{"a":1}', SignatureMehtod: 'HMAC-SHA1' } });
    expect(called).toMatchObject({ status: 200, body: { Success: true } });
    expect(Object.keys(called.body).toSorted()).toEqual(['Data', 'RequestId', 'Success']);
    expect(called.body['Data']).toEqual({ JobId: expect.stringMatching(/^[0-9a-f]{32}$/) as string });
    const { body } = await gateway.call('GetSmartHandleJob', { JobId: jobIdOf(called) });
    expect(body).toMatchObject({
      ...{ State: 'Created', UserData: '{"a":1}' },
      SmartJobInfo: {
        ...{ Title: 'A film', JobType: 'VideoTranslation' },
        InputConfig: { InputFile: 'oss://uploads/film.mp4' },
        OutputConfig: { Bucket: 'films', Object: 'out/a film.mp4' },
      },
    });
    const list = await gateway.call('ListSmartJobs', { JobType: 'VideoTranslation' });
    expect(list.text).toContain('\\"TargetLanguage\\":\\"es\\"');
  });

  test('in XML, as other clients ask for it', async () => {
    const { status, text } = await submit({ call: { Format: 'XML' } });
    expect(status).toBe(200);
    expect(text).toMatch(
      /<SubmitVideoTranslationJobResponse>.*<Success>true<\/Success><Data><JobId>[0-9a-f]{32}<\/JobId><\/Data>/s,
    );
  });

  test('reserves a media for each language, in their order', async () => {
    const id = jobIdOf(
      await submit({
        output: { MediaURL: 'oss://films/out_{language_id}.mp4' },
        editing: { TargetLanguage: 'es, fr' },
      }),
    );
    const reserved = reservedMediaIds(await jobOf(gateway, id));
    const answers = await Promise.all(reserved.map((MediaId) => gateway.call('GetMediaInfo', { MediaId })));
    expect(answers.map(({ body }) => body['MediaInfo'])).toMatchObject([
      { MediaBasicInfo: { InputURL: 'oss://films/out_es.mp4', Status: 'Preparing', MediaType: 'video' } },
      { MediaBasicInfo: { InputURL: 'oss://films/out_fr.mp4', Status: 'Preparing', MediaType: 'video' } },
    ]);
    await gateway.call('CancelSmartJob', { JobId: id });
    for (const MediaId of reserved) {
      const { body } = await gateway.call('GetMediaInfo', { MediaId });
      expect(body['MediaInfo']).toMatchObject({ MediaBasicInfo: { Status: 'PrepareFail' } });
    }
  });

  test('takes a media id wherever a file is named', async () => {
    const register = async (InputURL: string): Promise<string> =>
      String((await gateway.call('RegisterMediaInfo', { InputURL })).body['MediaId']);
    const video = await register('oss://uploads/film.mp4');
    const subtitle = await register('https://uploads.oss-cn-shanghai.aliyuncs.com/film.srt');
    const called = await submit({
      input: { Video: video, Subtitle: subtitle },
      editing: { TextSource: 'SubtitleFile', CustomSrtType: 'SourceSrt' },
    });
    expect(called.status).toBe(200);
    expect((await jobOf(gateway, jobIdOf(called))).inputFile).toBe(video);
  });

  test.each<[string, TranslationChanges]>([
    ['a subtitle', { input: SUBTITLE, output: SRT_URL }],
    ['a subtitle into WebVTT', { input: SUBTITLE, output: { MediaURL: 'oss://films/out.VTT' } }],
    ['a public URL', { input: { Video: 'https://example.com/film.m3u8' } }],
    [
      'the sound of a recording',
      {
        input: { Type: 'Audio', Audio: 'oss://uploads/talk.mp3' },
        output: { MediaURL: 'oss://films/talk.wav' },
        editing: { NeedSpeechTranslate: 'true' },
      },
    ],
    [
      'the text of a subtitle in the place of its address, as long as a film has it',
      {
        input: { Subtitle: '1\r\n00:00:01,000 --> 00:00:02,000\r\nHello.\r\n\r\n'.repeat(2000) },
        editing: { TextSource: 'SubtitleFile' },
      },
    ],
    ['a language that is yet to be heard', { editing: { SourceLanguage: '' } }],
    [
      'a Spanish subtitle that is spoken in English over an English video',
      {
        input: { Subtitle: 'oss://uploads/film.srt' },
        editing: {
          ...{ SourceLanguage: 'es', TargetLanguage: 'en', NeedSpeechTranslate: true },
          TextSource: 'SubtitleFile',
        },
      },
    ],
    [
      'a subtitle that is translated already, into a language that nobody translates into',
      {
        input: { Subtitle: 'oss://uploads/film.srt' },
        editing: { TargetLanguage: 'ja', TextSource: 'SubtitleFile', CustomSrtType: 'TargetSrt' },
      },
    ],
  ])('takes %s', async (_what, changes) => {
    expect(await submit(changes)).toMatchObject({ status: 200 });
  });
});

describe('a submit is refused', () => {
  test.each<[TranslationChanges, string, ...string[]]>([
    [{ call: { InputConfig: '' } }, 'MissingInputConfig', 'InputConfig is mandatory'],
    [{ call: { OutputConfig: '' } }, 'MissingOutputConfig', 'OutputConfig is mandatory'],
    [{ call: { EditingConfig: '' } }, 'MissingEditingConfig', 'EditingConfig is mandatory'],
    [{ call: { EditingConfig: '{' } }, 'InvalidParameter', "'EditingConfig' is invalid"],
    [{ input: { Type: 'Film' } }, 'InvalidParameter', 'input: Film, value range: Video, Audio, Subtitle'],
    [{ input: { Video: '' } }, 'InvalidParameter', "'InputConfig.Video' is invalid", 'since Type is Video'],
    [{ input: { Video: 'film.mp4' } }, 'InvalidParameter', "'InputConfig.Video' is invalid"],
    [{ input: { Video: 'ab'.repeat(16) } }, 'InvalidParameter', 'no media'],
    [{ input: { Subtitle: 'film.srt' } }, 'InvalidParameter', "'InputConfig.Subtitle' is invalid"],
    [
      { input: { Subtitle: '1\n00:00:02,000 --> 00:00:01,000\nHello.\n' } },
      'InvalidParameter',
      "'InputConfig.Subtitle' is invalid, line 2: ",
    ],
    [{ input: { Subtitle: 'oss://uploads/' + 'x'.repeat(4096) } }, 'InvalidParameter', 'at most 4096 characters'],
    [{ input: { ...SUBTITLE, Subtitle: '' }, output: SRT_URL }, 'InvalidParameter', 'since Type is Subtitle'],
    [
      { input: { Type: 'Audio', Audio: 'oss://u/a.mp3' }, output: { MediaURL: 'oss://films/a.wav' } },
      'InvalidParameter',
      'Video, Subtitle where NeedSpeechTranslate is false',
    ],
    [
      { input: SUBTITLE, output: SRT_URL, editing: { NeedSpeechTranslate: true } },
      'InvalidParameter',
      'Video, Audio where NeedSpeechTranslate is true',
      'TextSource to SubtitleFile',
    ],
    [{ output: { MediaURL: '' } }, 'InvalidParameter', "'OutputConfig.MediaURL' is invalid"],
    [{ output: { MediaURL: 'https://example.com/a.mp4' } }, 'InvalidParameter', 'oss://bucket/key or https://'],
    [{ output: { MediaURL: 'oss://films/a.mov' } }, 'InvalidParameter', '.mp4, since Type is Video'],
    [{ output: { MediaURL: 'oss://uploads/film.mp4' } }, 'InvalidParameter', 'other than the inputs of the job'],
    [
      { input: { Video: 'https://films.oss-cn-shanghai.aliyuncs.com/out/a%20film.mp4' } },
      'InvalidParameter',
      'other than the inputs of the job',
    ],
    [
      { input: SUBTITLE, output: { MediaURL: 'oss://uploads/film.srt' } },
      'InvalidParameter',
      'other than the inputs of the job',
    ],
    [{ output: { MediaURL: 'oss://films/.mp4' } }, 'InvalidParameter', '.mp4, since Type is Video'],
    [{ input: SUBTITLE }, 'InvalidParameter', '.srt or .vtt, since Type is Subtitle'],
    [{ output: { MediaURL: 'oss://smartjobs-results-1/a.mp4' } }, 'InvalidParameter', 'a bucket of the account'],
    [
      { output: { Width: '100' } },
      'InvalidParameter',
      "'OutputConfig.Width' is invalid, input: 100",
      '128 to 4096',
    ],
    [{ output: { OutputTarget: 'VOD' } }, 'InvalidParameter.NotSupport', 'OutputTarget', 'There is no VOD storage'],
    [{ editing: { NeedFaceTranslate: 'True' } }, 'InvalidParameter.NotSupport', 'NeedSpeechTranslate true'],
    [
      { editing: { NeedFaceTranslate: true, NeedSpeechTranslate: true } },
      'InvalidParameter.NotSupport',
      "'EditingConfig.NeedFaceTranslate' is invalid",
    ],
    [{ editing: { TargetLanguage: '' } }, 'InvalidParameter', "'EditingConfig.TargetLanguage"],
    [
      { editing: { TargetLanguage: 'es,klingon' } },
      'InvalidParameter',
      "'EditingConfig.TargetLanguage' is invalid, input: es,klingon, value range: 1 to 20 language codes",
    ],
    [{ editing: { TargetLanguage: 'es,' } }, 'InvalidParameter', "TargetLanguage' is invalid, input: es,, value"],
    [{ editing: { TargetLanguage: [] } }, 'InvalidParameter', "TargetLanguage' is invalid, input: [], value range"],
    [{ editing: { SourceLanguage: 'klingon' } }, 'InvalidParameter', 'a language code such as en'],
    [{ editing: { TargetLanguage: 'es,fr' } }, 'InvalidParameter', '{language_id}', 'there are 2 languages'],
    [
      { editing: { TargetLanguage: 'es,ES' }, output: { MediaURL: 'oss://f/{language_id}.mp4' } },
      'InvalidParameter',
      'each language once; ES',
    ],
    [{ editing: { TargetLanguage: 'en-GB' } }, 'InvalidParameter', 'languages other than SourceLanguage, en'],
    [{ editing: { TargetLanguage: 'ja' } }, 'InvalidParameter.NotSupport', 'input: ja. Nobody translates en to ja'],
    [{ editing: { SourceLanguage: 'und' } }, 'InvalidParameter', "'EditingConfig.SourceLanguage' is invalid"],
    [
      { editing: { SourceLanguage: '', TextSource: 'OCR' } },
      'InvalidParameter',
      'not heard where TextSource is OCR',
    ],
    [{ editing: { TextSource: 'SubtitleFile' } }, 'InvalidParameter', "'InputConfig.Subtitle'", 'since TextSource'],
    [{ editing: { TextSource: 'ALL', NeedSpeechTranslate: true } }, 'InvalidParameter', 'OCR_ASR, ASR, OCR'],
    [{ editing: { TextSource: 'Lips' } }, 'InvalidParameter', 'OCR_ASR, ASR, OCR, SubtitleFile, ALL'],
    [
      {
        input: { Type: 'Audio', Audio: 'oss://u/a.mp3' },
        output: { MediaURL: 'oss://films/a.wav' },
        editing: { TextSource: 'OCR', NeedSpeechTranslate: true },
      },
      'InvalidParameter',
      'there is no picture',
    ],
    [
      {
        input: { Subtitle: 'oss://u/film.srt' },
        output: { MediaURL: 'oss://f/{language_id}.mp4' },
        editing: { TargetLanguage: 'es,fr', TextSource: 'SubtitleFile', CustomSrtType: 'TargetSrt' },
      },
      'InvalidParameter',
      'one language where CustomSrtType is TargetSrt',
    ],
    [{ editing: { CustomSrtType: 'Srt' } }, 'InvalidParameter', 'SourceSrt, TargetSrt, BilingualSrtSrcFirst'],
    [{ editing: { DetextArea: '[[0,0.9,1,0.2]]' } }, 'InvalidParameter', "'EditingConfig.DetextArea", 'Auto, or'],
    [{ editing: { DetextArea: 'everywhere' } }, 'InvalidParameter', 'in fractions of the picture'],
    [
      { editing: { DetextArea: '[[0,900,1080,200]]' } },
      'InvalidParameter',
      "'EditingConfig.DetextArea' is invalid, input: [[0,900,1080,200]], value range: Auto, or 1 to 20 areas",
    ],
    [
      { editing: { DetextArea: [] } },
      'InvalidParameter',
      "DetextArea' is invalid, input: [], value range: Auto, or",
    ],
    [{ editing: { DetextArea: [[1, 0, 0.003, 1]] } }, 'InvalidParameter', 'that ends within it'],
    [
      { editing: { SubtitleTranslate: { OcrArea: ['', 0, 1, 1] } } },
      'InvalidParameter',
      'SubtitleTranslate.OcrArea',
    ],
    [
      { editing: { SubtitleTranslate: { SubtitleConfig: { BorderStyle: [1] } } } },
      'InvalidParameter',
      "SubtitleConfig.BorderStyle' is invalid, input: [1], value range: 1 or 3",
    ],
    [{ editing: { SubtitleTranslate: { OcrArea: [0, 0, 1] } } }, 'InvalidParameter', 'SubtitleTranslate.OcrArea'],
    [
      { editing: { SpeechTranslate: { SubtitleConfig: { FontSize: 401 } } } },
      'InvalidParameter',
      "'EditingConfig.SpeechTranslate.SubtitleConfig.FontSize' is invalid, input: 401",
    ],
    [{ editing: { SpeechTranslate: { SkipSong: 2 } } }, 'InvalidParameter', '0 or 1'],
    [{ editing: { Glossary: [{ Source: 'a' }] } }, 'InvalidParameter', 'Glossary.0.Target'],
    [
      { editing: { Glossary: '[{"Source":"a"}]' } },
      'InvalidParameter',
      'Glossary.0.Target\' is invalid, input: [{"Source":"a"}], value range: a text of 1 to 200 characters',
    ],
    [{ call: { UserData: 'x'.repeat(513) } }, 'InvalidParameter', 'at most 512 bytes'],
    [{ call: { ClientToken: 'x'.repeat(65) } }, 'InvalidParameter', "'ClientToken' is invalid", '64 bytes'],
    [{ call: { ClientToken: 'ünlike' } }, 'InvalidParameter', "'ClientToken' is invalid", 'ASCII'],
  ])('%j as %s', async (changes, code, ...parts) => {
    const { status, body } = await submit(changes);
    expect(body).toMatchObject({ Code: code });
    expect(status).toBe(400);
    for (const part of parts) expect(body['Message']).toContain(part);
    await expect(gateway.jobs.count(gateway.account, {})).resolves.toBe(0);
  });

  test('where its part of the queue is full, and no media is left behind', async () => {
    await submit();
    await submit();
    expect(await submit()).toMatchObject({ status: 400, body: { Code: 'QuotaExceeded' } });
    const list = await gateway.call('ListMediaBasicInfos');
    expect(list.body['MediaInfos']).toHaveLength(2);
  });

  test('at speech level where nothing here speaks the language, or nobody knows the voice', async () => {
    const silent = openTestGateway({ voices: async () => [] });
    const call = translationCall({ editing: { NeedSpeechTranslate: true } });
    const refused = await silent.call('SubmitVideoTranslationJob', call);
    expect(refused.body).toMatchObject({ Code: 'InvalidParameter.NotSupport' });
    expect(refused.body['Message']).toContain("'EditingConfig.TargetLanguage' is invalid.");
    const named = translationCall({
      editing: { NeedSpeechTranslate: true, SpeechTranslate: { VoiceConfig: { Voice: 'nobody' } } },
    });
    const unknown = await silent.call('SubmitVideoTranslationJob', named);
    expect(unknown.body).toMatchObject({ Code: 'InvalidParameter' });
    expect(unknown.body['Message']).toContain("'EditingConfig.SpeechTranslate.VoiceConfig.Voice' is invalid.");
    expect((await silent.call('SubmitVideoTranslationJob', translationCall())).status).toBe(200);
    await silent.close();
  });
});
