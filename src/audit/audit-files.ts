import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the log, named for its first line and the UTC day of it: `000000000001-2026-01-02.jsonl`. */
export type AuditFile = {
  readonly path: string;
  readonly firstSeq: number;
  /** `yyyy-mm-dd`. */
  readonly day: string;
};

const NAME = /^(\d{12})-(\d{4}-\d{2}-\d{2})\.jsonl$/;
const DAY_MS = 86_400_000;

/** The files in the order of their lines; none where there is no folder. */
export function auditFiles(folder: string): AuditFile[] {
  const files = namesIn(folder).flatMap((name) => {
    const [, seq = '', day = ''] = NAME.exec(name) ?? [];
    return seq === '' ? [] : [{ path: join(folder, name), firstSeq: Number(seq), day }];
  });
  return files.toSorted((one, other) => one.firstSeq - other.firstSeq);
}

export function newAuditFile(folder: string, firstSeq: number, now: number): AuditFile {
  const day = dayOf(now);
  return { path: join(folder, `${String(firstSeq).padStart(12, '0')}-${day}.jsonl`), firstSeq, day };
}

export function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** Removes the files that were begun more than so many days ago, except the newest. */
export function removeOldFiles(folder: string, keepDays: number, now: number): void {
  for (const { path, day } of auditFiles(folder).slice(0, -1)) {
    if (Date.parse(day) + (keepDays + 1) * DAY_MS <= now) rmSync(path, { force: true });
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
