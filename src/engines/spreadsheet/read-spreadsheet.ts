import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeChild } from '../node-child.ts';
import { MIB, SMALL_FILES } from '../program-limits.ts';
import { runProgram, type ProgramOutcome } from '../run-program.ts';
import type { ChartTable } from './chart-table.ts';
import { SPREADSHEET_LIMITS } from './spreadsheet-limits.ts';
import type { SpreadsheetRefusalCode } from './spreadsheet-refusal.ts';
import { TableReceiver } from './table-lines.ts';

export type SpreadsheetRequest = {
  /** An .xls, .xlsx or .csv; what it is is told by its content. */
  readonly path: string;
  /** The sheet's name, upper or lower case; absent = the first one that is not hidden. */
  readonly sheet?: string;
  readonly scratch: string;
  readonly signal: AbortSignal;
};

export type SpreadsheetOutcome =
  | { readonly kind: 'read'; readonly table: ChartTable }
  /** The file's fault; the message is for the caller. */
  | { readonly kind: 'refused'; readonly code: SpreadsheetRefusalCode; readonly message: string }
  /** Ours. `detail` is for the log: what the reader said last. */
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

/**
 * Megabytes of objects; the rest of the limit is for buffers, code and stacks. Measured for a million cells: 300 MB
 * in all of an .xlsx.
 */
const HEAP = 384;
const FLAGS = [`--max-old-space-size=${HEAP}`, '--max-semi-space-size=8'];

/**
 * Reads one sheet of a spreadsheet as a table for a chart, in a process of its own under limits of memory and time.
 * Throws the signal's reason when aborted.
 */
export async function readSpreadsheet(request: SpreadsheetRequest): Promise<SpreadsheetOutcome> {
  const { path, sheet, scratch, signal } = request;
  const { size } = await stat(path);
  if (size > SPREADSHEET_LIMITS.fileBytes) {
    const limit = SPREADSHEET_LIMITS.fileBytes / MIB;
    return refused(`The file has ${(size / MIB).toFixed(1)} MB; at most ${limit} MB are read.`);
  }
  const requestPath = join(scratch, 'spreadsheet.json');
  await writeFile(requestPath, JSON.stringify({ path, sheet }));
  const child = nodeChild('./spreadsheet-child', import.meta.url);
  const received = new TableReceiver();
  const outcome = await runProgram({
    program: child.program,
    args: [...FLAGS, ...child.args, requestPath],
    scratch,
    reads: [path],
    // Node.js sets far more addresses aside than it uses; what it writes to is what counts.
    limits: { memory: 'unlimited', data: SPREADSHEET_LIMITS.memory, fileSize: SMALL_FILES },
    timeLimit: SPREADSHEET_LIMITS.seconds,
    signal,
    onLine: (line) => received.takeText(line),
  });
  signal.throwIfAborted();
  if (received.refusal !== undefined) return received.refusal;
  if (received.table !== undefined) return { kind: 'read', table: received.table };
  return unfinished(outcome);
}

function refused(message: string): SpreadsheetOutcome {
  return { kind: 'refused', code: 'SpreadsheetTooLarge', message };
}

/** A child that ended without a word has met one of its limits, or a fault of ours. */
function unfinished(outcome: ProgramOutcome): SpreadsheetOutcome {
  if (outcome.kind === 'timed-out')
    return refused(`The workbook takes more than ${outcome.seconds} seconds to read.`);
  const detail = 'stderr' in outcome ? outcome.stderr : outcome.kind;
  const isMemory = outcome.kind === 'crashed' || /out of memory|Allocation failed|bad_alloc/i.test(detail);
  if (isMemory)
    return refused(`The workbook takes more than ${SPREADSHEET_LIMITS.memory / MIB} MB of memory to read.`);
  return { kind: 'failed', message: 'The spreadsheet reader ended unexpectedly.', detail };
}
