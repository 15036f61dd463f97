import { MIB } from '../program-limits.ts';
import type { ProgramOutcome } from '../run-program.ts';
import type { ChartTable } from './chart-table.ts';
import { SPREADSHEET_LIMITS } from './spreadsheet-limits.ts';
import type { SpreadsheetRefusalCode } from './spreadsheet-refusal.ts';

export type SpreadsheetOutcome =
  | { readonly kind: 'read'; readonly table: ChartTable }
  /** The file's fault; the message is for the caller. */
  | { readonly kind: 'refused'; readonly code: SpreadsheetRefusalCode; readonly message: string }
  /** Ours. `detail` is for the log: what the reader said last. */
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

export function tooLargeOutcome(message: string): SpreadsheetOutcome {
  return { kind: 'refused', code: 'SpreadsheetTooLarge', message };
}

/** A child that ended without a word has met one of its limits, or a fault of ours. */
export function unfinished(outcome: ProgramOutcome): SpreadsheetOutcome {
  if (outcome.kind === 'timed-out' || (outcome.kind === 'crashed' && outcome.signal === 'SIGXCPU'))
    return tooLargeOutcome(`The workbook takes more than ${SPREADSHEET_LIMITS.seconds} seconds to read.`);
  const detail = 'stderr' in outcome ? outcome.stderr : outcome.kind;
  const isKilled = outcome.kind === 'crashed' && outcome.signal.startsWith('SIG');
  const isMemory = isKilled || /out of memory|Allocation failed|bad_alloc/i.test(detail);
  if (isMemory)
    return tooLargeOutcome(`The workbook takes more than ${SPREADSHEET_LIMITS.memory / MIB} MB of memory to read.`);
  return { kind: 'failed', message: 'The spreadsheet reader ended unexpectedly.', detail };
}
