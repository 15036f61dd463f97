import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobId } from '../jobs/job-id.ts';
import { readTranslationSettings } from '../pipelines/translation/translation-settings.ts';
import { openTestGateway, type Called, type TestGateway } from './test-gateway.ts';
import {
  finishNext,
  jobIdOf,
  jobOf,
  MEDIA_URL,
  translationCall,
  type TranslationChanges,
} from './test-translation.ts';

let gateway: TestGateway;
beforeEach(() => {
  gateway = openTestGateway();
});
afterEach(() => gateway.close());

const submit = (changes: TranslationChanges = {}): Promise<Called> =>
  gateway.call('SubmitVideoTranslationJob', translationCall(changes));

describe('a second pass', () => {
  const subtitle = { input: { Video: '', Subtitle: 'oss://uploads/fixed.srt' } };
  const passOf = (OriginalJobId: string, input: object = subtitle.input): TranslationChanges => ({
    input,
    editing: { NeedSpeechTranslate: true, SpeechTranslate: { OriginalJobId, CustomSrtType: 'TargetSrt' } },
  });

  test.each(['Video', 'Subtitle'])('of Type %s goes on with what the first one was made from', async (Type) => {
    const first = jobIdOf(await submit());
    await finishNext(gateway, { output: '', aiResult: '{}' });
    const second = jobIdOf(await submit(passOf(first, { ...subtitle.input, Type })));
    await gateway.call('DeleteSmartJob', { JobId: first });
    const { inputFile, parameters } = await jobOf(gateway, second);
    expect(inputFile).toBe('oss://uploads/film.mp4');
    expect(readTranslationSettings(parameters)).toMatchObject({
      input: { type: 'Video', media: 'oss://uploads/film.mp4', subtitle: 'oss://uploads/fixed.srt' },
      ...{ textSource: 'SubtitleFile', customSrtType: 'TargetSrt', originalJobId: first },
    });
    expect(readTranslationSettings(parameters).warnings).toEqual([]);
  });

  test.each(['Video', 'Subtitle'])(
    'of Type %s has nothing to speak over where the first one had none',
    async (Type) => {
      const alone = { Type: 'Subtitle', ...subtitle.input };
      const output = { MediaURL: 'oss://films/out.srt' };
      const first = jobIdOf(await submit({ input: alone, output }));
      await finishNext(gateway, { output: '', aiResult: '{}' });
      const { body } = await submit({ ...passOf(first, { ...subtitle.input, Type }), output });
      expect(body).toMatchObject({ Code: 'InvalidParameter' });
      expect(body['Message']).toContain(
        "'InputConfig.Type' is invalid, input: Subtitle, value range: Video, Audio",
      );
      expect(body['Message']).toContain('it is that of the job of OriginalJobId');
    },
  );

  test('is refused without a corrected subtitle, and where the first one is not a finished translation', async () => {
    const first = jobIdOf(await submit());
    const running = await submit(passOf(first));
    expect(running.body).toMatchObject({ Code: 'InvalidParameter' });
    expect(running.body['Message']).toContain('VideoTranslation that is Finished; this one is a job of type Video');
    await finishNext(gateway, { output: '', aiResult: '{}' });
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
    await finishNext(gateway, { output: aiResult, aiResult });
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
    await finishNext(gateway, { output: MEDIA_URL, aiResult: JSON.stringify({ MediaURL: MEDIA_URL }) });
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
