import { readFile, rm, stat } from 'node:fs/promises';
import { assertNever } from '../../base/assert-never.ts';
import { chooseStreams, type ChosenStreams, type Wanted } from '../../engines/hls/choose-variant.ts';
import { isPlaylist, LARGEST_PLAYLIST, parsePlaylist } from '../../engines/hls/parse-playlist.ts';
import type { MasterPlaylist, MediaPlaylist, PlaylistProblem, Segment } from '../../engines/hls/playlist.ts';
import type { FoundAt } from '../../objects/part-address.ts';
import type { HlsFailure, HlsFetch } from './hls-fetch.ts';

/** Segments, and what their addresses are relative to. */
export type Stream = {
  /** For messages: `of the sound`. */
  readonly what: string;
  readonly at: FoundAt;
  readonly segments: readonly [Segment, ...Segment[]];
};

export type Streams = { readonly kind: 'streams'; readonly main: Stream; readonly sound?: Stream };

/** A playlist that was fetched. */
export type FetchedPlaylist = { readonly path: string; readonly at: FoundAt };

const WHAT_TO_DO = 'Submit the recording as one file, such as an MP4, or correct the playlist.';

/** The segments of what is wanted of a playlist, or of those that a master playlist names. */
export async function openPlaylist(
  fetch: HlsFetch,
  first: FetchedPlaylist,
  wanted: Wanted,
): Promise<Streams | HlsFailure> {
  const playlist = await readPlaylist(first.path, 'The playlist');
  if (playlist.kind === 'media') {
    return { kind: 'streams', main: { what: '', at: first.at, segments: playlist.segments } };
  }
  if (playlist.kind !== 'master') return playlist;
  return await openChosen(fetch, first, chooseStreams(playlist, wanted));
}

async function openChosen(
  fetch: HlsFetch,
  first: FetchedPlaylist,
  chosen: ChosenStreams,
): Promise<Streams | HlsFailure> {
  const main = await openStream(fetch, first, chosen.main, '');
  if ('kind' in main || chosen.sound === undefined) return 'kind' in main ? main : { kind: 'streams', main };
  const sound = await openStream(fetch, first, chosen.sound, ' of the sound');
  return 'kind' in sound ? sound : { kind: 'streams', main, sound };
}

async function openStream(
  fetch: HlsFetch,
  { path: beside, at: from }: FetchedPlaylist,
  uri: string,
  what: string,
): Promise<Stream | HlsFailure> {
  const name = `The playlist${what} that the master playlist names`;
  const path = `${beside}.variant`;
  const fetched = await fetch.part(name, from, uri, path, LARGEST_PLAYLIST);
  if (fetched.kind !== 'fetched') return fetched;
  const playlist = await readPlaylist(path, name);
  await rm(path);
  if (playlist.kind === 'media') return { what, at: fetched.at, segments: playlist.segments };
  if (playlist.kind !== 'master') return playlist;
  return { kind: 'playlist-invalid', message: `${name} is a master playlist as well. ${WHAT_TO_DO}` };
}

async function readPlaylist(path: string, what: string): Promise<MasterPlaylist | MediaPlaylist | HlsFailure> {
  if ((await stat(path)).size > LARGEST_PLAYLIST) {
    return { kind: 'too-large', message: `${what} has more than ${LARGEST_PLAYLIST} bytes.` };
  }
  const content = await readFile(path);
  if (!isPlaylist(content.subarray(0, 16))) {
    return { kind: 'playlist-invalid', message: `${what} is none: its first line is not #EXTM3U. ${WHAT_TO_DO}` };
  }
  const playlist = parsePlaylist(content.toString('utf8'));
  return playlist.kind === 'master' || playlist.kind === 'media' ? playlist : failureOf(playlist, what);
}

function failureOf({ kind, reason }: PlaylistProblem, what: string): HlsFailure {
  const message = `${what} cannot be made a recording of. ${reason}`;
  switch (kind) {
    case 'invalid':
      return { kind: 'playlist-invalid', message: `${message} ${WHAT_TO_DO}` };
    case 'unsupported':
      return { kind: 'playlist-unsupported', message };
    case 'too-large':
      return { kind, message };
    default:
      return assertNever(kind);
  }
}
