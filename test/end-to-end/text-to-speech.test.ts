import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wordErrors, wordsOf } from '../speech/word-error-rate.ts';
import { createUser, policyDocument } from '../support/identity-clients.ts';
import { startJobServer, type JobServer } from '../support/job-server.ts';
import {
  OFFICIAL_MODES,
  officialClient,
  openApiCoreClient,
  type OfficialClient,
} from '../support/official-clients.ts';
import { probedUrl } from '../support/probed.ts';

/** In percent, of texts that flite speaks and PocketSphinx recognizes. */
const WORST_WORD_ERROR_RATE = 10;
const TEXTS = [
  'The committee decided to build a new hospital in the north of the country. Scientists have discovered a new planet outside the solar system.',
  'The government will announce a new economic program next week. Many children in this school speak more than one language.',
];

type Submitted = { readonly JobId: string; readonly MediaId: string; readonly State: string };
let jobs: JobServer;
beforeAll(async () => {
  jobs = await startJobServer('inputs');
});
afterAll(() => jobs.server.stop());

async function submit(
  InputConfig: string,
  {
    object = 'speech',
    editing = {},
    by = jobs.client,
    ...more
  }: Record<string, unknown> & { by?: OfficialClient } = {},
): Promise<Submitted> {
  const parameters = {
    ...{ InputConfig, EditingConfig: JSON.stringify(editing) },
    OutputConfig: JSON.stringify({ bucket: 'outputs', object }),
    ...(more as Record<string, string>),
  };
  return (await by.call('SubmitAudioProduceJob', parameters)) as unknown as Submitted;
}

async function status(MediaId: string): Promise<string> {
  const { MediaInfo } = (await jobs.client.call('GetMediaInfo', { MediaId })) as unknown as {
    MediaInfo: { MediaBasicInfo: { Status: string } };
  };
  return MediaInfo.MediaBasicInfo.Status;
}

describe.each(OFFICIAL_MODES)('%s', (mode) => {
  test('gets a recording that plays, and finds it by its media id and in the list', async () => {
    const by = officialClient(jobs.server, mode);
    const text = `Hello to ${mode.replaceAll(/[^A-Za-z ]/g, ' ')}. Goodbye.`;
    const { JobId, MediaId, State } = await submit(text, { object: `modes/${mode}`, by });
    expect(State).toBe('Created');
    const job = await jobs.ended(JobId, by);
    expect(job, JSON.stringify(job)).toMatchObject({ State: 'Finished', JobResult: { MediaId } });
    const sentences = JSON.parse(job.JobResult.AiResult) as { content: string; from: number; to: number }[];
    expect(sentences.at(-1)?.content).toBe('Goodbye.');
    const { seconds, stream } = await probedUrl(job.JobResult.MediaUrl);
    expect(stream).toMatchObject({ codec_name: 'mp3' });
    expect(Math.abs(seconds - (sentences.at(-1)?.to ?? 0))).toBeLessThan(0.2);
    expect(await status(MediaId)).toBe('Normal');
    const listed = (await by.call('ListSmartJobs', { JobType: 'TextToSpeech' }, 'GET')) as unknown as {
      SmartJobList: { JobId: string; InputConfig: object; OutputConfig: object }[];
    };
    expect(listed.SmartJobList.find((one) => one.JobId === JobId)).toMatchObject({
      InputConfig: { InputFile: text },
      OutputConfig: { Bucket: 'outputs', Object: `modes/${mode}.mp3` },
    });
  });
});

test('English is recognized again, by its media id as the input of an ASR job', async () => {
  let [errors, total] = [0, 0];
  for (const [index, text] of TEXTS.entries()) {
    const editing = { voice: index === 1 ? 'andy' : 'abby', format: 'WAV', sample_rate: 16_000 };
    const { JobId, MediaId } = await submit(text, { object: `english-${index}`, editing });
    const { stream } = await probedUrl((await jobs.ended(JobId)).JobResult.MediaUrl);
    expect(stream).toMatchObject({ codec_name: 'pcm_s16le', sample_rate: '16000' });
    const asr = (await jobs.client.call('SubmitASRJob', { InputFile: MediaId })) as unknown as Submitted;
    const heard = JSON.parse((await jobs.ended(asr.JobId)).JobResult.AiResult) as { content: string }[];
    const words = wordsOf(text);
    errors += wordErrors(
      words,
      heard.flatMap(({ content }) => wordsOf(content)),
    );
    total += words.length;
  }
  const rate = (100 * errors) / total;
  console.log(`flite, recognized again: ${rate.toFixed(1)} % word errors (${errors} of ${total} words)`);
  expect(rate).toBeLessThan(WORST_WORD_ERROR_RATE);
}, 300_000);

test('a job that fails, is canceled or deleted leaves a media that cannot be prepared; a retry makes it', async () => {
  const failing = await submit('これは日本語の文です。', { object: 'japanese' });
  expect(await jobs.ended(failing.JobId)).toMatchObject({ State: 'Failed', ErrorCode: 'TextUnspeakable' });
  expect(await status(failing.MediaId)).toBe('PrepareFail');

  const long = 'This is one of many sentences. '.repeat(200);
  const canceled = await submit(long, { object: 'canceled' });
  await jobs.client.call('CancelSmartJob', { JobId: canceled.JobId });
  expect(await status(canceled.MediaId)).toBe('PrepareFail');
  await jobs.client.call('RetrySmartJob', { JobId: canceled.JobId });
  expect(await status(canceled.MediaId)).toBe('Preparing');
  expect(await jobs.ended(canceled.JobId)).toMatchObject({
    State: 'Finished',
    JobResult: { MediaId: canceled.MediaId },
  });
  expect(await status(canceled.MediaId)).toBe('Normal');

  const deleted = await submit(long, { object: 'deleted' });
  await jobs.client.call('DeleteSmartJob', { JobId: deleted.JobId });
  expect(await status(deleted.MediaId)).toBe('PrepareFail');
}, 300_000);

test('with Overwrite=false the second of two jobs that write one object fails, and the first one stays', async () => {
  const both = await Promise.all([
    submit('One of the two.', { object: 'once', Overwrite: 'false' }),
    submit('The other of the two, which takes longer to say.', { object: 'once', Overwrite: 'false' }),
  ]);
  const ended = await Promise.all(both.map(({ JobId }) => jobs.ended(JobId)));
  expect(ended.map(({ State, ErrorCode }) => ErrorCode ?? State).toSorted()).toEqual([
    'Finished',
    'OutputObjectExists',
  ]);
  await expect(submit('A third.', { object: 'once', Overwrite: 'false' })).rejects.toThrow(/Overwrite is false/);
});

test('a user needs the right to submit, and hears the recording of their own job by its URL alone', async () => {
  const listener = await createUser(jobs.server, 'listener', policyDocument('Allow', 'ice:GetSmartHandleJob'));
  const by = openApiCoreClient(listener, 'V3');
  await expect(submit('Hello.', { by })).rejects.toThrow(/NoPermission|Forbidden/);
  const { JobId } = await submit('Hello.', { object: 'shared' });
  const { JobResult } = await jobs.ended(JobId, by);
  expect((await fetch(JobResult.MediaUrl)).status).toBe(200);
});

test('every voice that is listed has a sample to hear, some time after it was first asked for', async () => {
  type Groups = { VoiceGroups: { VoiceList: { Voice: string; VoiceSource: string; VoiceUrl: string }[] }[] };
  const list = async (): Promise<Groups['VoiceGroups'][number]['VoiceList']> => {
    const { VoiceGroups } = (await jobs.client.call(
      'ListSmartVoiceGroups',
      { Language: 'zh' },
      'GET',
    )) as unknown as Groups;
    return VoiceGroups.flatMap(({ VoiceList }) => VoiceList);
  };
  let voices = await list();
  expect(voices.map(({ Voice }) => Voice)).toContain('zhitian');
  while (voices.some(({ VoiceUrl }) => VoiceUrl === '')) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    voices = await list();
  }
  const urls = new Set(voices.map(({ VoiceUrl }) => new URL(VoiceUrl).pathname));
  expect(urls.size).toBe(new Set(voices.map(({ VoiceSource }) => VoiceSource)).size);
  expect((await probedUrl(voices[0]?.VoiceUrl ?? '')).seconds).toBeGreaterThan(1);
}, 180_000);
