import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseSubtitles } from '../../src/engines/subtitles/parse-subtitles.ts';
import type { HotwordLibrary, LibraryHotword } from '../../src/jobs/hotword-library.ts';
import type { PipelineOutcome } from '../../src/pipelines/pipeline.ts';
import type { TranslationParts } from '../../src/pipelines/translation/translation-work.ts';
import { shoutingTranslator } from './shouting-translator.ts';
import { resultOf, TranslationBench } from './translation-bench.ts';

/* Subtitle files in, subtitle files out. */

const SOURCE = [
  ...['1', '00:00:01,000 --> 00:00:02,500', 'The house is very old.', ''],
  ...['2', '00:00:03,000 --> 00:00:05,250', 'My brother works', 'in a hospital.', ''],
  ...['3', '00:01:00,000 --> 00:01:02,000', 'It costs <i>25</i> euros.', ''],
].join('\n');

let folder: string;
let bench: TranslationBench;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'subtitles-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  bench = await TranslationBench.open();
});
afterEach(() => bench.close());

type Wanted = { editing?: object; mediaUrl?: string; parts?: Partial<TranslationParts> };

async function translate(file: string | Buffer, wanted: Wanted = {}): Promise<PipelineOutcome> {
  const { editing, mediaUrl = 'oss://texts/film.srt', parts } = wanted;
  const path = join(folder, 'in.srt');
  await writeFile(path, file);
  return await bench.run(
    {
      input: { Type: 'Subtitle', Subtitle: path },
      editing: { SourceLanguage: 'en', TargetLanguage: 'es', ...editing },
      mediaUrl,
    },
    parts,
  );
}

async function linesOf(url: string) {
  const parsed = parseSubtitles(await readFile(await bench.fetched(url)));
  if (parsed.kind !== 'parsed') throw new Error(parsed.message);
  return parsed.lines;
}

test('English to Spanish by the engine of this machine: same times, same numbers, no markup', async () => {
  const result = resultOf(await translate(SOURCE));
  expect(result.output).toBe('oss://texts/film.srt');
  const lines = await linesOf('oss://texts/film.srt');
  expect(lines.map(({ from, to }) => [from, to])).toEqual([
    [1, 2.5],
    [3, 5.25],
    [60, 62],
  ]);
  expect(lines[0]?.text).toBe('La casa es muy vieja.');
  expect(lines[2]?.text).toMatch(/\b25\b/);
  expect(lines[2]?.text).not.toMatch(/[<>]/);
  expect(result.details).toMatchObject({ Translator: 'apertium eng-spa', Lines: 3, Untranslated: 0 });
});

test('the text of a subtitle may stand where its address does', async () => {
  const editing = { SourceLanguage: 'en', TargetLanguage: 'es' };
  const input = { Type: 'Subtitle', Subtitle: SOURCE.replaceAll('\n', '\r\n') };
  resultOf(await bench.run({ input, editing, mediaUrl: 'oss://texts/film.srt' }));
  expect((await linesOf('oss://texts/film.srt'))[0]).toMatchObject({ from: 1, text: 'La casa es muy vieja.' });
});

describe('a hotword library', () => {
  const words: readonly LibraryHotword[] = [
    { text: 'house', weight: 2, language: 'en', translations: [{ text: 'mansión', language: 'es' }] },
    { text: 'brother', weight: 2, language: 'en', translations: [{ text: 'frère', language: 'fr' }] },
  ];
  const library = (hotwords?: readonly LibraryHotword[]): Partial<TranslationParts> => ({
    hotwords: { get: async () => (hotwords === undefined ? undefined : ({ hotwords } as HotwordLibrary)) },
  });

  test('says how its words are translated, but what the Glossary says counts more', async () => {
    const editing = { HotwordLibraryIdList: ['1'.repeat(32)] };
    await translate(SOURCE, { editing, parts: library(words) });
    const [first, second] = await linesOf('oss://texts/film.srt');
    expect([first?.text, second?.text.replaceAll('\n', ' ')]).toEqual([
      expect.stringContaining('mansión') as string,
      expect.stringContaining('hermano') as string,
    ]);
    const Glossary = [{ Source: 'house', Target: 'caserón' }];
    await translate(SOURCE, { editing: { ...editing, Glossary }, parts: library(words) });
    expect((await linesOf('oss://texts/film.srt'))[0]?.text).toContain('caserón');
  });

  test('that was changed meanwhile changes what is made when the job runs again', async () => {
    const editing = { HotwordLibraryIdList: '1'.repeat(32) };
    await translate(SOURCE, { editing, parts: library([]) });
    expect((await linesOf('oss://texts/film.srt'))[0]?.text).toContain('casa');
    await translate(SOURCE, { editing, parts: library(words) });
    expect((await linesOf('oss://texts/film.srt'))[0]?.text).toContain('mansión');
  });

  test('that was deleted ends the job', async () => {
    const outcome = await translate(SOURCE, { editing: { HotwordLibraryIdList: '1' }, parts: library() });
    expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'HotwordLibraryNotFound' } });
  });
});

test('a glossary is kept', async () => {
  resultOf(await translate(SOURCE, { editing: { Glossary: [{ Source: 'hospital', Target: 'sanatorio' }] } }));
  expect((await linesOf('oss://texts/film.srt'))[1]?.text).toContain('sanatorio');
});

test('with BilingualSubtitle each cue has the source above the translation', async () => {
  resultOf(await translate(SOURCE, { editing: { BilingualSubtitle: true } }));
  expect((await linesOf('oss://texts/film.srt'))[0]?.text).toBe('The house is very old.\nLa casa es muy vieja.');
});

describe('a subtitle that the caller has translated', () => {
  const bilingual = SOURCE.replace('very old.', 'very old.\nLa maison est vieille.')
    .replace('My brother works\nin a hospital.', 'My brother is a nurse.\nMon frère est infirmier.')
    .replace('It costs <i>25</i> euros.', 'It costs 25 euros.\nCela coûte 25 euros.');

  test.each([
    ['BilingualSrtSrcFirst', bilingual],
    ['BilingualSrtTgtFirst', bilingual.replaceAll(/^([A-Z].*)\n(.*)$/gm, '$2\n$1')],
  ])('is taken as it is, in the order of %s', async (CustomSrtType, file) => {
    const result = resultOf(await translate(file, { editing: { TargetLanguage: 'fr', CustomSrtType } }));
    expect((await linesOf('oss://texts/film.srt')).map(({ text }) => text)).toEqual([
      ...['La maison est vieille.', 'Mon frère est infirmier.', 'Cela coûte 25 euros.'],
    ]);
    expect(result.details?.['Translator']).toBeUndefined();
  });

  test('fails by its line where a cue has one language', async () => {
    const outcome = await translate(SOURCE, { editing: { CustomSrtType: 'BilingualSrtSrcFirst' } });
    expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'SubtitleFileUnreadable' } });
    expect(outcome.kind === 'failed' && outcome.failure.message).toContain('line 2: The cue has one row');
  });
});

test('several languages, each in its file', async () => {
  const result = resultOf(
    await translate(SOURCE, {
      editing: { TargetLanguage: 'es,fr' },
      mediaUrl: 'oss://texts/film.{language_id}.srt',
      parts: { translators: [shoutingTranslator()] },
    }),
  );
  expect((await linesOf('oss://texts/film.es.srt'))[0]?.text).toBe('es: THE HOUSE IS VERY OLD.');
  expect((await linesOf('oss://texts/film.fr.srt'))[1]?.text).toBe('fr: MY BROTHER WORKS IN A HOSPITAL.');
  const { VideoTranslationAiResultMap: map } = JSON.parse(result.aiResult) as {
    VideoTranslationAiResultMap: Record<string, { MediaURL: string }>;
  };
  expect(Object.entries(map).map(([language, { MediaURL }]) => [language, MediaURL])).toEqual([
    ['es', 'oss://texts/film.es.srt'],
    ['fr', 'oss://texts/film.fr.srt'],
  ]);
});

test('a line that cannot be translated stays, and a warning says so', async () => {
  const result = resultOf(
    await translate(SOURCE, { parts: { translators: [shoutingTranslator({ silentOn: /hospital/ })] } }),
  );
  const texts = (await linesOf('oss://texts/film.srt')).map(({ text }) => text.replaceAll('\n', ' '));
  expect(texts[1]).toBe('My brother works in a hospital.');
  expect(texts[0]).toBe('es: THE HOUSE IS VERY OLD.');
  const { Warnings } = JSON.parse(result.aiResult) as { Warnings: string[] };
  expect(Warnings).toEqual([expect.stringMatching(/^A line was not translated into es and stayed .* tired\.$/)]);
  expect(result.details).toMatchObject({ Untranslated: 1 });
});

test('a job fails where not one line could be translated', async () => {
  const outcome = await translate(SOURCE, { parts: { translators: [shoutingTranslator({ silentOn: /./ })] } });
  expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'TranslationFailed' } });
});

test('a pair that nothing here translates fails by naming what is there', async () => {
  const outcome = await translate(SOURCE, { editing: { TargetLanguage: 'ja' } });
  expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'TranslationUnavailable' } });
  expect(outcome.kind === 'failed' && outcome.failure.message).toMatch(/en to .*es.*SMARTJOBS_TRANSLATION_URL/);
});

test.each([
  ['a time that cannot be read', SOURCE.replace('00:00:03,000', '00:00:3x'), 6],
  ['an end before its beginning', SOURCE.replace('00:00:05,250', '00:00:01,000'), 6],
  ['no cue', 'It was a dark and stormy night.\n', 1],
  ['a video that was given by mistake', Buffer.from([0, 0, 0, 0x20, 0x66, 0x74, 0x79, 0x70, 0, 0, 0, 1]), 1],
])('a broken file is refused with the line: %s', async (_what, file, line) => {
  const outcome = await translate(file);
  expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'SubtitleFileUnreadable' } });
  expect(outcome.kind === 'failed' && outcome.failure.message).toContain(`line ${line}:`);
});

test('what is written is read back as it was: WebVTT in, SubRip out', async () => {
  const vtt = `WEBVTT\n\nNOTE hello\n\n${SOURCE.replaceAll(',', '.').replaceAll('<i>25</i>', '25 &amp; 3')}`;
  resultOf(await translate(vtt, { editing: { CustomSrtType: 'TargetSrt' } }));
  expect((await linesOf('oss://texts/film.srt')).map(({ text }) => text)).toEqual([
    ...['The house is very old.', 'My brother works\nin a hospital.', 'It costs 25 & 3 euros.'],
  ]);
});

test('a subtitle of more lines than fit into one checkpoint is translated, and again where the job runs again', async () => {
  const clock = (second: number): string => new Date(second * 1000).toISOString().slice(11, 19);
  const text = 'A line that somebody says in a film that has very many of them, and says it slowly.';
  const cues = Array.from(
    { length: 6000 },
    (_, index) => `${index + 1}\n${clock(index)},000 --> ${clock(index)},900\n${index}: ${text}\n`,
  );
  const parts = { translators: [shoutingTranslator()] };
  const first = resultOf(await translate(cues.join('\n'), { parts }));
  expect(first.details).toMatchObject({ Lines: 6000, Untranslated: 0 });
  expect(resultOf(await translate(cues.join('\n'), { parts }))).toEqual(first);
  const lines = await linesOf('oss://texts/film.srt');
  expect(lines.at(-1)?.text.replaceAll('\n', ' ')).toBe(`es: 5999: ${text.toUpperCase()}`);
});

test('long lines of a script without spaces get none in a subtitle of both languages', async () => {
  const chinese = '今天的天气非常好所以我们决定一起去公园散步然后再去那家新开的餐厅吃一顿晚饭';
  const translator = { ...shoutingTranslator(), translate: inChinese };
  function inChinese({ lines }: { lines: readonly string[] }) {
    return Promise.resolve({
      kind: 'translated' as const,
      lines: lines.map(() => ({ kind: 'translated' as const, text: chinese })),
    });
  }
  await translate(SOURCE, {
    editing: { TargetLanguage: 'zh', BilingualSubtitle: true },
    parts: { translators: [translator] },
  });
  const [line] = await linesOf('oss://texts/film.srt');
  expect(line?.text).toBe(`The house is very old.\n${chinese}`);
});
