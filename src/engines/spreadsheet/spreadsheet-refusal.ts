/**
 * Why a spreadsheet is not read: every code, with what it means. Each comes with a sentence that names the sheet, the
 * row and the column where there is one. Codes are stable: callers branch on them.
 */
export const SPREADSHEET_REFUSALS = {
  SpreadsheetTooLarge: 'The file, what it unpacks to, its cells, or the memory or time to read them pass a limit.',
  SpreadsheetEncrypted: 'The workbook is protected by a password.',
  SpreadsheetFormatUnsupported: 'The file is something else than an .xls, .xlsx or .csv, whatever its name says.',
  SpreadsheetUnreadable: 'The file is cut off, damaged, or built to harm its reader.',
  SpreadsheetSheetNotFound: 'The workbook has no sheet of the name that was asked for.',
  SpreadsheetEmpty: 'The sheet has no visible cell with something in it.',
  SpreadsheetNoNumbers: 'The sheet has cells, but no column of numbers to draw.',
  SpreadsheetCellInvalid: 'A cell that is to be drawn has no number, or a formula without a result.',
} as const;

export type SpreadsheetRefusalCode = keyof typeof SPREADSHEET_REFUSALS;

/** Thrown where the fault is found, in the child process; becomes an outcome where the child ends. */
export class RefusedSpreadsheet extends Error {
  override readonly name = 'RefusedSpreadsheet';
  readonly code: SpreadsheetRefusalCode;

  /** @param message for the caller: what is wrong where, and what to do */
  constructor(code: SpreadsheetRefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}

export function tooLarge(message: string): RefusedSpreadsheet {
  return new RefusedSpreadsheet('SpreadsheetTooLarge', message);
}

export function unsupported(what: string): RefusedSpreadsheet {
  const message = `The file is ${what}. Save it as .xlsx, .xls or .csv.`;
  return new RefusedSpreadsheet('SpreadsheetFormatUnsupported', message);
}

/** @param why completes "The workbook cannot be read:" */
export function unreadable(why: string): RefusedSpreadsheet {
  const message = `The workbook cannot be read: ${why}. Open it in a spreadsheet program and save it anew.`;
  return new RefusedSpreadsheet('SpreadsheetUnreadable', message);
}

export function encrypted(): RefusedSpreadsheet {
  const message = 'The workbook is protected by a password. Save a copy without one.';
  return new RefusedSpreadsheet('SpreadsheetEncrypted', message);
}

/** What allocations of too much memory throw, where they do not end the process. */
const OUT_OF_MEMORY = /allocat|invalid (?:typed )?array length|invalid string length|longer than/i;

/** The refusal that an error of the reading code comes to; undefined where it is a fault of ours. */
export function refusalOf(error: unknown): RefusedSpreadsheet | undefined {
  if (error instanceof RefusedSpreadsheet) return error;
  const isMemory = error instanceof Error && OUT_OF_MEMORY.test(error.message);
  return isMemory ? tooLarge('The workbook takes too much memory to read.') : undefined;
}
