import { hashLine, NO_LINE, readLine } from './audit-line.ts';
import { auditLines } from './read-audit.ts';

export type AuditVerdict =
  | {
      readonly kind: 'intact';
      readonly lines: number;
      /** Of the first line that is kept; above 1 where older files were removed. */
      readonly firstSeq: number;
      readonly lastSeq: number;
      /** Of the last line. Kept elsewhere, it shows later whether the log was cut or written anew. */
      readonly lastHash: string;
    }
  | { readonly kind: 'broken'; readonly place: string; readonly reason: string };

/** Follows the chain from the first line that is kept to the last. */
export async function verifyAudit(folder: string): Promise<AuditVerdict> {
  let lines = 0;
  let firstSeq = 0;
  let lastSeq = 0;
  let lastHash = NO_LINE;
  for await (const { text, place } of auditLines(folder)) {
    const line = readLine(text);
    if (line === undefined) return { kind: 'broken', place, reason: 'this is no line of an audit log' };
    if (lines === 0 && line.seq > 1) lastHash = line.prev;
    else if (line.seq !== lastSeq + 1) {
      return { kind: 'broken', place, reason: `line ${line.seq} follows line ${lastSeq}` };
    }
    if (line.prev !== lastHash) {
      return { kind: 'broken', place, reason: 'the line before this one is not the one that was written' };
    }
    lines += 1;
    if (lines === 1) firstSeq = line.seq;
    lastSeq = line.seq;
    lastHash = hashLine(text);
  }
  return { kind: 'intact', lines, firstSeq, lastSeq, lastHash };
}
