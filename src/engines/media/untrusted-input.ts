/**
 * The demuxers an input may be read with: real containers and audio files, by ffmpeg's names. Everything else is
 * refused, above all what reads further files or addresses named inside the input: playlists and manifests (hls, dash,
 * concat, ffconcat, imf), image sequences, scripts. An allow-list, since new demuxers arrive with new versions.
 */
const CONTAINERS = [
  ...['mov', 'matroska', 'webm', 'ogg', 'avi', 'flv', 'asf', 'mpegts', 'mpeg', 'mxf', 'nut', 'rm', 'caf'],
  ...['mp3', 'aac', 'loas', 'flac', 'wav', 'w64', 'aiff', 'au', 'amr', 'ac3', 'eac3', 'dts', 'truehd'],
  ...['ape', 'wv', 'tta', 'tak', 'dsf', 'voc', 'mpc', 'mpc8', 'oma', 'spdif'],
];

/**
 * Of one picture, which 16K has. ffmpeg looks at the first pictures of a video even where only its sound is wanted;
 * larger ones it passes over, and the sound is read all the same.
 */
const MAX_PIXELS = 15_360 * 8640;

/**
 * Options before `-i` for a file that a stranger made. No protocol but local files and pipes; analysis, memory,
 * pixels and the number of streams are capped, so that a crafted header cannot ask for more.
 */
export const UNTRUSTED_INPUT: readonly string[] = [
  ...['-protocol_whitelist', 'file,pipe'],
  ...['-format_whitelist', CONTAINERS.join(',')],
  ...['-max_streams', '64'],
  ...['-probesize', '20M', '-analyzeduration', '30M'],
  ...['-max_pixels', String(MAX_PIXELS)],
  ...['-max_alloc', String(512 * 1024 * 1024)],
];

/**
 * One sentence for the caller on why the file cannot be read, from what the media tools said. Their own words are
 * not passed on: they name local paths.
 */
export function unreadableReason(stderr: string): string {
  if (/not on whitelist|not on the whitelist|Invalid data found when processing input.*\.m3u8/i.test(stderr)) {
    return 'It is a playlist, a picture or another format that is not a recording.';
  }
  if (/moov atom not found/i.test(stderr)) {
    return 'It is an MP4 or MOV file whose index is missing, so it was probably cut short.';
  }
  return 'It is not a recording in a known format, or it is damaged.';
}
