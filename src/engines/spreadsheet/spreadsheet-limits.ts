const MB = 1024 * 1024;

/** What one spreadsheet may take at most. */
export const SPREADSHEET_LIMITS = {
  /** Bytes of the file. */
  fileBytes: 20 * MB,
  /** Files in an .xlsx, which is a zip archive. */
  entries: 200,
  /** Bytes of those files unpacked, all together. */
  inflatedBytes: 200 * MB,
  /** Bytes unpacked of a part with cells or texts: honest ones of a million cells have 30 to 60 MB. */
  largePartBytes: 100 * MB,
  /** Bytes unpacked of every other part: styles, lists of sheets and of parts. */
  smallPartBytes: 16 * MB,
  /** Cells of the sheet that is read; also of the rectangle that its used rows and columns make. */
  cells: 1_000_000,
  /**
   * Seconds of processor time of the process that reads. By the clock they would refuse an honest file wherever the
   * machine has other work too.
   */
  seconds: 10,
  /** Seconds by the clock, for a machine that cannot limit processor time, or has none to give. */
  patience: 60,
  /** Bytes of memory of that process. */
  memory: 512 * MB,
} as const;

/** The last row and column of an .xlsx, counted from 1. */
export const LAST_ROW = 1_048_576;
export const LAST_COLUMN = 16_384;
