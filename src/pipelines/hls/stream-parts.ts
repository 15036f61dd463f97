import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { appendPart, type PartToAppend } from '../../engines/hls/append-part.ts';
import type { Part, PartKey, Segment } from '../../engines/hls/playlist.ts';
import type { HlsFailure, HlsFetch } from './hls-fetch.ts';
import type { Stream } from './open-playlist.ts';

/** Connections at a time to where the segments are. Most of the time for a segment goes by until it begins to come. */
const ABREAST = 4;
/** Of a key; it has 16. */
const LARGEST_KEY = 1024;
export const WHAT_TO_DO = 'Correct the playlist, or submit the recording as one file.';

/** For messages. */
export function nameOf({ number }: Segment, { what }: Pick<Stream, 'what'>): string {
  return `Segment ${number}${what}`;
}

export function asInSentence(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

type Appended = { readonly kind: 'appended'; readonly start: Buffer };
type Held = { readonly kind: 'held'; readonly path: string };

/** The files that a stream names. What the next part names again, as with byte ranges, is fetched once. */
export class StreamParts {
  readonly #fetch: HlsFetch;
  readonly #stream: Stream;
  readonly #folder: string;
  /** What was fetched and is yet to be used, or could not be fetched, by its address as written. */
  readonly #held = new Map<string, Held | HlsFailure>();
  #fetched = 0;
  #key: { readonly uri: string; readonly bytes: Buffer } | undefined;

  constructor(fetch: HlsFetch, stream: Stream, folder: string) {
    this.#fetch = fetch;
    this.#stream = stream;
    this.#folder = folder;
  }

  /**
   * Fetches the segment and those behind it at once, unless that was done. What fails is told when its turn comes;
   * what is larger than its share of what may still be fetched is fetched alone then.
   */
  async fetchAhead(index: number): Promise<void> {
    const next = this.#stream.segments.slice(index, index + ABREAST);
    if (next.some(({ uri, range }) => range !== undefined || this.#held.has(uri))) return;
    const segments = [...new Map(next.map((segment) => [segment.uri, segment])).values()];
    const share = this.#fetch.shareOf(segments.length);
    // All of them, so that nothing is written any more when the folder goes.
    const settled = await Promise.allSettled(
      segments.map(async (segment) => await this.#take(nameOf(segment, this.#stream), segment.uri, share)),
    );
    for (const [at, result] of settled.entries()) {
      if (result.status === 'rejected') throw result.reason;
      if (result.value.kind !== 'too-large') this.#held.set(segments[at]?.uri ?? '', result.value);
    }
  }

  /** @param maxBytes default: what may still be fetched */
  async #take(what: string, uri: string, maxBytes?: number): Promise<Held | HlsFailure> {
    const path = join(this.#folder, `part-${(this.#fetched += 1)}`);
    const outcome = await this.#fetch.part(what, this.#stream.at, uri, path, maxBytes);
    return outcome.kind === 'fetched' ? { kind: 'held', path } : outcome;
  }

  async append(what: string, { uri, range, key }: Part | Segment, toPath: string): Promise<Appended | HlsFailure> {
    const held = this.#held.get(uri) ?? (await this.#take(what, uri));
    if (held.kind !== 'held') return held;
    this.#held.set(uri, held);
    const cipher = key === undefined ? undefined : await this.#cipherOf(what, key);
    if (cipher !== undefined && 'kind' in cipher) return cipher;
    return await this.#appendFetched(what, { path: held.path, range, cipher }, toPath);
  }

  async #appendFetched(what: string, part: PartToAppend, toPath: string): Promise<Appended | HlsFailure> {
    const outcome = await appendPart(part, toPath, this.#fetch.signal);
    switch (outcome.kind) {
      case 'appended':
        return this.#fetch.hasRoomFor(outcome.bytes) ? outcome : this.#fetch.tooMuch();
      case 'outside': {
        const { start = 0, length = 0 } = part.range ?? {};
        const asked = `has the bytes ${start} to ${start + length - 1} of a file of ${outcome.size} bytes`;
        return { kind: 'playlist-invalid', message: `${what} ${asked}. ${WHAT_TO_DO}` };
      }
      case 'undecryptable': {
        const message = `${what} cannot be decrypted: it is cut off, or its key is another one. ${WHAT_TO_DO}`;
        return { kind: 'playlist-invalid', message };
      }
    }
  }

  async #cipherOf(what: string, { uri, iv }: PartKey): Promise<PartToAppend['cipher'] | HlsFailure> {
    if (this.#key?.uri !== uri) {
      const path = join(this.#folder, 'key');
      const name = `The key of ${asInSentence(what)}`;
      const fetched = await this.#fetch.part(name, this.#stream.at, uri, path, LARGEST_KEY);
      if (fetched.kind !== 'fetched') return fetched;
      const bytes = await readFile(path);
      await rm(path);
      if (bytes.length !== 16) {
        const message = `${name} has ${bytes.length} bytes, not the 16 of AES-128. ${WHAT_TO_DO}`;
        return { kind: 'playlist-invalid', message };
      }
      this.#key = { uri, bytes };
    }
    return { key: this.#key.bytes, iv };
  }

  /** What is not named by the next part is not needed any more. */
  async release(uri: string): Promise<void> {
    const held = this.#held.get(uri);
    this.#held.delete(uri);
    if (held?.kind === 'held') await rm(held.path);
  }
}
