import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PipelineOutcome } from '../../src/pipelines/pipeline.ts';
import { checkpointsFrom } from '../../src/pipelines/translation/translation-steps.ts';
import type { TranslationEngine } from '../../src/engines/translation/translation-engine.ts';
import { shoutingTranslator } from './shouting-translator.ts';
import { resultOf, TranslationBench } from './translation-bench.ts';

const SOURCE = [
  ...['1', '00:00:01,000 --> 00:00:02,500', 'The house is very old.', ''],
  ...['2', '00:00:03,000 --> 00:00:05,250', 'My brother works in a hospital.', ''],
].join('\n');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'resumed-'));
  await writeFile(join(folder, 'in.srt'), SOURCE);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function translate(
  bench: TranslationBench,
  translator: TranslationEngine,
  signal?: AbortSignal,
): Promise<PipelineOutcome> {
  return await bench.run(
    {
      input: { Type: 'Subtitle', Subtitle: join(folder, 'in.srt') },
      editing: { SourceLanguage: 'en', TargetLanguage: 'es,fr' },
      mediaUrl: 'oss://texts/film.{language_id}.srt',
      ...(signal !== undefined && { signal }),
    },
    { translators: [translator] },
  );
}

test('a run after one that died in the second language tells all that an undisturbed one does', async () => {
  const translator = shoutingTranslator({ silentOn: /hospital/ });
  const [calm, shaken] = [await TranslationBench.open(), await TranslationBench.open()];
  const whole = resultOf(await translate(calm, translator));
  const death = new AbortController();
  const mortal: TranslationEngine = {
    ...translator,
    translate: async (request) => {
      if (request.target === 'fr') death.abort(new Error('killed'));
      death.signal.throwIfAborted();
      return await translator.translate(request);
    },
  };
  await expect(translate(shaken, mortal, death.signal)).rejects.toThrow('killed');
  const resumed = resultOf(await translate(shaken, translator));
  const { Warnings } = JSON.parse(resumed.aiResult) as { Warnings: string[] };
  expect(Warnings).toEqual([expect.stringContaining('into es'), expect.stringContaining('into fr')]);
  expect({ ...resumed, files: undefined }).toEqual({ ...whole, files: undefined });
  await Promise.all([calm.close(), shaken.close()]);
});

test('a run that begins again at its input paints the new one over, not the old', async () => {
  const bench = await TranslationBench.open();
  const video = join(folder, 'in.mp4');
  const painted = async (picture: string): Promise<Buffer> => {
    execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', `${picture}=s=160x120:r=25:d=6`, video]);
    const outcome = await bench.run(
      {
        input: { Type: 'Video', Video: video, Subtitle: join(folder, 'in.srt') },
        editing: {
          ...{ SourceLanguage: 'en', TargetLanguage: 'es', TextSource: 'SubtitleFile' },
          DetextArea: [[0, 0.5, 1, 0.25]],
        },
        mediaUrl: 'oss://films/film.mp4',
      },
      { translators: [shoutingTranslator()] },
    );
    expect(resultOf(outcome).aiResult).toContain('film_detext.mp4');
    return await readFile(await bench.fetched('oss://films/film_detext.mp4'));
  };
  const first = await painted('testsrc');
  const from = checkpointsFrom('Fetch');
  for (const key of bench.checkpoints.keys()) {
    if (from.some((step) => key.startsWith(step))) bench.checkpoints.delete(key);
  }
  expect((await painted('smptebars')).equals(first)).toBe(false);
  await bench.close();
});

test('a subtitle that is not read may be missing', async () => {
  const bench = await TranslationBench.open();
  const outcome = await bench.run(
    {
      input: { Type: 'Video', Video: plainVideo(), Subtitle: join(folder, 'nowhere.srt') },
      editing: { SourceLanguage: 'en', TargetLanguage: 'es', TextSource: 'OCR' },
      mediaUrl: 'oss://films/film.mp4',
    },
    { translators: [shoutingTranslator()] },
  );
  expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'NoTextInPicture' } });
  await bench.close();
});

/** Of which nothing can be read. */
function plainVideo(): string {
  const path = join(folder, 'plain.mp4');
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'color=s=160x120:r=25:d=2', path]);
  return path;
}
