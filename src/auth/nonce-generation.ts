import { randomBytes } from 'node:crypto';
import { closeSync, fsync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const FILE_NAME = /^nonces-.+\.log$/;
const RECORD = /^([0-9a-z]{1,11}) ([A-Za-z0-9_-]{43})$/;
const LINE_FEED = 0x0a;

export function isNonceFile(name: string): boolean {
  return FILE_NAME.test(name);
}

/**
 * The nonces of some minutes: a set in memory and the file that it can be read back from, which go away together
 * when the last of them has expired.
 *
 * A record is a line feed, the expiry in base 36 and the nonce's digest. The line feed stands in front, so that a
 * record that was cut short by a crash or a full disk does not spoil the one behind it.
 *
 * Records that could not be written wait in memory, and go before the next one: a full disk stops no reads.
 */
export class NonceGeneration {
  readonly #digests = new Set<string>();
  readonly #file: string;
  /** ASCII, so that its characters are bytes. */
  #unwritten = '';
  #descriptor: number | undefined;
  #expiry = 0;

  private constructor(file: string) {
    this.#file = file;
  }

  /**
   * Its file is made with the first nonce.
   * @param now milliseconds since the epoch
   */
  static create(folder: string, now: number): NonceGeneration {
    return new NonceGeneration(join(folder, `nonces-${now}-${randomBytes(4).toString('hex')}.log`));
  }

  /** Reads a file of an earlier life. Lines that are no whole record are passed over. */
  static load(file: string): NonceGeneration {
    const generation = new NonceGeneration(file);
    const bytes = readFileSync(file);
    for (let start = 0; start < bytes.length;) {
      const found = bytes.indexOf(LINE_FEED, start);
      const end = found < 0 ? bytes.length : found;
      generation.#loadRecord(bytes.toString('latin1', start, end));
      start = end + 1;
    }
    return generation;
  }

  #loadRecord(line: string): void {
    const [, expiry, digest] = RECORD.exec(line) ?? [];
    if (expiry === undefined || digest === undefined) return;
    this.#digests.add(digest);
    this.#expiry = Math.max(this.#expiry, Number.parseInt(expiry, 36));
  }

  /** Milliseconds since the epoch at which all of it has expired. */
  get expiry(): number {
    return this.#expiry;
  }

  get size(): number {
    return this.#digests.size;
  }

  has(digest: string): boolean {
    return this.#digests.has(digest);
  }

  /** From here on it is known; its record goes with the next write. */
  add(digest: string, until: number): void {
    this.#digests.add(digest);
    this.#expiry = Math.max(this.#expiry, until);
    this.#unwritten += `\n${until.toString(36)} ${digest}`;
  }

  /** @returns why some records are not with the operating system yet; undefined where all are */
  write(): Error | undefined {
    if (this.#unwritten === '') return undefined;
    try {
      this.#descriptor ??= openSync(this.#file, 'a', 0o600);
      // What is left after a part was written goes on where that part ended.
      this.#unwritten = this.#unwritten.slice(writeSync(this.#descriptor, this.#unwritten));
      return this.#unwritten === '' ? undefined : new Error(`${this.#file} could not be written in full.`);
    } catch (error) {
      return error as Error;
    }
  }

  /** Ends the writing; the nonces stay known. What cannot be written now never will be. */
  close(): void {
    this.write();
    this.#unwritten = '';
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  async sync(): Promise<void> {
    if (this.#descriptor !== undefined) await promisify(fsync)(this.#descriptor);
  }

  /** Forgets the nonces and removes the file. */
  discard(): void {
    this.#unwritten = '';
    this.close();
    this.#digests.clear();
    rmSync(this.#file, { force: true });
  }
}
