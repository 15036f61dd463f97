/*
 * A video of five minutes and one of two hours (a clip that is looped) through the built server, English to Spanish at
 * speech level: memory of the server and its engines at its highest, disk in use at its highest, seconds of each step,
 * and so the cost of a minute of video. Run with tsx after a build; two hours on two cores. TEXT=SubtitleFile takes the
 * lines from a subtitle file, which leaves out recognition and reading of the picture: half an hour. MINUTES=10 makes
 * the long one shorter. Writes results/video-translation.json, or one named for what is set. Linux only.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { subtitleLineCues } from '../src/engines/subtitles/translated-cues.ts';
import { srt } from '../src/engines/subtitles/write-subtitles.ts';
import { recordings } from '../test/speech/recordings.ts';
import { launch } from '../test/support/doomed-server.ts';
import type { Credentials } from '../test/support/official-clients.ts';
import { json, rawCall } from '../test/support/raw-call.ts';
import { sampleVideo, secondsOf } from '../test/translation/sample-video.ts';
import { machine, rounded, saveResult } from './figures.ts';
import { treeMemory } from './process-tree.ts';

const LONG_MINUTES = Number(process.env['MINUTES'] ?? 120);
const SHORT_MINUTES = 5;
const FROM_FILE = process.env['TEXT'] === 'SubtitleFile';
/** Seconds of silence between recordings: a lecture, where somebody speaks two fifths of the time. */
const PAUSE = 7;
const LOOK_MS = 500;

type Job = {
  readonly State: string;
  readonly Progress: { readonly Percent: number; readonly Step: string };
  readonly JobResult?: { readonly AiResult: string };
};

const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), 'video-translation-'));
const clip = join(folder, 'clip.mp4');
const { starts, ends } = await sampleVideo(clip, { pause: PAUSE, size: '640x360' });
const clipSeconds = await secondsOf(clip);
const short = await translated('short', SHORT_MINUTES);
const long = await translated('long', LONG_MINUTES);
const resultName = `video-translation${FROM_FILE ? '-from-file' : ''}${process.env['MINUTES'] === undefined ? '' : '-trial'}`;
saveResult(resultName, {
  what:
    `One video of ${SHORT_MINUTES} and one of ${LONG_MINUTES} minutes at 640x360, English to Spanish at speech level, ` +
    `${FROM_FILE ? 'lines from a subtitle file' : 'PocketSphinx, Tesseract'}, apertium, espeak-ng; memory of the server and all its children together (PSS), and disk of ` +
    'its folders, the highest of looks every 500 ms',
  machine: machine(),
  short,
  long,
  peakRatio: rounded(long.peakMb / short.peakMb, 2),
});
await rm(folder, { recursive: true });

async function translated(name: string, minutes: number) {
  const dataDir = join(folder, name);
  const server = launch(dataDir, { SMARTJOBS_WORKERS: '1' }, () => undefined);
  const to = await server.ready;
  if (to === undefined) throw new Error(`the server did not start:\n${server.stderr()}`);
  // A file that lies in a folder of the objects is an object, once the bucket is the account's.
  await mkdir(join(dataDir, 'objects', 'samples'), { recursive: true });
  const video = join(dataDir, `${name}.mp4`);
  const loops = Math.ceil((minutes * 60) / clipSeconds);
  await run('ffmpeg', [
    ...['-v', 'error', '-stream_loop', String(loops), '-i', clip, '-t', String(minutes * 60), '-c', 'copy', video],
  ]);
  const source = { seconds: await secondsOf(video), megabytes: (await stat(video)).size / 1e6 };
  await rename(video, join(dataDir, 'objects', 'samples', 'talk.mp4'));
  await writeFile(join(dataDir, 'objects', 'samples', 'talk.srt'), subtitle(loops, minutes * 60));
  const submitted = json(
    await rawCall(to, 'SubmitVideoTranslationJob', {
      InputConfig: JSON.stringify({
        ...{ Type: 'Video', Video: 'oss://samples/talk.mp4' },
        ...(FROM_FILE && { Subtitle: 'oss://samples/talk.srt' }),
      }),
      OutputConfig: JSON.stringify({ MediaURL: 'oss://films/talk_es.mp4' }),
      EditingConfig: JSON.stringify({
        ...{ SourceLanguage: 'en', TargetLanguage: 'es', NeedSpeechTranslate: true },
        ...(FROM_FILE && { TextSource: 'SubtitleFile' }),
      }),
    }),
  ) as { readonly Data: { readonly JobId: string } };
  const seen = await watched(to, submitted.Data.JobId, server.child.pid ?? 0, dataDir);
  server.child.kill('SIGTERM');
  await server.ended;
  await rm(dataDir, { recursive: true });
  return {
    minutes: rounded(source.seconds / 60),
    sourceMb: rounded(source.megabytes),
    seconds: rounded(seen.seconds),
    secondsPerMinuteOfVideo: rounded(seen.seconds / (source.seconds / 60), 2),
    secondsOfSteps: Object.fromEntries([...seen.steps].map(([step, seconds]) => [step, rounded(seconds)])),
    peakMb: seen.peakMb,
    peakDiskMb: rounded(seen.peakDiskMb),
    report: (JSON.parse(seen.job.JobResult?.AiResult ?? '{}') as { readonly Report?: object }).Report,
  };
}

/** What is read in the clip, over and over. */
function subtitle(loops: number, seconds: number): string {
  const texts = recordings().map(({ words }) => words.join(' '));
  const lines = Array.from({ length: loops }, (_, loop) =>
    texts.map((text, at) => ({
      from: loop * clipSeconds + (starts[at] ?? 0),
      to: loop * clipSeconds + (ends[at] ?? 0),
      text,
    })),
  ).flat();
  return srt(subtitleLineCues(lines.filter(({ to }) => to < seconds)));
}

async function watched(to: Credentials, JobId: string, pid: number, dataDir: string) {
  const began = performance.now();
  const steps = new Map<string, number>();
  let [peakMb, peakDiskMb, last] = [0, 0, began];
  for (;;) {
    const job = json(await rawCall(to, 'GetSmartHandleJob', { JobId })) as unknown as Job;
    const now = performance.now();
    const { Step, Percent } = job.Progress;
    if (!steps.has(Step))
      process.stderr.write(`${Percent} % ${Step}, ${peakMb} MB, ${Math.round(peakDiskMb)} MB disk\n`);
    steps.set(Step, (steps.get(Step) ?? 0) + (now - last) / 1000);
    last = now;
    if (job.State === 'Failed') throw new Error(JSON.stringify(job));
    if (job.State === 'Finished') {
      return { job, steps, peakMb, peakDiskMb, seconds: (now - began) / 1000 };
    }
    peakMb = Math.max(peakMb, treeMemory(pid));
    peakDiskMb = Math.max(peakDiskMb, await megabytesIn(dataDir));
    await pause(LOOK_MS);
  }
}

/** Folders come and go while they are looked at, which du passes over. */
async function megabytesIn(root: string): Promise<number> {
  const { stdout } = await run('du', ['-sk', root]).catch((error: { readonly stdout: string }) => error);
  return Number(/^\d+/.exec(stdout)?.[0] ?? 0) / 1000;
}
