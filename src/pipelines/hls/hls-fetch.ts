import { setTimeout as pause } from 'node:timers/promises';
import type { MediaTools } from '../../engines/media/media-tools.ts';
import type { AccountId } from '../../jobs/account.ts';
import type { MediaLimits, MediaOutcome, MediaSource } from '../../objects/media-source.ts';
import type { FoundAt } from '../../objects/part-address.ts';
import type { FetchInputOutcome } from '../fetch-input.ts';

/* What the parts of a playlist are fetched with. */

export type RecordingParts = {
  readonly source: MediaSource;
  readonly media: MediaTools;
  /** Of all that is fetched for one input. */
  readonly maxBytes: number;
  /** Seconds for one of them. Default: PART_TIME. */
  readonly partTime?: number;
  /** Milliseconds before each further attempt at a part that did not come. Default: PAUSES. */
  readonly pauses?: readonly number[];
};

export type HlsFailure = Exclude<FetchInputOutcome, { kind: 'fetched' }>;

/** Seconds for one part; a whole recording may be one, cut by byte ranges. */
const PART_TIME = 1800;
/** Of hundreds of parts from the internet one does not come at once, and is no reason to begin anew with all. */
const PAUSES = [500, 2000];
/** Seconds for all parts: so many come one after the other that the time for one does not bound them. */
const WHOLE_TIME = 4 * 3600;

/** One input that is being fetched: whose it is, and what may still be taken for it. */
export class HlsFetch {
  readonly signal: AbortSignal;
  readonly #parts: RecordingParts;
  readonly #account: AccountId;
  readonly #until = performance.now() + WHOLE_TIME * 1000;
  #bytesLeft: number;
  #roomLeft: number;

  constructor(account: AccountId, parts: RecordingParts, signal: AbortSignal) {
    this.#account = account;
    this.#parts = parts;
    this.#bytesLeft = parts.maxBytes;
    this.#roomLeft = parts.maxBytes;
    this.signal = signal;
  }

  /**
   * Brings what is named at a place into a file.
   * @param what names it in messages: `Segment 3`
   * @param maxBytes if it is known to be small
   */
  async part(
    what: string,
    at: FoundAt,
    reference: string,
    path: string,
    maxBytes = Infinity,
  ): Promise<{ readonly kind: 'fetched'; readonly at: FoundAt; readonly bytes: number } | HlsFailure> {
    const address = this.#parts.source.partOf(at, reference);
    if (address.kind === 'refused') return { kind: 'refused', message: `${what}: ${address.reason}` };
    const limit = Math.min(maxBytes, this.#bytesLeft);
    const outcome = await this.#inTime((signal) =>
      this.#attempts(address.input, path, { maxBytes: limit, signal }),
    );
    if (outcome === 'timed-out') {
      const message = `${what} could not be fetched in time. Submit the recording as one file, such as an MP4.`;
      return { kind: 'failed', message };
    }
    if (outcome.kind === 'too-large' && limit < maxBytes) return this.tooMuch();
    if (outcome.kind !== 'fetched') return { ...outcome, message: `${what}: ${outcome.message}` };
    this.#bytesLeft -= outcome.bytes;
    return outcome;
  }

  /** Bytes that each of so many may have, whatever the others have. */
  shareOf(parts: number): number {
    return Math.floor(this.#bytesLeft / parts);
  }

  /** Whether the recording may still grow by so much: byte ranges can name the same bytes again and again. */
  hasRoomFor(bytes: number): boolean {
    this.#roomLeft -= bytes;
    return this.#roomLeft >= 0;
  }

  /** One or more parts went past the limit of the input. */
  tooMuch(): HlsFailure {
    const message = `The parts of the playlist have more than ${this.#parts.maxBytes} bytes together.`;
    return { kind: 'too-large', message };
  }

  /** What is missing or refused stays so. */
  async #attempts(input: string, path: string, limits: Required<MediaLimits>): Promise<MediaOutcome> {
    const { source, pauses = PAUSES } = this.#parts;
    for (const milliseconds of pauses) {
      const outcome = await source.fetch(this.#account, input, path, limits);
      if (outcome.kind !== 'failed' || outcome.passing !== true) return outcome;
      await pause(milliseconds, undefined, { signal: limits.signal });
    }
    return await source.fetch(this.#account, input, path, limits);
  }

  async #inTime<T>(fetch: (signal: AbortSignal) => Promise<T>): Promise<T | 'timed-out'> {
    const stop = new AbortController();
    const milliseconds = Math.min((this.#parts.partTime ?? PART_TIME) * 1000, this.#until - performance.now());
    const timer = setTimeout(() => stop.abort(), Math.max(0, milliseconds));
    const forward = (): void => stop.abort();
    this.signal.addEventListener('abort', forward, { once: true });
    try {
      this.signal.throwIfAborted();
      return await fetch(stop.signal);
    } catch (error) {
      this.signal.throwIfAborted();
      if (stop.signal.aborted) return 'timed-out';
      throw error;
    } finally {
      clearTimeout(timer);
      this.signal.removeEventListener('abort', forward);
    }
  }
}
