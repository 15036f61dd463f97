import { parseMaster } from './parse-master.ts';
import { parseMedia } from './parse-media.ts';
import { invalid, unsupported, type MasterPlaylist, type MediaPlaylist, type PlaylistProblem } from './playlist.ts';
import { playlistLines } from './playlist-lines.ts';

/** Bytes: 20,000 segments with long signed addresses. */
export const LARGEST_PLAYLIST = 5 * 1024 * 1024;

const FIRST_LINE = /^\uFEFF?#EXTM3U[ \t]*(?:[\r\n]|$)/;

/** Whether a file is a playlist, whatever it is called. @param start its first bytes, 16 or more where it has them */
export function isPlaylist(start: Uint8Array): boolean {
  return FIRST_LINE.test(Buffer.from(start).toString('utf8').slice(0, 12));
}

/** Tags that change what the others mean. */
const UNSERVED: ReadonlyMap<string, string> = new Map([
  ['EXT-X-DEFINE', 'It has variables (EXT-X-DEFINE): submit one with the values in their places.'],
  ['EXT-X-SKIP', 'It leaves out segments that were told before (EXT-X-SKIP): submit the whole playlist.'],
  ['EXT-X-I-FRAMES-ONLY', 'It has single pictures alone (EXT-X-I-FRAMES-ONLY): submit the one to play.'],
]);

/** Reads a playlist. Linear in its length, whatever is in it. */
export function parsePlaylist(text: string): MasterPlaylist | MediaPlaylist | PlaylistProblem {
  const lines = playlistLines(text.replace(/^\uFEFF/, ''));
  if (lines[0]?.tag !== 'EXTM3U') return invalid('Its first line is not #EXTM3U.');
  const unserved = lines.map(({ tag }) => UNSERVED.get(tag)).find((reason) => reason !== undefined);
  if (unserved !== undefined) return unsupported(unserved);
  const has = (tag: string): boolean => lines.some((line) => line.tag === tag);
  if (!has('EXT-X-STREAM-INF')) return parseMedia(lines);
  if (has('EXTINF')) return invalid('It has both variants (EXT-X-STREAM-INF) and segments (EXTINF).');
  return parseMaster(lines);
}
