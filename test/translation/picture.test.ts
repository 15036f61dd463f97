import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TextReader } from '../../src/engines/ocr/text-reader.ts';
import { tesseract } from '../../src/engines/ocr/tesseract.ts';
import { parseSubtitles } from '../../src/engines/subtitles/parse-subtitles.ts';
import type { PipelineOutcome } from '../../src/pipelines/pipeline.ts';
import type { TranslationParts } from '../../src/pipelines/translation/translation-work.ts';
import { burnedVideo, type WrittenText } from '../burned-text/burned-video.ts';
import { readTextAt } from './read-text-at.ts';
import { sampleVideo } from './sample-video.ts';
import { resultOf, TranslationBench } from './translation-bench.ts';

/* Text that is part of the picture, through the whole pipeline. */

const TEXTS: WrittenText[] = [
  { from: 0.8, to: 2.9, text: 'The first train leaves at seven.', style: 'white' },
  { from: 3.4, to: 5.6, text: 'The captain lives in a big house.', style: 'white' },
];

let folder: string;
let silent: string;
let spoken: string;
let bench: TranslationBench;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picture-'));
  silent = burnedVideo(folder, 'busy', TEXTS, 7);
  spoken = (await sampleVideo(join(folder, 'talk.mp4'), { names: ['0930'] })).path;
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  bench = await TranslationBench.open();
});
afterEach(() => bench.close());

const WITHOUT: TextReader = {
  ...tesseract(),
  obstacle: async () => 'Tesseract was not found. Install it: apt-get install tesseract-ocr',
};

type Wanted = { editing?: object; parts?: Partial<TranslationParts> };

async function translate(video: string, { editing, parts }: Wanted = {}): Promise<PipelineOutcome> {
  return await bench.run(
    {
      input: { Type: 'Video', Video: video },
      editing: { SourceLanguage: 'en', TargetLanguage: 'es', ...editing },
      mediaUrl: 'oss://films/film.mp4',
    },
    parts,
  );
}

test('burned-in text is read, translated and shown in its place, and painted over', async () => {
  const result = resultOf(await translate(silent, { editing: { TextSource: 'OCR', DetextArea: 'Auto' } }));
  const parsed = parseSubtitles(await readFile(await bench.fetched('oss://films/film.bilingual.srt')));
  if (parsed.kind !== 'parsed') throw new Error(parsed.message);
  const [first, second] = parsed.lines.map(({ text }) => text.split('\n'));
  expect(first?.[0]).toBe('The first train leaves at seven.');
  expect(second?.[0]).toBe('The captain lives in a big house.');
  expect(second?.[1]).toContain('casa grande');
  const { DetextVideoURL: cleaned } = JSON.parse(result.aiResult) as { DetextVideoURL: string };
  expect(cleaned).toBe('oss://films/film_detext.mp4');
  const [frame, clean, made] = [
    join(folder, 'frame.png'),
    await bench.fetched(cleaned),
    await bench.fetched(result.output),
  ];
  expect(await readTextAt(silent, 4.5, frame)).toContain('big house');
  expect((await readTextAt(clean, 4.5, frame)).match(/[a-z]{4,}/gi)).toBeNull();
  const shown = await readTextAt(made, 4.5, frame);
  expect(shown).toContain('casa grande');
  expect(shown).not.toContain('big house');
}, 180_000);

test('a recording of a screen, without sound or a length, is read to its end', async () => {
  const screen = join(folder, 'screen.webm');
  const made = execFileSync(
    'ffmpeg',
    ['-v', 'error', '-i', silent, '-c:v', 'libvpx', '-deadline', 'realtime', '-b:v', '2M', '-f', 'webm', '-'],
    {
      maxBuffer: 1e8,
    },
  );
  await writeFile(screen, made);
  expect(resultOf(await translate(screen, { editing: { TextSource: 'OCR' } })).details).toMatchObject({ Lines: 2 });
}, 180_000);

test('where nobody speaks, the default takes what is written', async () => {
  const result = resultOf(await translate(silent));
  expect(result.details).toMatchObject({ Lines: 2 });
}, 180_000);

test('without the tool, the default goes on with speech alone, and says so', async () => {
  const result = resultOf(await translate(spoken, { parts: { textReader: WITHOUT } }));
  const { Warnings } = JSON.parse(result.aiResult) as { Warnings: string[] };
  expect(Warnings).toEqual([
    'Only speech was translated. Tesseract was not found. Install it: apt-get install tesseract-ocr',
  ]);
}, 120_000);

test.each([
  ['OCR', 'EngineUnavailable', 'apt-get install tesseract-ocr'],
  ['OCR_ASR', 'SpeechTranslationNoValidVocal', 'Only speech was translated. Tesseract was not found.'],
])('without the tool and without a voice, %s fails as %s', async (TextSource, code, remark) => {
  const outcome = await translate(silent, { editing: { TextSource }, parts: { textReader: WITHOUT } });
  expect(outcome).toMatchObject({ kind: 'failed', failure: { code } });
  expect(outcome.kind === 'failed' && outcome.failure.message).toContain(remark);
});

test('OCR of a picture without text fails by name', async () => {
  const outcome = await translate(spoken, { editing: { TextSource: 'OCR' } });
  expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'NoTextInPicture' } });
}, 120_000);

test('a video without sound has no voice to translate', async () => {
  const outcome = await translate(silent, { editing: { TextSource: 'ASR', NeedSpeechTranslate: true } });
  expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'SpeechTranslationNoValidVocal' } });
});
