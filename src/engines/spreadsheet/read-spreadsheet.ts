import { stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { nodeChild } from '../node-child.ts';
import { MIB, SMALL_FILES } from '../program-limits.ts';
import { runProgram } from '../run-program.ts';
import { SPREADSHEET_LIMITS } from './spreadsheet-limits.ts';
import { tooLargeOutcome, unfinished, type SpreadsheetOutcome } from './spreadsheet-outcome.ts';
import { TableReceiver } from './table-lines.ts';

export type SpreadsheetRequest = {
  /** An .xls, .xlsx or .csv; what it is is told by its content. */
  readonly path: string;
  /** The sheet's name, upper or lower case; absent = the first one that is not hidden. */
  readonly sheet?: string;
  readonly scratch: string;
  readonly signal: AbortSignal;
};

/**
 * Megabytes of objects; the rest of the limit is for buffers, code and stacks.
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
    return tooLargeOutcome(`The file has ${(size / MIB).toFixed(1)} MB; at most ${limit} MB are read.`);
  }
  const requestPath = join(scratch, 'spreadsheet.json');
  await writeFile(requestPath, JSON.stringify({ path: resolve(path), sheet }));
  const child = nodeChild('./spreadsheet-child', import.meta.url);
  const received = new TableReceiver();
  const outcome = await runProgram({
    program: child.program,
    args: [...FLAGS, ...child.args, requestPath],
    scratch,
    reads: [path],
    // Node.js sets far more addresses aside than it uses; what it writes to is what counts.
    limits: {
      ...{ memory: 'unlimited', data: SPREADSHEET_LIMITS.memory },
      ...{ fileSize: SMALL_FILES, cpu: SPREADSHEET_LIMITS.seconds },
    },
    timeLimit: SPREADSHEET_LIMITS.patience,
    signal,
    onLine: (line) => received.takeText(line),
  });
  signal.throwIfAborted();
  if (received.refusal !== undefined) return received.refusal;
  if (received.table !== undefined) return { kind: 'read', table: received.table };
  return unfinished(outcome);
}
