import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { secondsOf } from './sample-video.ts';
import { resultOf, TranslationBench } from './translation-bench.ts';

/* Of an upload that did not come to its end, what is there is translated. */

const WHOLE = 24;

let folder: string;
let video: string;
let subtitle: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broken-off-'));
  const whole = join(folder, 'whole.mp4');
  const [picture, sound] = [`testsrc2=s=160x120:r=25:d=${WHOLE}`, `sine=d=${WHOLE}`];
  const sources = ['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', sound];
  const coding = ['-c:v', 'libx264', '-g', '25', '-c:a', 'aac', '-movflags', '+faststart'];
  execFileSync('ffmpeg', ['-v', 'error', ...sources, ...coding, whole]);
  const bytes = await readFile(whole);
  video = join(folder, 'half.mp4');
  await writeFile(video, bytes.subarray(0, bytes.length / 2));
  subtitle = join(folder, 'lines.srt');
  await writeFile(
    subtitle,
    '1\n00:00:01,000 --> 00:00:03,000\nThe house is big.\n\n2\n00:00:22,000 --> 00:00:23,000\nThe end.\n',
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([false, true])('a video that breaks off is translated up to there, spoken: %s', async (isSpoken) => {
  const bench = await TranslationBench.open();
  try {
    const editing = { TextSource: 'SubtitleFile', NeedSpeechTranslate: isSpoken };
    const outcome = await bench.run({
      input: { Type: 'Video', Video: video, Subtitle: subtitle },
      editing: { SourceLanguage: 'en', TargetLanguage: 'es', ...editing },
      mediaUrl: 'oss://films/film.mp4',
    });
    const { Warnings } = JSON.parse(resultOf(outcome).aiResult) as { Warnings: string[] };
    expect(Warnings).toContainEqual(expect.stringMatching(/^The input says that it lasts 24\.0 s, but breaks off/));
    const seconds = await secondsOf(await bench.fetched('oss://films/film.mp4'));
    expect(seconds).toBeGreaterThan(8);
    expect(seconds).toBeLessThan(16);
  } finally {
    await bench.close();
  }
});
