import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobResult } from '../../src/jobs/smart-job.ts';
import { parseSubtitles } from '../../src/engines/subtitles/parse-subtitles.ts';
import { runPipeline, transcriptOf } from '../speech/run-pipeline.ts';
import { wordErrors, wordsOf } from '../speech/word-error-rate.ts';
import { readTextAt } from './read-text-at.ts';
import { sampleVideo, secondsOf, spokenVideo, type SampleVideo } from './sample-video.ts';
import { resultOf, TranslationBench } from './translation-bench.ts';

/* Real recordings with pictures, through the whole pipeline and the engines of this machine. */

const run = promisify(execFile);
/** Seconds: a frame of the sample. */
const FRAME = 1 / 25;
const IN_TIME = 0.2;
const FASTEST = 1.25;
/** Of the words. */
const MOST_ERRORS = 0.25;

type Report = { readonly Lines: number; readonly InTime: number; readonly MaxTempo: number };
type Line = {
  readonly From: number;
  readonly DubStart?: number;
  readonly Tempo?: number;
  readonly Translation?: string;
};

let folder: string;
let video: SampleVideo;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'speech-level-'));
  video = await sampleVideo(join(folder, 'talk.mp4'), { size: '640x360' });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('English to Spanish, from what is said', () => {
  let bench: TranslationBench;
  let result: JobResult;
  let path: string;
  beforeAll(async () => {
    bench = await TranslationBench.open();
    result = resultOf(
      await bench.run({
        input: { Type: 'Video', Video: video.path },
        editing: { SourceLanguage: 'en', TargetLanguage: 'es', NeedSpeechTranslate: true, TextSource: 'ASR' },
        mediaUrl: 'https://movies.oss-cn-shanghai.aliyuncs.com/talk_{language_id}.mp4',
      }),
    );
    path = await bench.fetched('oss://movies/talk_es.mp4');
  }, 300_000);
  afterAll(() => bench.close());

  test('the video plays: H.264 with yuv420p, AAC, and as long as the source to a frame', async () => {
    const entries = ['-show_entries', 'stream=codec_name,pix_fmt,width,height', '-of', 'csv=p=0'];
    const { stdout } = await run('ffprobe', ['-v', 'error', ...entries, path]);
    expect(stdout.trim().split('\n')).toEqual(['h264,640,360,yuv420p', 'aac']);
    expect(Math.abs((await secondsOf(path)) - (await secondsOf(video.path)))).toBeLessThanOrEqual(FRAME);
    await run('ffmpeg', ['-v', 'error', '-xerror', '-i', path, '-f', 'null', '-']);
  });

  test('nearly all lines begin when their sources do, and nobody speaks too fast', async () => {
    const { Report: report } = JSON.parse(result.aiResult) as { Report: Report };
    expect(report.Lines).toBeGreaterThanOrEqual(5);
    expect(report.InTime / report.Lines).toBeGreaterThanOrEqual(0.95);
    expect(report.MaxTempo).toBeLessThanOrEqual(FASTEST);
    const lines = await reportedLines(bench, result);
    for (const { From, DubStart = From, Tempo = 1 } of lines) {
      expect(Math.abs(DubStart - From)).toBeLessThanOrEqual(2 * IN_TIME);
      expect(Tempo).toBeLessThanOrEqual(FASTEST);
    }
  });

  test('what is shown is what the subtitle file says', async () => {
    const parsed = parseSubtitles(await readFile(await bench.fetched('oss://movies/talk_es.srt')));
    if (parsed.kind !== 'parsed') throw new Error(parsed.message);
    const [line] = parsed.lines.toSorted((a, b) => b.text.length - a.text.length);
    if (line === undefined) throw new Error('there is no line');
    const shown = await readTextAt(path, (line.from + line.to) / 2, join(folder, 'frame.png'));
    const expected = plainWords(line.text);
    expect(wordErrors(expected, plainWords(shown)) / expected.length).toBeLessThan(0.35);
    const before = await readTextAt(video.path, (line.from + line.to) / 2, join(folder, 'frame.png'));
    expect(plainWords(before).filter((word) => word.length > 3)).toEqual([]);
  });

  test('a second run finds everything, and recognizes nothing again', async () => {
    const before = bench.recognitions;
    const again = await bench.run({
      input: { Type: 'Video', Video: video.path },
      editing: { SourceLanguage: 'en', TargetLanguage: 'es', NeedSpeechTranslate: true, TextSource: 'ASR' },
      mediaUrl: 'https://movies.oss-cn-shanghai.aliyuncs.com/talk_{language_id}.mp4',
    });
    expect(resultOf(again).aiResult).toBe(result.aiResult);
    expect(bench.recognitions).toBe(before);
  }, 120_000);
});

const SPANISH = [
  'El presidente habló con los estudiantes de la universidad durante tres horas.',
  'Los niños juegan en el parque con sus amigos todos los días.',
  'La compañía anunció un nuevo programa para ayudar a las familias.',
  'El médico dijo que el paciente está mucho mejor.',
  'Los trabajadores quieren más dinero y menos horas.',
];

test('a Spanish subtitle becomes English speech that is recognized again, over the Spanish of the video', async () => {
  const bench = await TranslationBench.open();
  const {
    path: spanish,
    starts,
    ends,
  } = await spokenVideo(join(folder, 'spanish.mp4'), {
    ...{ voice: 'es', sentences: SPANISH },
  });
  const path = join(folder, 'spanish.srt');
  await writeFile(path, SPANISH.map((text, at) => cue(at, starts[at] ?? 0, ends[at] ?? 0, text)).join('\n'));
  const result = resultOf(
    await bench.run({
      input: { Type: 'Video', Video: spanish, Subtitle: path },
      editing: {
        ...{ SourceLanguage: 'es', TargetLanguage: 'en', NeedSpeechTranslate: true, TextSource: 'SubtitleFile' },
        SpeechTranslate: {
          ...{ CustomSrtType: 'SourceSrt', SubtitleConfig: { FontSize: 0 } },
          VoiceConfig: { Voice: 'flite:rms' },
        },
      },
      mediaUrl: 'https://movies.oss-cn-shanghai.aliyuncs.com/english.mp4',
    }),
  );
  const lines = await reportedLines(bench, result);
  const said = lines.map(({ Translation = '' }) => Translation);
  expect(said).toHaveLength(SPANISH.length);
  const heard = transcriptOf(await runPipeline(await bench.fetched('oss://movies/english.mp4')));
  const [expected, words] = [wordsOf(said.join(' ')), wordsOf(heard.map(({ content }) => content).join(' '))];
  expect(wordErrors(expected, words) / expected.length).toBeLessThan(MOST_ERRORS);
  for (const { From, DubStart = Infinity } of lines) expect(Math.abs(DubStart - From)).toBeLessThanOrEqual(IN_TIME);
  await bench.close();
}, 300_000);

function cue(index: number, from: number, to: number, text: string): string {
  const clock = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 23).replace('.', ',');
  return `${index + 1}\n${clock(from)} --> ${clock(to)}\n${text}\n`;
}

async function reportedLines(bench: TranslationBench, { files }: JobResult): Promise<Line[]> {
  const report = JSON.parse(await readFile(await bench.fetched(files?.Json ?? ''), 'utf8')) as {
    Targets: { Lines: Line[] }[];
  };
  return report.Targets[0]?.Lines ?? [];
}

/** Without accents, which a reader of English takes for other letters. */
function plainWords(text: string): string[] {
  return wordsOf(text.normalize('NFD').replaceAll(/\p{M}/gu, ''));
}
