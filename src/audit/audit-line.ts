import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AuditEntry } from './audit-entry.ts';

/** A line of the log: an entry, its time, and its place in the chain. */
export type AuditLine = AuditEntry & {
  /** Rises by one from line to line, from 1. */
  readonly seq: number;
  /** ISO 8601, UTC, milliseconds. */
  readonly time: string;
  /** How many calls went unrecorded since the line before; absent for none. */
  readonly unrecorded?: number | undefined;
  /** The hash of the line before, 64 hex digits. */
  readonly prev: string;
};

/** The `prev` of the first line. */
export const NO_LINE = '0'.repeat(64);

/** Characters. Names and ids of this service are shorter; what is longer was sent to make the log large. */
const LONGEST_TEXT = 200;

const schema: z.ZodType<AuditLine> = z.strictObject({
  seq: z.int().positive(),
  time: z.string(),
  requestId: z.string(),
  source: z.string(),
  account: z.string(),
  caller: z.string(),
  accessKeyId: z.string(),
  action: z.string(),
  outcome: z.string(),
  ids: z.record(z.string(), z.string()),
  unrecorded: z.int().positive().optional(),
  prev: z.string(),
});

/** The line as it is written, without its line feed: JSON of printable ASCII alone, so that it can be shown anywhere. */
export function writeLine({ seq, time, prev, unrecorded, ids, ...entry }: AuditLine): string {
  const json = JSON.stringify({ seq, time, ...shortened(entry), ids: shortened(ids), unrecorded, prev });
  return json.replaceAll(/[^\u0020-\u007e]/g, escaped);
}

/** Undefined where the text is no line of the log. */
export function readLine(text: string): AuditLine | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Covers the hash of the line before too, and so every line there was. */
export function hashLine(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function shortened(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}...` : text,
    ]),
  );
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
