import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobId } from '../../jobs/job-id.ts';
import type { SmartJob } from '../../jobs/smart-job.ts';
import { readTranslationSettings } from '../../pipelines/translation/translation-settings.ts';
import { startBench, type Bench } from '../test-bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.stop());

const translate = (...args: string[]) => bench.run(['submit', 'translate', ...args]);

async function submitted(...args: string[]): Promise<SmartJob> {
  const { code, out, err } = await translate(...args);
  expect({ code, err: err.split(':')[0] }).toEqual({ code: 0, err: 'Watch it' });
  const job = await bench.jobs.get(bench.account, out.trim() as JobId);
  if (job === undefined) throw new Error('no job');
  return job;
}

const FILM = ['oss://uploads/film.mp4', '--output', 'oss://films/film_{language_id}.mp4'];

describe('submit translate', () => {
  test('submits a video, with what the options say', async () => {
    const job = await submitted(
      ...[...FILM, '--from', 'en', '--to', 'es,fr', '--level', 'speech', '--title', 'A film'],
      ...['--text-source', 'OCR', '--detext', '[[0,0.8,1,0.2]]', '--ocr-area', '[0,0.5,1,0.5]', '--bilingual'],
      ...['--font-size', '0', '--skip-song', '--width', '640', '--height', '360', '--client-token', 'once'],
    );
    expect(job).toMatchObject({
      ...{ type: 'VideoTranslation', title: 'A film', inputFile: 'oss://uploads/film.mp4' },
      ...{ outputBucket: 'films', outputObject: 'film_{language_id}.mp4' },
    });
    expect(readTranslationSettings(job.parameters)).toMatchObject({
      ...{ level: 'speech', source: 'en', targets: ['es', 'fr'], textSource: 'OCR', bilingual: true },
      ...{ skipSong: true, subtitleStyle: { fontSize: 0 }, detext: [{ x: 0, y: 0.8 }], warnings: [] },
      ...{ ocrArea: { y: 0.5, height: 0.5 }, output: { width: 640, height: 360 } },
    });
  });

  test('submits a subtitle that goes with the video', async () => {
    const { parameters } = await submitted(
      ...[...FILM, '--to', 'es', '--subtitle', 'oss://uploads/film.srt', '--srt-type', 'TargetSrt'],
    );
    expect(readTranslationSettings(parameters)).toMatchObject({
      ...{ level: 'subtitle', textSource: 'SubtitleFile', customSrtType: 'TargetSrt', source: undefined },
      input: { type: 'Video', media: 'oss://uploads/film.mp4', subtitle: 'oss://uploads/film.srt' },
    });
  });

  test.each([
    ['oss://films/a.srt', ['--from', 'en'], { type: 'Subtitle', subtitle: 'oss://uploads/a' }],
    ['oss://films/a.VTT', ['--from', 'en'], { type: 'Subtitle', subtitle: 'oss://uploads/a' }],
    ['oss://films/a.wav', ['--level', 'speech'], { type: 'Audio', media: 'oss://uploads/a' }],
    ['oss://films/a.mp4', [], { type: 'Video', media: 'oss://uploads/a' }],
  ])('the name of the output tells what the input is: %s', async (output, more, input) => {
    const { parameters } = await submitted('oss://uploads/a', '--to', 'es', '--output', output, ...more);
    expect(readTranslationSettings(parameters)).toMatchObject({ input });
  });

  test.each([
    [['oss://in/a.mp4', '--to', 'es'], "required option '--output <object>' not specified"],
    [['oss://in/a.mp4', '--output', 'oss://films/a.mp4'], "required option '--to <languages>' not specified"],
    [['oss://in/a.mp4', '--to', 'es', '--output', 'films/a.mp4'], 'is no object address'],
    [
      [...FILM, '--to', 'es', '--level', 'lips'],
      "'--level' is invalid, input: lips, value range: subtitle, speech",
    ],
    [[...FILM, '--to', 'es', '--width', '12'], "'OutputConfig.Width' is invalid, input: 12"],
    [[...FILM, '--to', 'spanish'], '1 to 20 language codes'],
  ])('%j is a usage error that the server is not asked about', async (args, message) => {
    const { code, out, err } = await translate(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  test('a refusal of the server is exit code 1, with what it says', async () => {
    const { code, err } = await translate('oss://uploads/a.mp4', '--to', 'es,fr', '--output', 'oss://films/a.mp4');
    expect(code).toBe(1);
    expect(err).toContain('{language_id}');
  });

  test('the same token is answered with the same job, also as JSON', async () => {
    const args = [...FILM, '--to', 'es', '--client-token', 'once'];
    const job = await submitted(...args);
    const { out } = await translate(...args, '--json');
    expect(JSON.parse(out)).toMatchObject({ Success: true, Data: { JobId: job.id } });
  });

  test('tells how a file of this machine gets to the server', async () => {
    await writeFile(join(bench.folder, 'film.mp4'), '');
    const { code, err } = await translate('film.mp4', '--to', 'es', '--output', 'oss://films/a.mp4');
    expect(code).toBe(2);
    expect(err).toContain('smartjobs submit translate oss://uploads/film.mp4');
    await writeFile(join(bench.folder, 'film.srt'), '');
    const subtitle = await translate(...FILM, '--to', 'es', '--subtitle', 'film.srt');
    expect(subtitle.code).toBe(2);
    expect(subtitle.err).toContain('smartjobs put film.srt oss://uploads/film.srt');
    expect(subtitle.err).toContain('submit translate oss://uploads/film.mp4 --subtitle oss://uploads/film.srt');
  });
});
