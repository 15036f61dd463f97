import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { appendPart, type PartToAppend } from '../../engines/hls/append-part.ts';
import type { Run } from '../../engines/hls/join-runs.ts';
import { packedStart, partForm, type PartForm } from '../../engines/hls/part-form.ts';
import type { Part, PartKey, Segment } from '../../engines/hls/playlist.ts';
import type { HlsFailure, HlsFetch } from './hls-fetch.ts';
import type { Stream } from './open-playlist.ts';

/** Of a key; it has 16. */
const LARGEST_KEY = 1024;
const WHAT_TO_DO = 'Correct the playlist, or submit the recording as one file.';

/**
 * Fetches the segments of a stream, one after the other, and puts those between two breaks behind each other.
 * @param folder for the runs, whose names begin with `name`
 */
export async function fetchRuns(
  fetch: HlsFetch,
  stream: Stream,
  { folder, name }: { readonly folder: string; readonly name: string },
  onSegment: () => void,
): Promise<{ readonly kind: 'runs'; readonly runs: readonly Run[] } | HlsFailure> {
  const runs: Run[] = [];
  const parts = new StreamParts(fetch, stream, folder);
  let form: PartForm | undefined;
  for (const segment of stream.segments) {
    const isFirst = runs.length === 0 || segment.startsAnew;
    const path = join(folder, `${name}-${runs.length - (isFirst ? 0 : 1)}`);
    const what = `Segment ${segment.number}${stream.what}`;
    if (isFirst && segment.map !== undefined) {
      const map = await parts.append(`The EXT-X-MAP of ${lower(what)}`, segment.map, path);
      if (map.kind !== 'appended') return map;
    }
    const appended = await parts.append(what, segment, path);
    if (appended.kind !== 'appended') return appended;
    const found = partForm(appended.start);
    if (found === undefined || (found !== form && !isFirst)) return wrongForm(what, found);
    form = found;
    if (isFirst) runs.push({ path, startsAt: packedStart(appended.start), firstSegment: segment.number });
    onSegment();
  }
  await parts.done();
  return { kind: 'runs', runs };
}

function wrongForm(what: string, form: PartForm | undefined): HlsFailure {
  const why =
    form === undefined
      ? 'is neither MPEG-TS, nor fragmented MP4, nor AAC, MP3 or AC-3 sound, or its key is another one'
      : 'is of another format than the segments before it';
  return { kind: 'playlist-invalid', message: `${what} ${why}. ${WHAT_TO_DO}` };
}

function lower(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

type Appended = { readonly kind: 'appended'; readonly start: Buffer };

/** Fetches what a stream names. What is named again by the next part, as with byte ranges, is fetched once. */
class StreamParts {
  readonly #fetch: HlsFetch;
  readonly #stream: Stream;
  readonly #folder: string;
  #last: string | undefined;
  #key: { readonly uri: string; readonly bytes: Buffer } | undefined;

  constructor(fetch: HlsFetch, stream: Stream, folder: string) {
    this.#fetch = fetch;
    this.#stream = stream;
    this.#folder = folder;
  }

  async append(what: string, { uri, range, key }: Part | Segment, toPath: string): Promise<Appended | HlsFailure> {
    const path = join(this.#folder, 'part');
    if (uri !== this.#last) {
      this.#last = undefined;
      const fetched = await this.#fetch.part(what, this.#stream.at, uri, path);
      if (fetched.kind !== 'fetched') return fetched;
      this.#last = uri;
    }
    const cipher = key === undefined ? undefined : await this.#cipherOf(what, key);
    if (cipher !== undefined && 'kind' in cipher) return cipher;
    return await this.#appendFetched(what, { path, range, cipher }, toPath);
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
      const name = `The key of ${lower(what)}`;
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

  async done(): Promise<void> {
    await rm(join(this.#folder, 'part'), { force: true });
  }
}
