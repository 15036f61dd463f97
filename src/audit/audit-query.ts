import { readLine, type AuditLine } from './audit-line.ts';
import { auditLines } from './read-audit.ts';

/** Every part that is given must fit. */
export type AuditQuery = {
  /** Milliseconds since the epoch; the first that fits. */
  readonly since?: number | undefined;
  /** Milliseconds since the epoch; the first that does not fit any more. */
  readonly until?: number | undefined;
  /** `ice:SubmitASRJob`, or the beginning of some with `*` after it; the product may be left out. */
  readonly action?: string | undefined;
  /** `root`, `user/NAME`, an access key id or an account. */
  readonly caller?: string | undefined;
  /** `ok`, `refused` for everything else, or one code. */
  readonly outcome?: string | undefined;
  readonly requestId?: string | undefined;
};

/** The lines that fit, oldest first. A line that cannot be read is left out: verifying names it. */
export async function* findAuditLines(folder: string, query: AuditQuery): AsyncGenerator<AuditLine> {
  for await (const { text } of auditLines(folder)) {
    const line = readLine(text);
    if (line !== undefined && fits(line, query)) yield line;
  }
}

function fits(line: AuditLine, { since, until, action, caller, outcome, requestId }: AuditQuery): boolean {
  const time = Date.parse(line.time);
  return (
    time >= (since ?? -Infinity) &&
    time < (until ?? Infinity) &&
    (action === undefined || isAction(line.action, action)) &&
    (caller === undefined || [line.caller, line.accessKeyId, line.account].includes(caller)) &&
    (outcome === undefined || isOutcome(line.outcome, outcome)) &&
    (requestId === undefined || line.requestId === requestId.toUpperCase())
  );
}

function isAction(action: string, wanted: string): boolean {
  const name = wanted.includes(':') ? action : action.slice(action.indexOf(':') + 1);
  return wanted.endsWith('*') ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
}

function isOutcome(outcome: string, wanted: string): boolean {
  return wanted === 'refused' ? outcome !== 'ok' : outcome === wanted;
}
