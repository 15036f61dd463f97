import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobId } from '../jobs/job-id.ts';
import { reservedMediaIds } from '../jobs/job-media.ts';
import type { JobResult } from '../jobs/smart-job.ts';
import { readTranslationSettings } from '../pipelines/translation/translation-settings.ts';
import { openTestGateway, type Called, type TestGateway } from './test-gateway.ts';
import { MEDIA_URL, translationCall, type TranslationChanges } from './test-translation.ts';

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

function jobIdOf({ body }: Called): JobId {
  return (body['Data'] as { JobId: JobId }).JobId;
}

async function jobOf(id: JobId) {
  const job = await gateway.jobs.get(gateway.account, id);
  if (job === undefined) throw new Error('there is no such job');
  return job;
}

async function finish(result: JobResult): Promise<void> {
  const claimed = await gateway.jobs.claim('worker', 30_000);
  if (claimed === undefined) throw new Error('nothing to claim');
  await gateway.jobs.finish(claimed.lease, result);
}

const SIZE = { Type: 'Subtitle', Subtitle: 'oss://uploads/film.srt', Video: '' };
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
    const reserved = reservedMediaIds(await jobOf(id));
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
    expect((await jobOf(jobIdOf(called))).inputFile).toBe(video);
  });

  test.each<[string, TranslationChanges]>([
    ['a subtitle', { input: SIZE, output: SRT_URL }],
    ['a subtitle into WebVTT', { input: SIZE, output: { MediaURL: 'oss://films/out.VTT' } }],
    ['a public URL', { input: { Video: 'https://example.com/film.m3u8' } }],
    [
      'the sound of a recording',
      {
        input: { Type: 'Audio', Audio: 'oss://uploads/talk.mp3' },
        output: { MediaURL: 'oss://films/talk.wav' },
        editing: { NeedSpeechTranslate: 'true' },
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
    [{ input: { ...SIZE, Subtitle: '' }, output: SRT_URL }, 'InvalidParameter', 'since Type is Subtitle'],
    [
      { input: { Type: 'Audio', Audio: 'oss://u/a.mp3' }, output: { MediaURL: 'oss://films/a.wav' } },
      'InvalidParameter',
      'Video, Subtitle where NeedSpeechTranslate is false',
    ],
    [
      { input: SIZE, output: SRT_URL, editing: { NeedSpeechTranslate: true } },
      'InvalidParameter',
      'Video, Audio where NeedSpeechTranslate is true',
      'TextSource to SubtitleFile',
    ],
    [{ output: { MediaURL: '' } }, 'InvalidParameter', "'OutputConfig.MediaURL' is invalid"],
    [{ output: { MediaURL: 'https://example.com/a.mp4' } }, 'InvalidParameter', 'oss://bucket/key or https://'],
    [{ output: { MediaURL: 'oss://films/a.mov' } }, 'InvalidParameter', '.mp4, since Type is Video'],
    [{ output: { MediaURL: 'oss://films/.mp4' } }, 'InvalidParameter', '.mp4, since Type is Video'],
    [{ input: SIZE }, 'InvalidParameter', '.srt or .vtt, since Type is Subtitle'],
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
    [{ editing: { TargetLanguage: 'klingon' } }, 'InvalidParameter', 'a language code'],
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
    [{ editing: { SubtitleTranslate: { OcrArea: [0, 0, 1] } } }, 'InvalidParameter', 'SubtitleTranslate.OcrArea'],
    [
      { editing: { SpeechTranslate: { SubtitleConfig: { FontSize: 401 } } } },
      'InvalidParameter',
      "'EditingConfig.SpeechTranslate.SubtitleConfig.FontSize' is invalid, input: 401",
    ],
    [{ editing: { SpeechTranslate: { SkipSong: 2 } } }, 'InvalidParameter', '0 or 1'],
    [{ editing: { Glossary: [{ Source: 'a' }] } }, 'InvalidParameter', 'Glossary.0.Target'],
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

describe('a second pass', () => {
  const subtitle = { input: { Video: '', Subtitle: 'oss://uploads/fixed.srt' } };
  const passOf = (OriginalJobId: string, input = subtitle.input): TranslationChanges => ({
    input,
    editing: { NeedSpeechTranslate: true, SpeechTranslate: { OriginalJobId, CustomSrtType: 'TargetSrt' } },
  });

  test.each(['Video', 'Subtitle'])('of Type %s goes on with what the first one was made from', async (Type) => {
    const first = jobIdOf(await submit());
    await finish({ output: '', aiResult: '{}' });
    const second = jobIdOf(await submit(passOf(first, { ...subtitle.input, Type })));
    await gateway.call('DeleteSmartJob', { JobId: first });
    const { inputFile, parameters } = await jobOf(second);
    expect(inputFile).toBe('oss://uploads/film.mp4');
    expect(readTranslationSettings(parameters)).toMatchObject({
      input: { type: 'Video', media: 'oss://uploads/film.mp4', subtitle: 'oss://uploads/fixed.srt' },
      ...{ textSource: 'SubtitleFile', customSrtType: 'TargetSrt', originalJobId: first },
    });
    expect(readTranslationSettings(parameters).warnings).toEqual([]);
  });

  test('is refused without a corrected subtitle, and where the first one is not a finished translation', async () => {
    const first = jobIdOf(await submit());
    const running = await submit(passOf(first));
    expect(running.body).toMatchObject({ Code: 'InvalidParameter' });
    expect(running.body['Message']).toContain('VideoTranslation that is Finished; this one is a job of type Video');
    await finish({ output: '', aiResult: '{}' });
    const without = await submit(passOf(first, { Video: '', Subtitle: '' }));
    expect(without.body['Message']).toContain('the corrected subtitle, since OriginalJobId is given');
    const unknown = await submit(passOf('0'.repeat(32)));
    expect(unknown.body).toMatchObject({ Code: 'InvalidParameter.JobNotFound' });
    expect(unknown.body['Message']).toContain('EditingConfig.SpeechTranslate.OriginalJobId');
    const asr = await gateway.call('SubmitASRJob', { InputFile: 'oss://media/a.wav' });
    const other = await submit(passOf(String(asr.body['JobId'])));
    expect(other.body['Message']).toContain('a job of type ASR');
  });
});

describe('a ClientToken', () => {
  const token = { call: { ClientToken: 'order-7' } };

  test('makes the same call the same job, whatever became of it, for a day', async () => {
    const first = await submit(token);
    expect(jobIdOf(await submit(token))).toBe(jobIdOf(first));
    await finish({ output: '', aiResult: '{}' });
    gateway.clock.advance(86_399_000);
    expect(jobIdOf(await submit(token))).toBe(jobIdOf(first));
    expect((await gateway.call('ListMediaBasicInfos')).body['MediaInfos']).toHaveLength(1);
    gateway.clock.advance(1000);
    expect(jobIdOf(await submit(token))).not.toBe(jobIdOf(first));
  });

  test('lets the same JSON be written otherwise', async () => {
    const first = await submit(token);
    const { OutputConfig, ...call } = translationCall(token);
    const again = {
      ...call,
      OutputConfig: ` ${OutputConfig}`,
      EditingConfig: '{"TargetLanguage":"es","SourceLanguage":"en"}',
    };
    expect(jobIdOf(await gateway.call('SubmitVideoTranslationJob', again))).toBe(jobIdOf(first));
  });

  test.each<[string, TranslationChanges]>([
    ['another title', { call: { Title: 'other' } }],
    ['another input', { input: { Video: 'oss://uploads/other.mp4' } }],
    ['another language', { editing: { TargetLanguage: 'fr' } }],
    ['languages in another order', { editing: { TargetLanguage: 'en,es' } }],
    ['what would be refused', { output: { MediaURL: 'oss://films/a.mov' } }],
  ])('refuses another call: %s', async (_what, changes) => {
    await submit(token);
    const call = { ...changes.call, ...token.call };
    const { status, body } = await submit({ ...changes, call });
    expect({ status, Code: body['Code'] }).toEqual({ status: 400, Code: 'IdempotentParameterMismatch' });
    await expect(gateway.jobs.count(gateway.account, {})).resolves.toBe(1);
  });

  test('makes one job of many calls at once, and one media', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => submit(token)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(new Set(answers.map(jobIdOf)).size).toBe(1);
    await expect(gateway.jobs.count(gateway.account, {})).resolves.toBe(1);
    expect((await gateway.call('ListMediaBasicInfos')).body['MediaInfos']).toHaveLength(1);
  });

  test('is free again when its job is deleted, and where the call was refused', async () => {
    const first = jobIdOf(await submit(token));
    await gateway.call('DeleteSmartJob', { JobId: first });
    expect((await submit({ ...token, editing: { TargetLanguage: 'ja' } })).status).toBe(400);
    expect(jobIdOf(await submit(token))).not.toBe(first);
  });
});

describe('the result', () => {
  test('has a link beside each address, made anew for whoever asks', async () => {
    const JobId = jobIdOf(await submit());
    const aiResult = JSON.stringify({
      VideoTranslationAiResultMap: {
        es: { MediaURL: MEDIA_URL, MediaId: 'abc', SpeechTranslatedSubtitleURLForFix: 'oss://films/fix.srt' },
      },
      DetextVideoURL: 'https://example.com/elsewhere.mp4',
      Warnings: ['One.'],
    });
    await finish({ output: aiResult, aiResult });
    const { body } = await gateway.call('GetSmartHandleJob', { JobId });
    expect(JSON.parse((body['JobResult'] as { AiResult: string }).AiResult)).toEqual({
      VideoTranslationAiResultMap: {
        es: {
          ...{ MediaURL: MEDIA_URL, MediaURLSigned: 'signed oss://films/out/a film.mp4', MediaId: 'abc' },
          SpeechTranslatedSubtitleURLForFix: 'oss://films/fix.srt',
          SpeechTranslatedSubtitleURLForFixSigned: 'signed oss://films/fix.srt',
        },
      },
      DetextVideoURL: 'https://example.com/elsewhere.mp4',
      Warnings: ['One.'],
    });
    expect(body['Output']).toBe((body['JobResult'] as { AiResult: string }).AiResult);
  });

  test('of one language at subtitle level has its address as Output', async () => {
    const JobId = jobIdOf(await submit());
    await finish({ output: MEDIA_URL, aiResult: JSON.stringify({ MediaURL: MEDIA_URL }) });
    expect((await gateway.call('GetSmartHandleJob', { JobId })).body).toMatchObject({ Output: MEDIA_URL });
  });
});

describe('a retry from a step', () => {
  async function failedWith(keys: readonly string[]): Promise<JobId> {
    const id = jobIdOf(await submit());
    const claimed = await gateway.jobs.claim('worker', 30_000);
    if (claimed === undefined) throw new Error('nothing to claim');
    for (const key of keys) await gateway.jobs.saveCheckpoint(claimed.lease, key, key);
    await gateway.jobs.fail(claimed.lease, { code: 'EngineFailed', message: 'Once more.' });
    return id;
  }

  const KEYS = [
    'fetch/media',
    'recognize/abc',
    'segment/x',
    'translate/es',
    'synthesize/es',
    'render/es',
    'check/es',
  ];
  const kept = async (): Promise<string[]> => {
    const claimed = await gateway.jobs.claim('worker', 30_000);
    if (claimed === undefined) throw new Error('nothing to claim');
    return [...(await gateway.jobs.checkpoints(claimed.lease)).keys()].toSorted();
  };

  test('drops what that step and those after it had found out', async () => {
    const JobId = await failedWith(KEYS);
    const answered = await gateway.call('RetrySmartJob', { JobId, FromStep: 'Translate' });
    expect(answered.body).toMatchObject({ JobId, State: 'Created' });
    expect(await kept()).toEqual(['fetch/media', 'recognize/abc', 'segment/x']);
  });

  test('without a step keeps all of it', async () => {
    await gateway.call('RetrySmartJob', { JobId: await failedWith(KEYS) });
    expect(await kept()).toEqual(KEYS.toSorted());
  });

  test('is refused for a step that there is not, and for jobs of other types', async () => {
    const wrong = await gateway.call('RetrySmartJob', { JobId: await failedWith([]), FromStep: 'Dance' });
    expect(wrong.body['Message']).toContain('input: Dance, value range: Fetch, Probe, Extract');
    const { body } = await gateway.call('SubmitASRJob', { InputFile: 'oss://media/a.wav' });
    const JobId = String(body['JobId']);
    await gateway.call('CancelSmartJob', { JobId });
    const asr = await gateway.call('RetrySmartJob', { JobId, FromStep: 'Fetch' });
    expect(asr.body).toMatchObject({ Code: 'InvalidParameter' });
    expect(asr.body['Message']).toContain("'FromStep' is invalid");
  });
});
