import { closeSync, fsync, fsyncSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Service } from '../base/service.ts';
import { TokenBucket } from '../base/token-bucket.ts';
import { openEnd, type OpenAuditFile } from './audit-end.ts';
import type { AuditEntry, AuditTrail } from './audit-entry.ts';
import { auditFiles, dayOf, newAuditFile, removeOldFiles } from './audit-files.ts';
import { hashLine, NO_LINE, writeLine } from './audit-line.ts';

export type AuditLogOptions = {
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Whole days that a file is kept after the day it was begun. */
  readonly keepDays: number;
  /** A file that is larger is followed by a new one, also within a day. Default: 64 MiB. */
  readonly maxFileBytes?: number;
};

const FILE_BYTES = 64 * 1024 ** 2;
const SYNC_MS = 1000;

/**
 * Calls of nobody in particular that are written: whoever can reach the port can send them, and must not be able to
 * fill the disk. The next line says how many there were above it.
 */
const UNPROVEN = { count: 600, periodMs: 60_000 };

/**
 * The log of who did what: JSON lines in a folder that one process alone writes, a file for each day. Each line
 * carries the hash of the one before, so a line that was changed, removed or put between shows.
 *
 * A line is with the operating system before its call is answered (measured: 20 µs), so a killed process loses none.
 * It is synced to the disk within a second: a power cut can lose the lines of the last one.
 */
export class AuditLog implements AuditTrail, Service {
  readonly #options: AuditLogOptions;
  readonly #unproven: TokenBucket;
  #current: OpenAuditFile | undefined;
  #seq: number;
  #prev: string;
  #unrecorded = 0;
  #syncTimer: NodeJS.Timeout | undefined;

  /** Goes on where the last process ended; half a line that it may have left is cut off. */
  constructor(options: AuditLogOptions) {
    const { folder, clock, keepDays } = options;
    this.#options = options;
    this.#unproven = new TokenBucket(UNPROVEN, clock.now());
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    removeOldFiles(folder, keepDays, clock.now());
    const end = openEnd(auditFiles(folder));
    this.#current = end?.open;
    this.#seq = end?.seq ?? 0;
    this.#prev = end?.hash ?? NO_LINE;
  }

  record(entry: AuditEntry): void {
    const now = this.#options.clock.now();
    if (entry.caller === '' && this.#unproven.take(now) > 0) {
      this.#unrecorded += 1;
      return;
    }
    try {
      this.#append(entry, now);
    } catch (error) {
      this.#unrecorded += 1;
      this.#options.log.error({ err: error, requestId: entry.requestId }, 'the audit log cannot be written');
    }
  }

  async stop(): Promise<void> {
    clearTimeout(this.#syncTimer);
    const current = this.#current;
    this.#current = undefined;
    if (current === undefined) return;
    fsyncSync(current.descriptor);
    closeSync(current.descriptor);
  }

  #append(entry: AuditEntry, now: number): void {
    const current = this.#fileFor(now);
    const unrecorded = this.#unrecorded === 0 ? undefined : this.#unrecorded;
    const time = new Date(now).toISOString();
    // A socket that listens for both families writes an IPv4 client as `::ffff:192.0.2.1`.
    const source = entry.source.replace(/^::ffff:(?=\d+\.)/i, '');
    const line = writeLine({ ...entry, source, seq: this.#seq + 1, time, unrecorded, prev: this.#prev });
    const bytes = Buffer.from(`${line}\n`);
    writeWhole(current, bytes);
    this.#seq += 1;
    this.#prev = hashLine(line);
    this.#unrecorded = 0;
    this.#syncSoon(current.descriptor);
  }

  /** The file that takes a line now; a new day or a full file begins another. */
  #fileFor(now: number): OpenAuditFile {
    const { folder, keepDays, maxFileBytes = FILE_BYTES } = this.#options;
    const current = this.#current;
    if (current?.file.day === dayOf(now) && current.bytes < maxFileBytes) return current;
    const file = newAuditFile(folder, this.#seq + 1, now);
    const next = { file, descriptor: openSync(file.path, 'a', 0o600), bytes: 0 };
    this.#current = next;
    if (current !== undefined) {
      clearTimeout(this.#syncTimer);
      this.#syncTimer = undefined;
      fsyncSync(current.descriptor);
      closeSync(current.descriptor);
    }
    removeOldFiles(folder, keepDays, now);
    return next;
  }

  #syncSoon(descriptor: number): void {
    this.#syncTimer ??= setTimeout(() => {
      this.#syncTimer = undefined;
      fsync(descriptor, (error) => {
        // Closed meanwhile, and synced before.
        if (error !== null && this.#current?.descriptor === descriptor)
          this.#options.log.error({ err: error }, 'the audit log cannot be synced');
      });
    }, SYNC_MS).unref();
  }
}

/** All of it or nothing: a disk that fills up in the middle of a line leaves no half one. */
function writeWhole(current: OpenAuditFile, bytes: Buffer): void {
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(current.descriptor, bytes, written);
    current.bytes += bytes.length;
  } catch (error) {
    ftruncateSync(current.descriptor, current.bytes);
    throw error;
  }
}
