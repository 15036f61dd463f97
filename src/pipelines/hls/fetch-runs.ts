import { join } from 'node:path';
import type { Run } from '../../engines/hls/join-runs.ts';
import { packedStart, partForm, type PartForm } from '../../engines/hls/part-form.ts';
import type { HlsFailure, HlsFetch } from './hls-fetch.ts';
import type { Stream } from './open-playlist.ts';
import { asInSentence, nameOf, StreamParts, WHAT_TO_DO } from './stream-parts.ts';

/**
 * Fetches the segments of a stream and puts those between two breaks behind each other.
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
  for (const [index, segment] of stream.segments.entries()) {
    const isFirst = runs.length === 0 || segment.startsAnew;
    const path = join(folder, `${name}-${runs.length - (isFirst ? 0 : 1)}`);
    const what = nameOf(segment, stream);
    await parts.fetchAhead(index);
    if (isFirst && segment.map !== undefined) {
      const map = await parts.append(`The EXT-X-MAP of ${asInSentence(what)}`, segment.map, path);
      if (map.kind !== 'appended') return map;
      if (segment.map.uri !== segment.uri) await parts.release(segment.map.uri);
    }
    const appended = await parts.append(what, segment, path);
    if (appended.kind !== 'appended') return appended;
    const found = partForm(appended.start);
    if (found === undefined || (found !== form && !isFirst)) return wrongForm(what, found);
    form = found;
    if (isFirst) runs.push({ path, startsAt: packedStart(appended.start), firstSegment: segment.number });
    if (stream.segments[index + 1]?.uri !== segment.uri) await parts.release(segment.uri);
    onSegment();
  }
  return { kind: 'runs', runs };
}

function wrongForm(what: string, form: PartForm | undefined): HlsFailure {
  const why =
    form === undefined
      ? 'is neither MPEG-TS, nor fragmented MP4, nor AAC, MP3 or AC-3 sound, or its key is another one'
      : 'is of another format than the segments before it';
  return { kind: 'playlist-invalid', message: `${what} ${why}. ${WHAT_TO_DO}` };
}
