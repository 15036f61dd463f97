import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { joinRuns, type Run, type RunPair } from '../../engines/hls/join-runs.ts';
import { isPlaylist } from '../../engines/hls/parse-playlist.ts';
import type { FetchInput, FetchInputOutcome, FetchWishes } from '../fetch-input.ts';
import { fetchRuns } from './fetch-runs.ts';
import { HlsFetch, type HlsFailure, type RecordingParts } from './hls-fetch.ts';
import { openPlaylist, type FetchedPlaylist, type Streams } from './open-playlist.ts';

/** Of the progress; joining is the rest. */
const FETCHING = 0.9;

/**
 * Brings a recording into a file. Where the input is an HLS playlist, whatever it is called, that is the recording
 * that the playlist is of, as an MP4.
 */
export function fetchRecording(parts: RecordingParts): FetchInput {
  return async (account, wireInput, toFile, signal, wishes = {}) => {
    const fetched = await parts.source.fetch(account, wireInput, toFile, { maxBytes: parts.maxBytes, signal });
    if (fetched.kind !== 'fetched' || !(await beginsAsPlaylist(toFile))) return fetched;
    const folder = `${toFile}.hls`;
    await mkdir(folder);
    try {
      const playlist = { path: join(folder, 'playlist'), at: fetched.at };
      await rename(toFile, playlist.path);
      return await makeRecording(new HlsFetch(account, parts, signal), playlist, toFile, {
        ...wishes,
        folder,
        parts,
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}

async function beginsAsPlaylist(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
    return isPlaylist(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

type Making = FetchWishes & { readonly folder: string; readonly parts: RecordingParts };

async function makeRecording(
  fetch: HlsFetch,
  playlist: FetchedPlaylist,
  toFile: string,
  { folder, parts, wanted = 'picture', onProgress = () => undefined }: Making,
): Promise<FetchInputOutcome> {
  const streams = await openPlaylist(fetch, playlist, wanted);
  if (streams.kind !== 'streams') return streams;
  const runs = await fetchAll(fetch, streams, folder, (fraction) => onProgress(FETCHING * fraction));
  if (!Array.isArray(runs)) return runs;
  const outPath = join(folder, 'recording.mp4');
  const joined = await joinRuns(
    {
      ...{ runs, wanted, outPath, scratch: folder, signal: fetch.signal },
      onProgress: (fraction) => onProgress(FETCHING + (1 - FETCHING) * fraction),
    },
    parts.media,
  );
  if (joined.kind === 'unavailable') return joined;
  if (joined.kind === 'unreadable') {
    return { kind: 'unreadable', message: `The playlist cannot be made a recording of. ${joined.reason}` };
  }
  await rename(outPath, toFile);
  return { kind: 'fetched', bytes: (await stat(toFile)).size };
}

async function fetchAll(
  fetch: HlsFetch,
  { main, sound }: Streams,
  folder: string,
  onProgress: (fraction: number) => void,
): Promise<RunPair[] | HlsFailure> {
  const total = main.segments.length + (sound?.segments.length ?? 0);
  let done = 0;
  const onSegment = (): void => onProgress((done += 1) / total);
  const mains = await fetchRuns(fetch, main, { folder, name: 'main' }, onSegment);
  if (mains.kind !== 'runs') return mains;
  if (sound === undefined) return mains.runs.map((run) => ({ main: run }));
  const sounds = await fetchRuns(fetch, sound, { folder, name: 'sound' }, onSegment);
  return sounds.kind === 'runs' ? paired(mains.runs, sounds.runs) : sounds;
}

/** Both break at the same places: the clock that they share begins anew there. */
function paired(mains: readonly Run[], sounds: readonly Run[]): RunPair[] | HlsFailure {
  if (mains.length === sounds.length) return mains.map((main, index) => ({ main, sound: sounds[index] }));
  const message =
    `The playlist of the pictures has ${mains.length - 1} breaks, that of the sound ${sounds.length - 1}: ` +
    'EXT-X-DISCONTINUITY must stand at the same places of both. Submit the recording as one file, such as an MP4.';
  return { kind: 'playlist-invalid', message };
}
