import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineAvailability } from '../engine-availability.ts';
import { findProgram } from '../find-program.ts';
import { MIB, SMALL_FILES } from '../program-limits.ts';
import { runProgram, type ProgramOutcome } from '../run-program.ts';
import { languageTag, tesseractName } from './tesseract-languages.ts';
import { TesseractTable } from './tesseract-tsv.ts';
import type { ReadOutcome, ReadRequest, TextReader } from './text-reader.ts';

export type TesseractSettings = {
  /** A name on PATH or a path; absent = `tesseract`. */
  readonly program?: string;
};

const REMEDY =
  'Install it (Debian, Ubuntu: apt-get install tesseract-ocr tesseract-ocr-eng tesseract-ocr-chi-sim).';
const LIMITS = { memory: 1024 * MIB, fileSize: SMALL_FILES } as const;
/** One process loads its data (0.1 s) once for so many pictures; more make no difference. */
const BATCH = 32;
/** Seconds. A row takes 0.05; what is no text takes longer. */
const TIME_LIMIT = { start: 30, picture: 10 };
/** One uniform block of text. 11 (sparse text), tried on Chinese lines, found two rows as one more often. */
const SEGMENTATION = '6';

/** Tesseract 4 or 5, as a program of its own. */
export function tesseract(settings: TesseractSettings = {}): TextReader {
  const program = settings.program ?? 'tesseract';
  let known: Promise<readonly string[]> | undefined;
  const names = async (): Promise<readonly string[]> => {
    known ??= listNames(program);
    return await known;
  };
  const obstacle = async (language: string): Promise<string | undefined> => {
    const message = obstacleFor(language, program, await names());
    if (message === undefined) return undefined;
    // It, or the language, may have been installed while the server runs.
    known = undefined;
    return obstacleFor(language, program, await names());
  };
  return {
    name: 'tesseract',
    obstacle,
    read: async (request) => {
      const message = await obstacle(request.language);
      return message === undefined ? await read(request, program) : { kind: 'unavailable', message };
    },
    availability: async (scratch) => await describe(program, await names(), scratch),
  };
}

function obstacleFor(language: string, program: string, names: readonly string[]): string | undefined {
  if (findProgram(program) === undefined)
    return `Tesseract, which reads text in pictures, was not found. ${REMEDY}`;
  if (names.length === 0) return `Tesseract does not run, or has no languages. ${REMEDY}`;
  const name = tesseractName(language);
  if (name === undefined) return `Text in '${language}' cannot be read in pictures.`;
  if (names.includes(name)) return undefined;
  const tags = names.flatMap((known) => languageTag(known) ?? []).join(', ');
  const remedy = `Debian, Ubuntu: apt-get install tesseract-ocr-${name.replace('_', '-')}`;
  return `Tesseract has no data for '${language}' (it has ${tags || 'none'}). ${remedy}.`;
}

/** What `tesseract --list-langs` names; none where it does not run. */
async function listNames(program: string): Promise<readonly string[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'tesseract-'));
  try {
    const outcome = await ask(program, '--list-langs', scratch);
    if (outcome.kind !== 'exited') return [];
    // A line that tells the folder, then a name a line; version 3 and 4 print it as errors.
    return `${outcome.stdout}\n${outcome.stderr}`.split('\n').filter((line) => /^[a-z]{3}(_[a-z]+)*$/.test(line));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function ask(program: string, question: string, scratch: string): Promise<ProgramOutcome> {
  const { signal } = new AbortController();
  return await runProgram({ program, args: [question], scratch, limits: LIMITS, timeLimit: 10, signal });
}

async function read(request: ReadRequest, program: string): Promise<ReadOutcome> {
  const pictures: ReturnType<TesseractTable['pictures']> = [];
  for (let from = 0; from < request.pictures.length; from += BATCH) {
    const batch = request.pictures.slice(from, from + BATCH);
    const table = new TesseractTable(batch.length);
    const outcome = await readBatch({ ...request, pictures: batch }, program, table);
    request.signal.throwIfAborted();
    if (outcome.kind !== 'exited' || outcome.code !== 0) return failure(outcome);
    pictures.push(...table.pictures());
  }
  return { kind: 'read', pictures };
}

async function readBatch(
  { pictures, language, scratch, signal }: ReadRequest,
  program: string,
  table: TesseractTable,
): Promise<ProgramOutcome> {
  const list = join(scratch, 'tesseract.txt');
  await writeFile(list, pictures.map((name) => `${join(scratch, name)}\n`).join(''));
  return await runProgram({
    program,
    args: [list, 'stdout', '-l', tesseractName(language) ?? 'eng', '--psm', SEGMENTATION, '--dpi', '150', 'tsv'],
    scratch,
    // Its threads cost more than they bring on pictures of a row or two.
    variables: { OMP_THREAD_LIMIT: '1' },
    limits: LIMITS,
    timeLimit: TIME_LIMIT.start + TIME_LIMIT.picture * pictures.length,
    signal,
    onLine: (line) => table.add(line),
  });
}

function failure(outcome: ProgramOutcome): ReadOutcome {
  const message =
    outcome.kind === 'timed-out'
      ? `Tesseract did not end in ${outcome.seconds} seconds.`
      : 'Tesseract ended unexpectedly.';
  return { kind: 'failed', message, detail: 'stderr' in outcome ? outcome.stderr.slice(-500) : outcome.kind };
}

async function describe(program: string, names: readonly string[], scratch: string): Promise<EngineAvailability> {
  const path = findProgram(program);
  if (path === undefined) return { kind: 'missing', reason: 'tesseract was not found.', remedy: REMEDY };
  if (names.length === 0) return { kind: 'missing', reason: 'tesseract has no languages.', remedy: REMEDY };
  const outcome = await ask(path, '--version', scratch);
  const said = outcome.kind === 'exited' ? `${outcome.stdout}${outcome.stderr}` : '';
  const tags = names.flatMap((name) => languageTag(name) ?? []);
  return {
    kind: 'ready',
    version: /tesseract v?([\d.]+)/.exec(said)?.[1] ?? '',
    detail: `reads ${tags.join(', ')}`,
  };
}
