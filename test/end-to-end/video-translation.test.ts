import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OSS from 'ali-oss';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseSubtitles } from '../../src/engines/subtitles/parse-subtitles.ts';
import { openApiCoreClient, type OfficialClient } from '../support/official-clients.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { sampleVideo, secondsOf } from '../translation/sample-video.ts';

const BUCKET = 'films';
const CUE = '1\n00:00:01,000 --> 00:00:02,500\n';

type Got = {
  readonly State: string;
  readonly Output: string;
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
  readonly Progress: { readonly Percent: number; readonly Step: string };
  readonly JobResult: {
    readonly AiResult: string;
    readonly MediaId: string;
    readonly MediaUrl: string;
    readonly ResultFiles: { readonly Type: string; readonly Url: string }[];
    readonly Details: Record<string, string | number>;
  };
};

let server: TestServer;
let client: OfficialClient;
let storage: OSS;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smartjobs-films-'));
  server = await startTestServer({ SMARTJOBS_WORKERS: '1' });
  client = openApiCoreClient(server, 'V3');
  storage = new OSS({
    accessKeyId: server.accessKeyId,
    accessKeySecret: server.accessKeySecret,
    endpoint: server.objects,
    sldEnable: true,
    bucket: BUCKET,
  } as OSS.Options);
  await storage.putBucket(BUCKET);
  const { path } = await sampleVideo(join(folder, 'talk.mp4'), { names: ['0880', '0930'] });
  await storage.put('talk.mp4', await readFile(path));
}, 60_000);
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function submit(input: object, mediaUrl: string, editing: object = {}): Promise<string> {
  const answer = (await client.call('SubmitVideoTranslationJob', {
    InputConfig: JSON.stringify(input),
    OutputConfig: JSON.stringify({ MediaURL: mediaUrl }),
    EditingConfig: JSON.stringify({ SourceLanguage: 'en', TargetLanguage: 'es', ...editing }),
  })) as unknown as { readonly Data: { readonly JobId: string } };
  return answer.Data.JobId;
}

async function got(JobId: string): Promise<Got> {
  return (await client.call('GetSmartHandleJob', { JobId })) as unknown as Got;
}

async function ended(JobId: string): Promise<Got> {
  for (;;) {
    const job = await got(JobId);
    if (job.State === 'Finished' || job.State === 'Failed') return job;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function read(url: string): Promise<Buffer> {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

describe('a video at speech level, by its media id', () => {
  let jobId: string;
  let job: Got;
  beforeAll(async () => {
    const { MediaId } = (await client.call('RegisterMediaInfo', {
      ...{ InputURL: `https://${BUCKET}.oss-cn-shanghai.aliyuncs.com/talk.mp4`, MediaType: 'video', Title: 'Talk' },
    })) as unknown as { MediaId: string };
    jobId = await submit(
      { Type: 'Video', Video: MediaId },
      `https://${BUCKET}.oss-cn-shanghai.aliyuncs.com/out/talk_{language_id}.mp4`,
      { NeedSpeechTranslate: true, TextSource: 'ASR', SupportEditing: true },
    );
    job = await ended(jobId);
  }, 180_000);

  test('is finished, with the result that programs read, and links that work', async () => {
    expect(job).toMatchObject({ State: 'Finished', Progress: { Percent: 100 } });
    const result = JSON.parse(job.JobResult.AiResult) as Record<string, string> & { Warnings: string[] };
    const base = `https://${BUCKET}.oss-cn-shanghai.aliyuncs.com/out/talk_es`;
    expect(result).toMatchObject({
      ...{ MediaURL: `${base}.mp4`, TranslatedAudioMediaURL: `${base}.wav` },
      ...{ SpeechTranslatedSubtitleURL: `${base}.srt`, SpeechBilingualSubtitleURL: `${base}.bilingual.srt` },
      ...{ SpeechTranslationJobId: jobId, MediaId: job.JobResult.MediaId },
    });
    expect(result.Warnings).toEqual([expect.stringContaining('SupportEditing has no effect')]);
    const subtitle = parseSubtitles(await read(result['SpeechTranslatedSubtitleURLSigned'] ?? ''));
    expect(subtitle).toMatchObject({ kind: 'parsed' });
    const path = join(folder, 'fetched.mp4');
    await writeFile(path, await read(job.JobResult.MediaUrl));
    expect(Math.abs((await secondsOf(path)) - (await secondsOf(join(folder, 'talk.mp4'))))).toBeLessThanOrEqual(
      0.04,
    );
  });

  test('its media is there, with its length', async () => {
    const answer = (await client.call('GetMediaInfo', { MediaId: job.JobResult.MediaId })) as unknown as {
      MediaInfo: {
        MediaBasicInfo: Record<string, string>;
        FileInfoList: { FileBasicInfo: { Duration: string } }[];
      };
    };
    expect(answer.MediaInfo.MediaBasicInfo).toMatchObject({ Status: 'Normal' });
    const [file] = answer.MediaInfo.FileInfoList;
    expect(Number(file?.FileBasicInfo.Duration)).toBeCloseTo(await secondsOf(join(folder, 'talk.mp4')), 1);
  });

  test('everything line by line stands in a file beside the result', async () => {
    const [file] = job.JobResult.ResultFiles;
    const report = JSON.parse(String(await read(file?.Url ?? ''))) as {
      Targets: { Language: string; Lines: { From: number; DubStart?: number; Tempo?: number }[] }[];
    };
    expect(report.Targets.map(({ Language }) => Language)).toEqual(['es']);
    const lines = report.Targets[0]?.Lines ?? [];
    expect(lines.length).toBeGreaterThanOrEqual(2);
    expect(lines.every(({ From, DubStart = Infinity }) => Math.abs(DubStart - From) <= 0.2)).toBe(true);
  });

  test('a second pass takes the corrected subtitle, and needs no recognition', async () => {
    const corrected = `${CUE}Un hombre de buen corazón.\n`;
    await storage.put('corrected.srt', Buffer.from(corrected));
    const second = await ended(
      await submit({ Type: 'Subtitle', Subtitle: `oss://${BUCKET}/corrected.srt` }, `oss://${BUCKET}/second.mp4`, {
        NeedSpeechTranslate: true,
        SpeechTranslate: { OriginalJobId: jobId, CustomSrtType: 'TargetSrt' },
      }),
    );
    expect(second).toMatchObject({ State: 'Finished' });
    expect(second.JobResult.Details).toMatchObject({ Lines: 1 });
    expect(second.JobResult.Details).not.toHaveProperty('Recognizer');
    const subtitle = parseSubtitles((await storage.get('second.srt')).content as Buffer);
    expect(subtitle).toMatchObject({ lines: [{ text: 'Un hombre de buen corazón.' }] });
  }, 120_000);

  test('its result file goes with the job, what the caller named stays', async () => {
    await client.call('DeleteSmartJob', { JobId: jobId });
    expect((await fetch(job.JobResult.ResultFiles[0]?.Url ?? '')).status).toBe(404);
    expect((await storage.head('out/talk_es.mp4')).status).toBe(200);
  });
});

test('at subtitle level the Output is the plain URL, and the sound is that of the source', async () => {
  await storage.put('two.srt', Buffer.from(`${CUE}The house is old.\n`));
  const url = `https://${BUCKET}.oss-cn-shanghai.aliyuncs.com/shown.mp4`;
  const job = await ended(
    await submit({ Type: 'Video', Video: `oss://${BUCKET}/talk.mp4`, Subtitle: `oss://${BUCKET}/two.srt` }, url, {
      TextSource: 'SubtitleFile',
    }),
  );
  expect(job).toMatchObject({ State: 'Finished', Output: url });
}, 120_000);

test('a retry from a step goes on from there', async () => {
  await storage.put('broken.srt', Buffer.from(`${CUE.replace('02,500', '00,500')}The house is old.\n`));
  const jobId = await submit({ Type: 'Subtitle', Subtitle: `oss://${BUCKET}/broken.srt` }, `oss://${BUCKET}/a.srt`);
  const failed = await ended(jobId);
  expect(failed).toMatchObject({ State: 'Failed', ErrorCode: 'SubtitleFileUnreadable' });
  expect(failed.ErrorMessage).toContain('line 2');
  await storage.put('broken.srt', Buffer.from(`${CUE}The house is old.\n`));
  await client.call('RetrySmartJob', { JobId: jobId, FromStep: 'Fetch' });
  expect(await ended(jobId)).toMatchObject({ State: 'Finished', Output: `oss://${BUCKET}/a.srt` });
}, 60_000);

test('a job that is canceled stops in the middle, and leaves no object', async () => {
  const jobId = await submit({ Type: 'Video', Video: `oss://${BUCKET}/talk.mp4` }, `oss://${BUCKET}/never.mp4`, {
    ...{ NeedSpeechTranslate: true, TextSource: 'ASR' },
  });
  while ((await got(jobId)).Progress.Percent < 14) await new Promise((resolve) => setTimeout(resolve, 50));
  await client.call('CancelSmartJob', { JobId: jobId });
  expect(await ended(jobId)).toMatchObject({ State: 'Failed', ErrorCode: 'JobCanceled' });
  // The only worker is free again.
  await storage.put('next.srt', Buffer.from(`${CUE}The house is old.\n`));
  const next = await submit(
    { Type: 'Subtitle', Subtitle: `oss://${BUCKET}/next.srt` },
    `oss://${BUCKET}/next-es.srt`,
  );
  expect(await ended(next)).toMatchObject({ State: 'Finished' });
  await expect(storage.head('never.mp4')).rejects.toMatchObject({ status: 404 });
}, 60_000);

test('a pair that nothing translates is refused at the submit, with the pairs that there are', async () => {
  const refused = submit({ Type: 'Subtitle', Subtitle: `oss://${BUCKET}/next.srt` }, `oss://${BUCKET}/ja.srt`, {
    TargetLanguage: 'ja',
  });
  await expect(refused).rejects.toMatchObject({ message: expect.stringMatching(/'en' to 'ja'.*en to .*es/s) });
});
