import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TtsEngine } from '../../src/engines/tts/tts-engine.ts';
import { espeakNg } from '../../src/engines/tts/espeak/espeak-ng.ts';
import type { PipelineOutcome } from '../../src/pipelines/pipeline.ts';
import type { TranslationParts } from '../../src/pipelines/translation/translation-work.ts';
import { shoutingTranslator } from './shouting-translator.ts';
import { sampleVideo, secondsOf } from './sample-video.ts';
import { resultOf, TranslationBench } from './translation-bench.ts';

const run = promisify(execFile);

let folder: string;
let sound: string;
let bench: TranslationBench;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'translated-sound-'));
  const { path } = await sampleVideo(join(folder, 'talk.mp4'), { names: ['0880', '0930'] });
  sound = join(folder, 'talk.mp3');
  await run('ffmpeg', ['-v', 'error', '-i', path, '-vn', sound]);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  bench = await TranslationBench.open();
});
afterEach(() => bench.close());

async function translate(
  path: string,
  editing: object,
  parts: Partial<TranslationParts> = {},
): Promise<PipelineOutcome> {
  return await bench.run(
    {
      input: { Type: 'Audio', Audio: path },
      editing: { SourceLanguage: 'en', NeedSpeechTranslate: true, ...editing },
      mediaUrl: 'oss://talks/talk_{language_id}.wav',
    },
    { translators: [shoutingTranslator()], ...parts },
  );
}

test('several languages cost one recognition, and each is as long as the source', async () => {
  const result = resultOf(await translate(sound, { TargetLanguage: 'es,fr' }));
  expect(bench.recognitions).toBe(1);
  const { VideoTranslationAiResultMap: map } = JSON.parse(result.aiResult) as {
    VideoTranslationAiResultMap: Record<
      string,
      { MediaURL: string; TranslatedAudioMediaURL: string; Report: object }
    >;
  };
  expect(Object.keys(map)).toEqual(['es', 'fr']);
  for (const language of ['es', 'fr']) {
    const url = `oss://talks/talk_${language}.wav`;
    expect(map[language]).toMatchObject({ MediaURL: url, TranslatedAudioMediaURL: url });
    expect(await secondsOf(await bench.fetched(url))).toBeCloseTo(await secondsOf(sound), 1);
  }
  expect(bench.progress.map(({ percent }) => percent)).toEqual(
    bench.progress.map(({ percent }) => percent).toSorted((a, b) => a - b),
  );
}, 180_000);

test('a line that no voice can say keeps its original sound, and the job goes on', async () => {
  const speaker = espeakNg();
  const voices = await speaker.voices();
  const stubborn: TtsEngine = {
    ...speaker,
    synthesize: async (request) =>
      request.spoken.some(({ text }) => text.includes('AMIABLE'))
        ? { kind: 'unsupported', message: 'This voice does not say that word.' }
        : await speaker.synthesize(request),
  };
  const result = resultOf(
    await translate(sound, { TargetLanguage: 'es' }, { synthesis: { voices, engineOf: () => stubborn } }),
  );
  const { Warnings, Report } = JSON.parse(result.aiResult) as { Warnings: string[]; Report: { Lines: number } };
  expect(Warnings.join(' ')).toContain('does not say that word');
  expect(Report.Lines).toBeLessThan(Number(result.details?.['Lines']));
}, 120_000);

test('music alone has no voice to translate', async () => {
  const music = join(folder, 'tone.wav');
  await run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'sine=frequency=440:duration=6', music]);
  const outcome = await translate(music, { TargetLanguage: 'es' });
  expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'SpeechTranslationNoValidVocal' } });
});

test('a run that is aborted ends, with the reason', async () => {
  const abort = new AbortController();
  const reason = new Error('canceled');
  const running = bench.run(
    {
      input: { Type: 'Audio', Audio: sound },
      editing: { SourceLanguage: 'en', NeedSpeechTranslate: true, TargetLanguage: 'es' },
      mediaUrl: 'oss://talks/talk.wav',
      signal: abort.signal,
    },
    {
      translators: [
        {
          ...shoutingTranslator(),
          translate: async () => {
            abort.abort(reason);
            abort.signal.throwIfAborted();
            throw new Error('not aborted');
          },
        },
      ],
    },
  );
  await expect(running).rejects.toBe(reason);
}, 60_000);
