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

const GIF = { rate: 12, width: 640 } as const;
const GIF_LOOK = `fps=${GIF.rate},scale=w=min(${GIF.width}\\,iw):h=-2:flags=lanczos`;

/** Bytes that a GIF has at most: pictures that LZW can do nothing about are a fourth larger than their pixels. */
export function largestGif({ width, height }: Pick<Encoding, 'width' | 'height'>, seconds: number): number {
  const shrunk = Math.min(1, GIF.width / width);
  return 1.25 * width * height * shrunk ** 2 * GIF.rate * (seconds + 1);
}

/**
 * The colours of a GIF of the video, as a PNG. In a run of its own: with both in one, ffmpeg holds all pictures until
 * the colours are chosen, which for half a minute of 1080 x 1920 was measured at 1.2 GB.
 */
export function paletteArguments(video: string, file: string): string[] {
  return [
    ...['-v', 'error', '-nostdin', '-y', '-i', `file:${video}`],
    ...['-vf', `${GIF_LOOK},palettegen=max_colors=128:stats_mode=diff`],
    ...['-frames:v', '1', '-update', '1', '-c:v', 'png', '-f', 'image2', `file:${file}`],
  ];
}

/** A GIF of the video in these colours. */
export function gifArguments(video: string, palette: string, file: string): string[] {
  return [
    ...['-v', 'error', '-nostdin', '-y', '-i', `file:${video}`, '-i', `file:${palette}`],
    ...['-filter_complex', `[0:v]${GIF_LOOK}[a];[a][1:v]paletteuse=dither=none`],
    ...['-map_metadata', '-1', '-fflags', '+bitexact', '-f', 'gif', `file:${file}`],
  ];
}
