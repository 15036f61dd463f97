import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ESPEAK_VOICES } from '../engines/tts/voices/test-voices.ts';
import type { AccountId } from '../jobs/account.ts';
import type { JobId } from '../jobs/job-id.ts';
import { openTestGateway, type Called, type TestGateway } from './test-gateway.ts';

let gateway: TestGateway;
beforeEach(() => {
  gateway = openTestGateway({ voices: async () => ESPEAK_VOICES, maxWaitingJobs: 2 });
});
afterEach(() => gateway.close());

const OUTPUT = { bucket: 'speech', object: 'a/target' };
const submit = (changes: Record<string, string> = {}): Promise<Called> =>
  gateway.call('SubmitAudioProduceJob', {
    EditingConfig: '{}',
    InputConfig: 'Hello world.',
    OutputConfig: JSON.stringify(OUTPUT),
    ...changes,
  });
const submitTo = (object: string, format: string, InputConfig = 'Hello.'): Promise<Called> =>
  submit({
    ...{ InputConfig, EditingConfig: JSON.stringify({ format }) },
    OutputConfig: JSON.stringify({ ...OUTPUT, object }),
  });

async function shownJob(called: Called): Promise<Record<string, unknown>> {
  const { body } = await gateway.call('GetSmartHandleJob', { JobId: String(called.body['JobId']) });
  return body;
}

async function mediaCount(): Promise<unknown> {
  return (await gateway.call('ListMediaBasicInfos')).body['TotalCount'];
}

test('answers with the ids of the job and of the recording that is to come, and shows what was submitted', async () => {
  const InputConfig = '<speak rate="100">你好<break time="1s"/>世界</speak>';
  const called = await submit({
    InputConfig,
    Title: 'Greeting',
    Description: 'x'.repeat(1024),
    UserData: '{"a":1}',
  });
  expect(called).toMatchObject({ status: 200, body: { State: 'Created' } });
  expect(called.body['MediaId']).toMatch(/^[0-9a-f]{32}$/);
  expect(await shownJob(called)).toMatchObject({
    State: 'Created',
    UserData: '{"a":1}',
    SmartJobInfo: {
      ...{ Title: 'Greeting', JobType: 'TextToSpeech', InputConfig: { InputFile: InputConfig } },
      OutputConfig: { Bucket: 'speech', Object: 'a/target.mp3' },
    },
  });
  const MediaId = String(called.body['MediaId']);
  const { body } = await gateway.call('GetMediaInfo', { MediaId });
  expect(body['MediaInfo']).toMatchObject({
    MediaBasicInfo: {
      ...{ MediaId, Status: 'Preparing', MediaType: 'audio' },
      InputURL: 'oss://speech/a/target.mp3',
    },
  });
  const job = await gateway.jobs.get(gateway.account, String(called.body['JobId']) as JobId);
  expect(job?.parameters).toEqual({ MediaId, Overwrite: 'true' });
});

describe('the extension of the object', () => {
  test.each([
    ['target', 'MP3', 'target.mp3'],
    ['target', 'wav', 'target.wav'],
    ['target.v1', 'PCM', 'target.v1.pcm'],
    ['target.mp3', 'MP3', 'target.mp3'],
    ['target.MP3', 'MP3', 'target.MP3'],
    ['target.mp3', 'WAV', 'target.mp3.wav'],
  ])('of %s as %s', async (object, format, expected) => {
    expect(await shownJob(await submitTo(object, format))).toMatchObject({
      SmartJobInfo: { OutputConfig: { Object: expected } },
    });
  });

  test('is that of the format which <speak> names', async () => {
    const called = await submitTo('target', 'MP3', '<speak encodeType="WAV">Hello.</speak>');
    expect(await shownJob(called)).toMatchObject({ SmartJobInfo: { OutputConfig: { Object: 'target.wav' } } });
  });
});

describe('refuses, and leaves neither job nor media behind', () => {
  const output = (changes: object): Record<string, string> => ({
    OutputConfig: JSON.stringify({ ...OUTPUT, ...changes }),
  });
  const editing = (config: object): Record<string, string> => ({ EditingConfig: JSON.stringify(config) });
  test.each<[Record<string, string>, string, string]>([
    [{ EditingConfig: '' }, 'MissingEditingConfig', 'EditingConfig is mandatory'],
    [{ InputConfig: '' }, 'MissingInputConfig', 'InputConfig is mandatory'],
    [{ OutputConfig: '' }, 'MissingOutputConfig', 'OutputConfig is mandatory'],
    [{ OutputConfig: '{"bucket":"b"' }, 'InvalidParameter', "'OutputConfig' is invalid"],
    [{ OutputConfig: '{"bucket":"speech"}' }, 'InvalidParameter', "'OutputConfig.object' is invalid"],
    [output({ bucket: 'No_Bucket' }), 'InvalidParameter', "'OutputConfig.bucket' is invalid. The bucket name"],
    [output({ bucket: 'smartjobs-results-1' }), 'InvalidParameter', "'OutputConfig.bucket' is invalid"],
    [output({ object: '/a' }), 'InvalidParameter', "'OutputConfig.object' is invalid. The object key"],
    [output({ object: 'folder/' }), 'InvalidParameter', 'not a folder'],
    [output({ object: 'x'.repeat(1020) }), 'InvalidParameter', '1023 at most'],
    [{ InputConfig: 'x'.repeat(10_001) }, 'InvalidParameter', 'may have 10000 characters, not 10001'],
    [{ InputConfig: '...' }, 'InvalidParameter', 'no letters or digits'],
    [{ InputConfig: '<speak>Hello\n <sub>x</sub></speak>' }, 'InvalidParameter', 'Line 2, column 2'],
    [
      { InputConfig: '<speak><emotion category="happy">x</emotion></speak>' },
      'InvalidParameter.NotSupport',
      'emotion',
    ],
    [{ InputConfig: '<speak bgm="oss://a/b.wav">x</speak>' }, 'InvalidParameter.NotSupport', 'bgm'],
    [
      { InputConfig: `<speak>a${'<break time="10s"/>'.repeat(361)}b</speak>` },
      'InvalidParameter',
      '3600 seconds together, not 3610',
    ],
    [
      { InputConfig: '<speak effect="lpfilter" effectValue="9000" sampleRate="16000">Hello</speak>' },
      'InvalidParameter',
      '8000 at a sample rate of 16000, not 9000',
    ],
    [
      editing({ voice: 'zhitain' }),
      'InvalidParameter',
      "'EditingConfig.voice' is invalid. There is no voice 'zhitain'",
    ],
    [
      { InputConfig: '<speak voice="abbi">x</speak>' },
      'InvalidParameter',
      "'InputConfig' is invalid. There is no voice",
    ],
    [{ InputConfig: 'ስላም ለዓለም' }, 'InvalidParameter.NotSupport', 'No voice of this server speaks Amharic'],
    [editing({ customizedVoice: 'mine' }), 'InvalidParameter', "'EditingConfig.customizedVoice' is invalid"],
    [editing({ volume: 101 }), 'InvalidParameter', "'EditingConfig.volume' is invalid, input: 101"],
    [{ Overwrite: 'maybe' }, 'InvalidParameter', "'Overwrite' is invalid, input: maybe"],
    [{ UserData: 'x'.repeat(513) }, 'InvalidParameter', "'UserData' is invalid"],
    [{ Description: 'x'.repeat(1025) }, 'InvalidParameter', "'Description' is invalid"],
    [{ Title: '题'.repeat(43) }, 'InvalidParameter', "'Title' is invalid"],
  ])('%j', async (changes, code, message) => {
    const { status, body } = await submit(changes);
    expect({ status, Code: body['Code'] }).toEqual({ status: 400, Code: code });
    expect(body['Message']).toContain(message);
    expect(await mediaCount()).toBe(0);
    expect(await gateway.jobs.count(gateway.account, {})).toBe(0);
  });

  test('an object that is there, only where Overwrite is false', async () => {
    const info = { size: 1, etag: 'A', contentType: 'audio/mpeg', lastModified: 0 };
    gateway.stored.set('speech/a/target.mp3', info);
    expect(await submit({ Overwrite: 'False' })).toMatchObject({
      status: 400,
      body: { Code: 'InvalidParameter', Message: expect.stringContaining('oss://speech/a/target.mp3') },
    });
    expect(await mediaCount()).toBe(0);
    for (const Overwrite of ['', 'true']) expect((await submit({ Overwrite })).status).toBe(200);
  });

  test('what is above the quota', async () => {
    for (let job = 0; job < 2; job += 1) await submit();
    expect(await submit()).toMatchObject({ status: 400 });
    expect(await mediaCount()).toBe(2);
  });
});

test('a bucket of another account is refused', async () => {
  const other = openTestGateway({ objects: { head: async () => ({ kind: 'bucket-of-another-account' }) } });
  try {
    const called = await other.call('SubmitAudioProduceJob', {
      ...{ EditingConfig: '{}', InputConfig: 'Hello.', OutputConfig: JSON.stringify(OUTPUT) },
    });
    expect(called.body['Message']).toContain("'OutputConfig.bucket' is invalid, input: speech");
  } finally {
    await other.close();
  }
});

test('what was submitted can be canceled and deleted, and its media cannot be prepared then', async () => {
  for (const action of ['CancelSmartJob', 'DeleteSmartJob']) {
    const { body } = await submit();
    await gateway.call(action, { JobId: String(body['JobId']) });
    const entry = await gateway.media.get('1234567890123456' as AccountId, { mediaId: String(body['MediaId']) });
    expect(entry?.status).toBe('PrepareFail');
  }
});
