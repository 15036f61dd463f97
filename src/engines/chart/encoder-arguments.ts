/** What the encoder is told; all of it numbers of ours or checked ones. */
export type Encoding = {
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
  /** Kilobits a second. */
  readonly bitrate: number;
};

/** How the planes are to be shown; without these words players guess the colours by the size of the picture. */
const COLOURS = [
  ...['-color_range', 'tv', '-colorspace', 'bt709'],
  ...['-color_primaries', 'bt709', '-color_trc', 'bt709'],
];

/**
 * ffmpeg from raw I420 frames on its standard input to an MP4 with exactly the bitrate asked.
 *
 * Charts are so easy to encode that x264 cannot spend 2,000 kbit/s on them however good it makes them: with a bitrate
 * alone a file came out at 1,040. A constant-rate buffer of one second fills what is left, as broadcasters do, and
 * keeps peaks down for streaming.
 * `superfast` without B-frames takes 4 ms a frame (1280 x 720) against 6 ms of `veryfast`; at such rates nobody sees
 * a difference on flat colours. Without B-frames, segments can be joined without a new encoding.
 * One thread, for the same frames are to give the same file: with two, x264 plans the buffer by how far the other one
 * happens to be, and 60 runs on a busy machine gave 41 different files. Drawing a frame takes longer anyway.
 */
export function encoderArguments({ width, height, frameRate, bitrate }: Encoding, file: string): string[] {
  const rate = `${bitrate}k`;
  return [
    ...['-v', 'error', '-nostdin', '-y', '-f', 'rawvideo', '-pix_fmt', 'yuv420p', ...COLOURS],
    ...['-s', `${width}x${height}`, '-r', String(frameRate), '-i', 'pipe:0', '-an'],
    ...['-c:v', 'libx264', '-preset', 'superfast', '-bf', '0', '-pix_fmt', 'yuv420p', ...COLOURS],
    ...['-g', String(frameRate * 2), '-threads', '1'],
    ...['-b:v', rate, '-maxrate', rate, '-bufsize', rate, '-x264-params', 'nal-hrd=cbr:force-cfr=1'],
    ...['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact'],
    ...['-movflags', '+faststart', '-f', 'mp4', `file:${file}`],
  ];
}

/** Puts segments of one encoding behind one another, untouched. @param list a file that names them */
export function joinArguments(list: string, file: string): string[] {
  return [
    ...['-v', 'error', '-nostdin', '-y', '-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy'],
    ...['-map_metadata', '-1', '-fflags', '+bitexact', '-movflags', '+faststart', '-f', 'mp4', `file:${file}`],
  ];
}

/** A GIF of the video: 12 pictures a second, at most 640 pixels wide, with colours chosen for it. */
export function gifArguments(video: string, file: string): string[] {
  const look = 'fps=12,scale=w=min(640\\,iw):h=-2:flags=lanczos';
  const palette = `${look},split[a][b];[a]palettegen=max_colors=128:stats_mode=diff[p];[b][p]paletteuse=dither=none`;
  return [
    ...['-v', 'error', '-nostdin', '-y', '-i', `file:${video}`, '-filter_complex', palette],
    ...['-map_metadata', '-1', '-fflags', '+bitexact', '-f', 'gif', `file:${file}`],
  ];
}
