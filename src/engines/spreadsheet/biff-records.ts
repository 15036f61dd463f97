import { unreadable } from './spreadsheet-refusal.ts';

/** The records of an .xls that a table needs, by the names that their documentation has. */
export const BIFF = {
  formula: 0x0006,
  eof: 0x000a,
  date1904: 0x0022,
  filePass: 0x002f,
  continue: 0x003c,
  codePage: 0x0042,
  colInfo: 0x007d,
  boundSheet: 0x0085,
  mulRk: 0x00bd,
  rString: 0x00d6,
  xf: 0x00e0,
  mergeCells: 0x00e5,
  sst: 0x00fc,
  labelSst: 0x00fd,
  number: 0x0203,
  label: 0x0204,
  boolErr: 0x0205,
  string: 0x0207,
  row: 0x0208,
  rk: 0x027e,
  format: 0x041e,
  bof: 0x0809,
} as const;

export type BiffRecord = {
  readonly type: number;
  /** The record's data and that of the records that continue it. */
  readonly parts: readonly Buffer[];
  /** The first of them. */
  readonly data: Buffer;
};

/**
 * The records of one part of a workbook: from the BOF at `start` to the EOF that closes it, without the parts inside
 * of it, such as charts. A stream that ends before is cut off.
 */
export function* biffRecords(stream: Buffer, start: number): Generator<BiffRecord> {
  let at = start;
  let depth = 0;
  while (at + 4 <= stream.length) {
    const type = stream.readUInt16LE(at);
    const data = dataAt(stream, at);
    at += 4 + data.length;
    const parts = [data];
    while (at + 4 <= stream.length && stream.readUInt16LE(at) === BIFF.continue) {
      const more = dataAt(stream, at);
      parts.push(more);
      at += 4 + more.length;
    }
    if (type === BIFF.bof) depth += 1;
    else if (type === BIFF.eof) depth -= 1;
    else if (depth === 1) yield { type, parts, data };
    if (depth <= 0) return;
  }
  throw unreadable('the file is cut off');
}

function dataAt(stream: Buffer, at: number): Buffer {
  const end = at + 4 + stream.readUInt16LE(at + 2);
  if (end > stream.length) throw unreadable('the file is cut off');
  return stream.subarray(at + 4, end);
}
