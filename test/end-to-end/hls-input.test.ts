import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startJobServer, type JobServer } from '../support/job-server.ts';
import { fetched, probedUrl } from '../support/probed.ts';
import { sampleVideo, secondsOf } from '../translation/sample-video.ts';

const BUCKET = 'films';
const LIST = `oss://${BUCKET}/hls/talk.m3u8`;

let films: JobServer;
let folder: string;
let seconds: number;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smartjobs-hls-'));
  films = await startJobServer(BUCKET, 1);
  const { path } = await sampleVideo(join(folder, 'talk.mp4'), { names: ['0880', '0930'] });
  seconds = await secondsOf(path);
  const hls = ['-hls_time', '2', '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4'];
  execFileSync('ffmpeg', ['-v', 'error', '-i', 'talk.mp4', '-c', 'copy', '-f', 'hls', ...hls, 'talk.m3u8'], {
    cwd: folder,
  });
  for (const name of await readdir(folder))
    await films.storage.put(`hls/${name}`, await readFile(join(folder, name)));
}, 60_000);
afterAll(async () => {
  await films.server.stop();
  await rm(folder, { recursive: true, force: true });
});

test('a playlist is translated like the video that it is of', async () => {
  await films.storage.put('talk.es.srt', Buffer.from('1\n00:00:01,000 --> 00:00:02,500\nUn hombre bueno.\n'));
  const { Data } = (await films.client.call('SubmitVideoTranslationJob', {
    InputConfig: JSON.stringify({ Type: 'Video', Video: LIST, Subtitle: `oss://${BUCKET}/talk.es.srt` }),
    OutputConfig: JSON.stringify({ MediaURL: `oss://${BUCKET}/out/talk.mp4` }),
    EditingConfig: JSON.stringify({
      ...{ SourceLanguage: 'en', TargetLanguage: 'es', NeedSpeechTranslate: false },
      ...{ TextSource: 'SubtitleFile', CustomSrtType: 'TargetSrt' },
    }),
  })) as unknown as { readonly Data: { readonly JobId: string } };
  const job = await films.ended(Data.JobId);
  expect(job).toMatchObject({ State: 'Finished' });
  const probed = await probedUrl(job.JobResult.MediaUrl);
  expect(Math.abs(probed.seconds - seconds)).toBeLessThanOrEqual(0.04);
  const result = JSON.parse(job.JobResult.AiResult) as Record<string, string>;
  const subtitle = Object.entries(result).find(([name]) => name.endsWith('SubtitleURLSigned'))?.[1] ?? '';
  expect(String(await fetched(subtitle))).toContain('Un hombre bueno.');
}, 120_000);

test('the same is heard in a playlist as in the video that it is of', async () => {
  const [fromList = [], fromVideo = []] = await Promise.all(
    [LIST, `oss://${BUCKET}/hls/talk.mp4`].map(async (InputFile) => {
      const { JobId } = (await films.client.call('SubmitASRJob', { InputFile })) as unknown as { JobId: string };
      const job = await films.ended(JobId);
      expect(job).toMatchObject({ State: 'Finished' });
      const sentences = JSON.parse(job.JobResult.AiResult) as { content: string }[];
      return sentences.flatMap(({ content }) => content.split(' '));
    }),
  );
  expect(fromVideo.length).toBeGreaterThan(10);
  // The segments have the silence that AAC puts in front, 21 ms: the recognizer guesses otherwise here and there.
  const same = fromVideo.filter((word) => fromList.includes(word));
  expect(same.length / fromVideo.length).toBeGreaterThan(0.7);
}, 120_000);

test('a live playlist ends its job with a code and what to do', async () => {
  await films.storage.put('live.m3u8', Buffer.from('#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\na.ts\n'));
  const { JobId } = (await films.client.call('SubmitASRJob', {
    InputFile: `oss://${BUCKET}/live.m3u8`,
  })) as unknown as { JobId: string };
  expect(await films.ended(JobId)).toMatchObject({
    ...{ State: 'Failed', ErrorCode: 'InputPlaylistUnsupported' },
    ErrorMessage: expect.stringContaining('when it is over') as string,
  });
}, 60_000);
