import { isDeepStrictEqual } from 'node:util';
import { KeysInEffect } from './keys-in-effect.ts';
import {
  invalid,
  unsupported,
  type MediaPlaylist,
  type Part,
  type PartRange,
  type PlaylistProblem,
  type Segment,
  type WrittenRange,
} from './playlist.ts';
import { attributeList, wholeNumber, type PlaylistLine } from './playlist-lines.ts';

const MOST_SEGMENTS = 20_000;
/** Each is joined to the others by a run of ffmpeg; a film with advertisements has twenty. */
const MOST_BREAKS = 500;
/** Seconds: as of any other input. */
const LONGEST = 7 * 86_400;

export function parseMedia(lines: readonly PlaylistLine[]): MediaPlaylist | PlaylistProblem {
  if (!lines.some(isOfAnEnd)) {
    return lines.some(({ tag }) => tag.startsWith('EXT-X-'))
      ? unsupported(
          'It is live, for it has no EXT-X-ENDLIST: submit the one of the whole recording when it is over.',
        )
      : invalid('It is a list of files, not an HLS playlist: it has no EXT-X tag.');
  }
  const reader = new SegmentReader();
  for (const line of lines) {
    const problem = reader.read(line);
    if (problem !== undefined) return problem;
  }
  const [first, ...others] = reader.segments;
  if (first === undefined) return invalid('It has no segment.');
  return { kind: 'media', segments: [first, ...others] };
}

/** A playlist of type VOD does not change either. */
function isOfAnEnd({ tag, value }: PlaylistLine): boolean {
  return tag === 'EXT-X-ENDLIST' || (tag === 'EXT-X-PLAYLIST-TYPE' && value === 'VOD');
}

/** Takes the lines in their order; tags stand before the address that they are about. */
class SegmentReader {
  readonly segments: Segment[] = [];
  readonly #keys = new KeysInEffect();
  #sequence = 0n;
  #number = 0;
  #seconds = 0;
  #map: Part | undefined;
  #startsAnew = false;
  #breaks = 0;
  /** Of the segment whose address is yet to come. */
  #length: number | undefined;
  #range: WrittenRange | undefined;
  #isGap = false;
  /** Where the segment before ended. */
  #before: { readonly uri: string; readonly end: number } | undefined;

  read({ line, tag, value }: PlaylistLine): PlaylistProblem | undefined {
    const at = `Line ${line}`;
    switch (tag) {
      case '':
        return this.#address(at, value);
      case 'EXTINF':
        this.#length = seconds(value.split(',', 1)[0] ?? '');
        return this.#length === undefined ? invalid(`${at}: EXTINF has no length in seconds.`) : undefined;
      case 'EXT-X-MEDIA-SEQUENCE':
        if (!/^\d{1,20}$/.test(value)) return invalid(`${at}: EXT-X-MEDIA-SEQUENCE is no whole number.`);
        this.#sequence = BigInt(value);
        return undefined;
      case 'EXT-X-BYTERANGE':
        this.#range = writtenRange(value);
        return this.#range === undefined ? invalid(`${at}: EXT-X-BYTERANGE is not <length>@<start>.`) : undefined;
      case 'EXT-X-DISCONTINUITY':
        this.#startsAnew = true;
        return undefined;
      case 'EXT-X-GAP':
        this.#isGap = true;
        return undefined;
      case 'EXT-X-KEY':
        return this.#keys.read(at, value);
      case 'EXT-X-MAP':
        return this.#readMap(at, value);
      default:
        return undefined;
    }
  }

  #readMap(at: string, value: string): PlaylistProblem | undefined {
    const attributes = attributeList(value);
    const uri = attributes?.get('URI');
    if (attributes === undefined || uri === undefined) return invalid(`${at}: EXT-X-MAP has no URI.`);
    const written = attributes.get('BYTERANGE');
    const range = written === undefined ? undefined : writtenRange(written);
    if (written !== undefined && range === undefined) return invalid(`${at}: BYTERANGE is not <length>@<start>.`);
    const key = this.#keys.of(at, undefined);
    if (key !== undefined && 'kind' in key) return key;
    const map: Part = {
      ...{ uri, ...(range !== undefined && { range: { start: range.start ?? 0, length: range.length } }) },
      ...(key !== undefined && { key }),
    };
    // Some packagers repeat it before each segment. Behind another one tracks and their settings may be others.
    if (isDeepStrictEqual(map, this.#map)) return undefined;
    this.#map = map;
    this.#startsAnew = true;
    return undefined;
  }

  #address(at: string, uri: string): PlaylistProblem | undefined {
    this.#number += 1;
    const [length, isGap, sequence] = [this.#length, this.#isGap, this.#sequence];
    if (length === undefined) return invalid(`${at}: no EXTINF stands before the address of a segment.`);
    this.#seconds += length;
    if (this.#number > MOST_SEGMENTS) return tooMany(`${MOST_SEGMENTS} segments`);
    if (this.#seconds > LONGEST) return tooLong();
    const range = this.#placed(at, uri);
    if (range !== undefined && 'kind' in range) return range;
    [this.#length, this.#range, this.#isGap] = [undefined, undefined, false];
    this.#sequence += 1n;
    this.#before = range === undefined ? undefined : { uri, end: range.start + range.length };
    // There is nothing to be fetched; the next segment has its place in time by its own timestamps.
    if (isGap) return undefined;
    const key = this.#keys.of(at, sequence);
    if (key !== undefined && 'kind' in key) return key;
    const startsAnew = this.segments.length > 0 && this.#startsAnew;
    if (startsAnew) this.#breaks += 1;
    if (this.#breaks > MOST_BREAKS) return tooMany(`${MOST_BREAKS} breaks (EXT-X-DISCONTINUITY, EXT-X-MAP)`);
    const map = this.#map;
    this.segments.push({
      ...{ uri, number: this.#number, startsAnew },
      ...(range !== undefined && { range }),
      ...(key !== undefined && { key }),
      ...(map !== undefined && { map }),
    });
    this.#startsAnew = false;
    return undefined;
  }

  #placed(at: string, uri: string): PartRange | PlaylistProblem | undefined {
    if (this.#range === undefined) return undefined;
    const { start = this.#before?.uri === uri ? this.#before.end : undefined, length } = this.#range;
    if (start !== undefined) return { start, length };
    return invalid(`${at}: EXT-X-BYTERANGE has no start, and the segment before is not of the same file.`);
  }
}

function seconds(text: string): number | undefined {
  return /^\d{1,15}(?:\.\d*)?$/.test(text.trim()) ? Number(text) : undefined;
}

function writtenRange(text: string): WrittenRange | undefined {
  const [, lengthText, startText] = /^(\d+)(?:@(\d+))?$/.exec(text) ?? [];
  const length = wholeNumber(lengthText);
  if (length === undefined || length === 0) return undefined;
  if (startText === undefined) return { length };
  const start = wholeNumber(startText);
  return start === undefined ? undefined : { start, length };
}

function tooMany(limit: string): PlaylistProblem {
  return { kind: 'too-large', reason: `It has more than ${limit}: submit the recording as one file, or in parts.` };
}

function tooLong(): PlaylistProblem {
  return { kind: 'too-large', reason: `It says to be longer than ${LONGEST / 86_400} days.` };
}
