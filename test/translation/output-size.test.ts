import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shoutingTranslator } from './shouting-translator.ts';
import { resultOf, TranslationBench } from './translation-bench.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'output-size-'));
  await writeFile(join(folder, 'in.srt'), '1\n00:00:00,100 --> 00:00:00,900\nThe house is old.\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  ['64x48', { Width: 128 }, '128,96'],
  ['64x48', { Height: 128 }, '170,128'],
  ['32x1200', { Width: 128 }, '128,4096'],
])('of a picture of %s, %o gives %s pixels', async (size, output, expected) => {
  const video = join(folder, `${size}.mp4`);
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', `testsrc=s=${size}:r=10:d=1`, video]);
  const bench = await TranslationBench.open();
  const outcome = await bench.run(
    {
      input: { Type: 'Video', Video: video, Subtitle: join(folder, 'in.srt') },
      editing: { SourceLanguage: 'en', TargetLanguage: 'es', TextSource: 'SubtitleFile' },
      mediaUrl: 'oss://films/film.mp4',
      output,
    },
    { translators: [shoutingTranslator()] },
  );
  resultOf(outcome);
  const made = await bench.fetched('oss://films/film.mp4');
  const args = [
    '-v',
    'error',
    '-select_streams',
    'v',
    '-show_entries',
    'stream=width,height',
    '-of',
    'csv=p=0',
    made,
  ];
  expect(execFileSync('ffprobe', args, { encoding: 'utf8' }).trim()).toBe(expected);
  await bench.close();
});
