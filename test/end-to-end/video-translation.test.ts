import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseSubtitles } from '../../src/engines/subtitles/parse-subtitles.ts';
import { startJobServer, type GotJob, type JobServer } from '../support/job-server.ts';
import { fetched, probedUrl } from '../support/probed.ts';
import { sampleVideo, secondsOf } from '../translation/sample-video.ts';

const BUCKET = 'films';
const CUE = '1\n00:00:01,000 --> 00:00:02,500\n';

let films: JobServer;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smartjobs-films-'));
  films = await startJobServer(BUCKET, 1);
  const { path } = await sampleVideo(join(folder, 'talk.mp4'), { names: ['0880', '0930'] });
  await films.storage.put('talk.mp4', await readFile(path));
}, 180_000);
afterAll(async () => {
  await films.server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function submit(input: object, mediaUrl: string, editing: object = {}): Promise<string> {
  const answer = (await films.client.call('SubmitVideoTranslationJob', {
    InputConfig: JSON.stringify(input),
    OutputConfig: JSON.stringify({ MediaURL: mediaUrl }),
    EditingConfig: JSON.stringify({ SourceLanguage: 'en', TargetLanguage: 'es', ...editing }),
  })) as unknown as { readonly Data: { readonly JobId: string } };
  return answer.Data.JobId;
}

describe('a video at speech level, by its media id', () => {
  let jobId: string;
  let job: GotJob;
  beforeAll(async () => {
    const { MediaId } = (await films.client.call('RegisterMediaInfo', {
      ...{ InputURL: `https://${BUCKET}.oss-cn-shanghai.aliyuncs.com/talk.mp4`, MediaType: 'video', Title: 'Talk' },
    })) as unknown as { MediaId: string };
    jobId = await submit(
      { Type: 'Video', Video: MediaId },
      `https://${BUCKET}.oss-cn-shanghai.aliyuncs.com/out/talk_{language_id}.mp4`,
      { NeedSpeechTranslate: true, TextSource: 'ASR', SupportEditing: true },
    );
    job = await films.ended(jobId);
  }, 300_000);

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
    const subtitle = parseSubtitles(await fetched(result['SpeechTranslatedSubtitleURLSigned'] ?? ''));
    expect(subtitle).toMatchObject({ kind: 'parsed' });
    const { seconds } = await probedUrl(job.JobResult.MediaUrl);
    expect(Math.abs(seconds - (await secondsOf(join(folder, 'talk.mp4'))))).toBeLessThanOrEqual(0.04);
  });

  test('its media is there, with its length', async () => {
    const answer = (await films.client.call('GetMediaInfo', { MediaId: job.JobResult.MediaId })) as unknown as {
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
    const report = JSON.parse(String(await fetched(file?.Url ?? ''))) as {
      Targets: { Language: string; Lines: { From: number; DubStart?: number; Tempo?: number }[] }[];
    };
    expect(report.Targets.map(({ Language }) => Language)).toEqual(['es']);
    const lines = report.Targets[0]?.Lines ?? [];
    expect(lines.length).toBeGreaterThanOrEqual(2);
    expect(lines.every(({ From, DubStart = Infinity }) => Math.abs(DubStart - From) <= 0.2)).toBe(true);
  });

  test('a second pass takes the corrected subtitle, and needs no recognition', async () => {
    const corrected = `${CUE}Un hombre de buen corazón.\n`;
    await films.storage.put('corrected.srt', Buffer.from(corrected));
    const second = await films.ended(
      await submit({ Type: 'Subtitle', Subtitle: `oss://${BUCKET}/corrected.srt` }, `oss://${BUCKET}/second.mp4`, {
        NeedSpeechTranslate: true,
        SpeechTranslate: { OriginalJobId: jobId, CustomSrtType: 'TargetSrt' },
      }),
    );
    expect(second).toMatchObject({ State: 'Finished' });
    expect(second.JobResult.Details).toMatchObject({ Lines: 1 });
    expect(second.JobResult.Details).not.toHaveProperty('Recognizer');
    const subtitle = parseSubtitles((await films.storage.get('second.srt')).content as Buffer);
    expect(subtitle).toMatchObject({ lines: [{ text: 'Un hombre de buen corazón.' }] });
  }, 300_000);

  test('its result file goes with the job, what the caller named stays', async () => {
    await films.client.call('DeleteSmartJob', { JobId: jobId });
    expect((await fetch(job.JobResult.ResultFiles[0]?.Url ?? '')).status).toBe(404);
    expect((await films.storage.head('out/talk_es.mp4')).status).toBe(200);
  });
});

test('at subtitle level the Output is the plain URL, and the sound is that of the source', async () => {
  await films.storage.put('two.srt', Buffer.from(`${CUE}The house is old.\n`));
  const url = `https://${BUCKET}.oss-cn-shanghai.aliyuncs.com/shown.mp4`;
  const job = await films.ended(
    await submit({ Type: 'Video', Video: `oss://${BUCKET}/talk.mp4`, Subtitle: `oss://${BUCKET}/two.srt` }, url, {
      TextSource: 'SubtitleFile',
    }),
  );
  expect(job).toMatchObject({ State: 'Finished', Output: url });
}, 300_000);

test('a retry from a step goes on from there', async () => {
  await films.storage.put('broken.srt', Buffer.from(`${CUE.replace('02,500', '00,500')}The house is old.\n`));
  const jobId = await submit({ Type: 'Subtitle', Subtitle: `oss://${BUCKET}/broken.srt` }, `oss://${BUCKET}/a.srt`);
  const failed = await films.ended(jobId);
  expect(failed).toMatchObject({ State: 'Failed', ErrorCode: 'SubtitleFileUnreadable' });
  expect(failed.ErrorMessage).toContain('line 2');
  await films.storage.put('broken.srt', Buffer.from(`${CUE}The house is old.\n`));
  await films.client.call('RetrySmartJob', { JobId: jobId, FromStep: 'Fetch' });
  expect(await films.ended(jobId)).toMatchObject({ State: 'Finished', Output: `oss://${BUCKET}/a.srt` });
}, 180_000);

test('a job that is canceled stops in the middle, and leaves no object', async () => {
  const jobId = await submit({ Type: 'Video', Video: `oss://${BUCKET}/talk.mp4` }, `oss://${BUCKET}/never.mp4`, {
    ...{ NeedSpeechTranslate: true, TextSource: 'ASR' },
  });
  await films.until(jobId, ({ Progress }) => Progress.Percent >= 14);
  await films.client.call('CancelSmartJob', { JobId: jobId });
  expect(await films.ended(jobId)).toMatchObject({ State: 'Failed', ErrorCode: 'JobCanceled' });
  // The only worker is free again.
  await films.storage.put('next.srt', Buffer.from(`${CUE}The house is old.\n`));
  const next = await submit(
    { Type: 'Subtitle', Subtitle: `oss://${BUCKET}/next.srt` },
    `oss://${BUCKET}/next-es.srt`,
  );
  expect(await films.ended(next)).toMatchObject({ State: 'Finished' });
  await expect(films.storage.head('never.mp4')).rejects.toMatchObject({ status: 404 });
}, 180_000);

test('a pair that nothing translates is refused at the submit, with the pairs that there are', async () => {
  const refused = submit({ Type: 'Subtitle', Subtitle: `oss://${BUCKET}/next.srt` }, `oss://${BUCKET}/ja.srt`, {
    TargetLanguage: 'ja',
  });
  await expect(refused).rejects.toMatchObject({ message: expect.stringMatching(/'en' to 'ja'.*en to .*es/s) });
});
