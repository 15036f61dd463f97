import { closeSync, fstatSync, ftruncateSync, openSync, readSync, rmSync } from 'node:fs';
import type { AuditFile } from './audit-files.ts';
import { hashLine, readLine } from './audit-line.ts';

/** The file that takes lines. */
export type OpenAuditFile = { readonly file: AuditFile; readonly descriptor: number; bytes: number };

/** The end of the log: where the next line goes, and what it follows. */
export type AuditEnd = {
  readonly open: OpenAuditFile;
  /** Of the last line. */
  readonly seq: number;
  readonly hash: string;
};

/** Bytes; no line is as long. */
const TAIL = 65_536;

/**
 * Opens the newest file to append to it. What follows its last line feed was never answered, and is cut off; a file
 * without a line goes. Undefined where no line was ever written.
 */
export function openEnd(files: readonly AuditFile[]): AuditEnd | undefined {
  for (const file of files.toReversed()) {
    const descriptor = openSync(file.path, 'a+');
    const { size } = fstatSync(descriptor);
    const tail = Buffer.alloc(Math.min(TAIL, size));
    readSync(descriptor, tail, 0, tail.length, size - tail.length);
    const whole = tail.subarray(0, tail.lastIndexOf(0x0a) + 1);
    const bytes = size - (tail.length - whole.length);
    if (bytes < size) ftruncateSync(descriptor, bytes);
    if (bytes > 0) return { ...lastLine(file, whole), open: { file, descriptor, bytes } };
    closeSync(descriptor);
    rmSync(file.path);
  }
  return undefined;
}

/** Where the last line was damaged the log goes on all the same: verifying shows the break. */
function lastLine({ firstSeq }: AuditFile, tail: Buffer): { seq: number; hash: string } {
  const text = tail.toString('latin1').trimEnd();
  const line = text.slice(text.lastIndexOf('\n') + 1);
  return { seq: readLine(line)?.seq ?? firstSeq, hash: hashLine(line) };
}
