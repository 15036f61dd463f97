import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MIB } from '../../program-limits.ts';
import { runProgram, type ProgramOutcome } from '../../run-program.ts';
import { fromStream, toStream } from './apertium-stream.ts';
import type { LinePart } from './line-parts.ts';

export type ApertiumRun = {
  /** The absolute path of `apertium`. */
  readonly program: string;
  /** The folder with `modes` in it. */
  readonly dataFolder: string;
  /** Name of a mode that is there. */
  readonly mode: string;
  readonly lines: readonly (readonly LinePart[])[];
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
};

export type ApertiumRunOutcome =
  /** Undefined: the engine broke on the line, or lost what had to be kept. */
  | { readonly kind: 'done'; readonly lines: readonly TranslatedLine[] }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

type TranslatedLine = readonly LinePart[] | undefined;

/** Measured: under 50 MiB for each of a dozen programs. */
const LIMITS = { memory: 1024 * MIB, fileSize: 16 * MIB };
/** A run takes 0.1 to 0.3 seconds to start and a millisecond or two for a line. */
const LINES_OF_A_RUN = 200;
/** UTF-16 units. */
const CHARACTERS_OF_A_RUN = 40_000;
/** Seconds to start, and for each line. */
const START_TIME = 20;
const LINE_TIME = 0.2;
/** Runs that may break before the engine is held to be broken, and not the lines. */
const MOST_FAILURES = 40;

/** What one call of the engine has come to; a batch that breaks it is halved until the line is alone that did it. */
type Progress = { failures: number; done: number; readonly last: { detail: string } };

/** In a folder of its own, which is gone afterwards. Throws the signal's reason when aborted. */
export async function runApertium(run: ApertiumRun): Promise<ApertiumRunOutcome> {
  const scratch = await mkdtemp(join(run.scratch, 'apertium-'));
  try {
    return await translateAll({ ...run, scratch });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function translateAll(run: ApertiumRun): Promise<ApertiumRunOutcome> {
  const progress: Progress = { failures: 0, done: 0, last: { detail: '' } };
  const texts: TranslatedLine[] = [];
  for (const batch of batchesOf(run.lines)) {
    const outcome = await translateBatch(batch, run, progress);
    if (outcome === 'not-found') return { kind: 'not-found' };
    texts.push(...outcome);
    run.onProgress?.(texts.length / run.lines.length);
  }
  if (progress.failures > 0 && progress.done === 0) {
    const message = `apertium ended unexpectedly in the mode ${run.mode}.`;
    return { kind: 'failed', message, detail: progress.last.detail };
  }
  return { kind: 'done', lines: texts };
}

async function translateBatch(
  lines: ApertiumRun['lines'],
  run: ApertiumRun,
  progress: Progress,
): Promise<readonly TranslatedLine[] | 'not-found'> {
  if (progress.failures >= MOST_FAILURES) return lines.map(() => undefined);
  const outcome = await runOnce(lines, run);
  if (outcome.kind === 'not-found') return 'not-found';
  if (outcome.kind === 'done') {
    progress.done += 1;
    return outcome.lines;
  }
  progress.failures += 1;
  progress.last.detail = outcome.detail;
  if (lines.length === 1) return [undefined];
  const half = Math.ceil(lines.length / 2);
  const first = await translateBatch(lines.slice(0, half), run, progress);
  const second = await translateBatch(lines.slice(half), run, progress);
  return first === 'not-found' || second === 'not-found' ? 'not-found' : [...first, ...second];
}

async function runOnce(
  lines: ApertiumRun['lines'],
  { program, dataFolder, mode, scratch, signal }: ApertiumRun,
): Promise<Exclude<ApertiumRunOutcome, { kind: 'failed' }> | { kind: 'broken'; detail: string }> {
  // A file, since the script opens its input by name, and Node.js gives a child a socket that cannot be opened.
  const [input, output] = [join(scratch, 'in'), join(scratch, 'out')];
  await writeFile(input, lines.map((parts, number) => toStream(parts, number)).join(''));
  await writeFile(output, '');
  const outcome = await runProgram({
    program,
    // -u: no star before words that it does not know. -f none: the text is in the stream's own format.
    args: ['-u', '-z', '-f', 'none', '-d', dataFolder, mode, input, output],
    scratch,
    reads: [dataFolder],
    limits: LIMITS,
    timeLimit: Math.ceil(START_TIME + LINE_TIME * lines.length),
    signal,
  });
  signal.throwIfAborted();
  if (outcome.kind === 'not-found') return { kind: 'not-found' };
  if (outcome.kind !== 'exited' || outcome.code !== 0) return { kind: 'broken', detail: detailOf(outcome) };
  return { kind: 'done', lines: fromStream(await readFile(output, 'utf8'), lines) };
}

function* batchesOf(lines: ApertiumRun['lines']): Generator<ApertiumRun['lines']> {
  let batch: (readonly LinePart[])[] = [];
  let characters = 0;
  for (const parts of lines) {
    const length = parts.reduce((sum, { text }) => sum + text.length, 0);
    const isFull = batch.length >= LINES_OF_A_RUN || characters + length > CHARACTERS_OF_A_RUN;
    if (isFull && batch.length > 0) {
      yield batch;
      [batch, characters] = [[], 0];
    }
    batch.push(parts);
    characters += length;
  }
  if (batch.length > 0) yield batch;
}

function detailOf(outcome: ProgramOutcome): string {
  return 'stderr' in outcome ? outcome.stderr.slice(-500) : outcome.kind;
}
