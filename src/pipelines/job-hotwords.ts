import type { AsrEngine, Hotword } from '../engines/asr/asr-engine.ts';
import type { HotwordLibraries } from '../jobs/hotword-libraries.ts';
import { hotwordLibraryOf, type LibraryHotword } from '../jobs/hotword-library.ts';
import { jobFailure, type JobFailure } from '../jobs/job-failure.ts';
import type { SmartJob } from '../jobs/smart-job.ts';

export type JobHotwords =
  /** What the engine is to listen for; empty where the job names no library, or one without a word for it. */
  | { readonly kind: 'hotwords'; readonly hotwords: readonly Hotword[] }
  | { readonly kind: 'failed'; readonly failure: JobFailure };

/**
 * The hotwords of a job, as its library has them now: a job that waits gets the words of the day it runs. Words of
 * another language than the job's are left out, and words of weight 0 and below too: no engine here can be told to
 * recognize something less often.
 * @param language of the job, BCP 47; undefined = not said, so words of all languages count
 */
export async function hotwordsOf(
  job: Pick<SmartJob, 'account' | 'editingConfig'>,
  language: string | undefined,
  libraries: Pick<HotwordLibraries, 'get'>,
): Promise<JobHotwords> {
  const named = await wordsOfLibrary(job, libraries);
  if (named.kind === 'failed') return named;
  const words = named.words.filter((word) => word.weight > 0 && isWordOf(word, language));
  return { kind: 'hotwords', hotwords: words.map(({ text, weight }) => ({ text, weight })) };
}

export type LibraryWords =
  | { readonly kind: 'words'; readonly words: readonly LibraryHotword[] }
  | { readonly kind: 'failed'; readonly failure: JobFailure };

/** All words that the library of a job has now, with all that is known of them; none where the job names no library. */
export async function wordsOfLibrary(
  job: Pick<SmartJob, 'account' | 'editingConfig'>,
  libraries: Pick<HotwordLibraries, 'get'>,
): Promise<LibraryWords> {
  const id = hotwordLibraryOf(job.editingConfig);
  if (id === undefined) return { kind: 'words', words: [] };
  const library = await libraries.get(job.account, id);
  if (library !== undefined) return { kind: 'words', words: library.hotwords };
  const message = `The hotword library '${id}' was deleted. Submit the job again with another one, or with none.`;
  return { kind: 'failed', failure: jobFailure('HotwordLibraryNotFound', message) };
}

/** The failure of a job that has hotwords, where the engine that was chosen for it takes none. */
export function hotwordsUnsupported(engine: AsrEngine, engines: readonly AsrEngine[]): JobFailure {
  const able = engines.filter(({ takesHotwords }) => takesHotwords).map(({ name }) => name);
  const remedy =
    able.length > 0
      ? `Engines of this server that take them: ${able.join(', ')}.`
      : 'A speech server (SMARTJOBS_ASR_URL) takes them, and so does a transducer model of sherpa-onnx.';
  const message = `${engine.name}, which recognizes the language of this job, takes no hotwords. ${remedy} Without HotwordLibraryIdList the job runs.`;
  return jobFailure('HotwordsUnsupported', message);
}

/** Varieties of Chinese share their writing, and so their hotwords. */
const WRITTEN_AS_CHINESE = new Set(['zh', 'cmn', 'yue']);

/** @param language BCP 47; undefined = not known, so words of all languages count */
export function isWordOf(word: Pick<LibraryHotword, 'language'>, language: string | undefined): boolean {
  if (word.language === undefined || language === undefined) return true;
  return writtenLanguage(word.language) === writtenLanguage(language);
}

function writtenLanguage(tag: string): string {
  const primary = tag.split('-', 1)[0]?.toLowerCase() ?? '';
  return WRITTEN_AS_CHINESE.has(primary) ? 'zh' : primary;
}
