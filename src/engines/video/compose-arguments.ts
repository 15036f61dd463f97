import { UNTRUSTED_INPUT } from '../media/untrusted-input.ts';
import type { ComposeRequest, FrameSize } from './compose-request.ts';
import type { PictureTrack } from './probe-video.ts';
import { FONTS_FOLDER } from './subtitle-fonts.ts';

/** What MP4 holds and every player plays. */
const KEPT_SOUND = new Set(['aac', 'mp3']);
/** Frames that x264 makes and every player plays. */
const KEPT_PIXELS = new Set(['yuv420p', 'yuvj420p']);
/** Containers whose frames carry times that can be copied. */
const COPIED_FROM = /mp4|matroska/;

/**
 * Of x264: like the source to the eye. `veryfast` takes half of the time of `medium`, for files a tenth larger. No
 * rate is set: with one, x264 plans by how far its other threads happen to be, and each run gives another file.
 */
const QUALITY = '20';
const PRESET = 'veryfast';
/** The same on every machine: what a picture may refer to depends on it, and with that the file. */
const ENCODER_THREADS = 4;
/** Kilobits a second beside what the source has: noise in 4K. It bounds the file. */
const MOST_RATE = 60_000;

/** What the run is told beside the request. */
export type Composition = {
  /** The name in the scratch folder of the file that holds what pictures go through; undefined: they are copied. */
  readonly script: string | undefined;
  /** That decode and filter. */
  readonly threads: number;
  readonly words: Words;
};

/** Options that ffmpeg has changed the names of. */
export type Words = { readonly script: string; readonly uneven: string; readonly tick: string };
export const OLD_WORDS: Words = { script: '-filter_script:v', uneven: '-vsync', tick: '-1' };
/** Of ffmpeg 7; the old ones go with a later version. */
export const NEW_WORDS: Words = { script: '-/filter:v', uneven: '-fps_mode', tick: 'demux' };

/** The size of the pictures that come out: even, as H.264 wants them. */
function outputSize(picture: Pick<PictureTrack, 'width' | 'height'>, asked?: FrameSize): FrameSize {
  const { width, height } = asked ?? picture;
  const even = (pixels: number): number => Math.max(2, Math.ceil(pixels / 2) * 2);
  return { width: even(width), height: even(height) };
}

/** What the pictures go through, as a filter graph; undefined where nothing is done to them. */
export function pictureGraph({ probed, ass, filters, size }: ComposeRequest): string | undefined {
  const { video } = probed;
  if (video === undefined) return undefined;
  const output = outputSize(video, size);
  const sameSize = output.width === video.width && output.height === video.height;
  const keepable =
    video.codec === 'h264' && KEPT_PIXELS.has(video.pixelFormat) && COPIED_FROM.test(probed.container);
  if (keepable && sameSize && ass === undefined && filters === undefined) return undefined;
  return [
    ...(video.interlaced ? ['yadif=deint=interlaced'] : []),
    ...(video.squarePixels ? [] : [`scale=${video.width}:${video.height}`]),
    ...(filters === undefined ? [] : [filters]),
    ...(sameSize ? [] : fitted(output, size !== undefined)),
    'setsar=1',
    'format=yuv420p',
    // Both paths are relative to the scratch folder, where the program runs: nothing in them needs an escape.
    ...(ass === undefined ? [] : [`ass=${nameOf(ass)}:fontsdir=${FONTS_FOLDER}`]),
  ].join(',');
}

function fitted({ width, height }: FrameSize, scaled: boolean): string[] {
  const scale = `scale=${width}:${height}:force_original_aspect_ratio=decrease:force_divisible_by=2`;
  return [...(scaled ? [scale] : []), `pad=${width}:${height}:-1:-1`];
}

/** Names of files in the scratch folder, which are ours. */
function nameOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!/^[\w.-]+$/.test(name)) throw new Error(`${name} is no name for a filter graph`);
  return name;
}

export function composeArguments(request: ComposeRequest, composition: Composition): string[] {
  const { threads } = composition;
  const { path, audio, outPath } = request;
  return [
    ...['-v', 'warning', '-nostdin', '-nostats', '-y', '-progress', 'pipe:1'],
    ...['-threads', String(threads), ...UNTRUSTED_INPUT, '-i', `file:${path}`],
    ...(audio === undefined ? [] : ['-f', 'wav', '-i', `file:${audio}`]),
    ...['-map', '0:V:0', ...pictureArguments(request, composition)],
    ...soundArguments(request),
    ...['-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1', '-max_muxing_queue_size', '4096'],
    ...['-movflags', '+faststart', '-f', 'mp4', `file:${outPath}`],
  ];
}

function pictureArguments({ probed }: ComposeRequest, { script, threads, words }: Composition): string[] {
  if (script === undefined) return ['-c:v', 'copy'];
  return [
    ...[words.script, script, '-filter_threads', String(threads)],
    // Frames that come evenly keep their rate. Others keep their times, to the source's own tick.
    ...(probed.video?.even === false ? [words.uneven, 'vfr', '-enc_time_base:v', words.tick] : []),
    ...['-c:v', 'libx264', '-preset', PRESET, '-crf', QUALITY, '-pix_fmt', 'yuv420p'],
    ...['-threads', String(ENCODER_THREADS)],
  ];
}

function soundArguments({ probed, audio }: ComposeRequest): string[] {
  const { seconds } = probed;
  const aac = ['-c:a', 'aac', '-b:a', '160k', '-ar', '48000'];
  if (audio !== undefined) {
    // Without a length, silence goes on until the pictures end.
    const end = seconds === undefined ? ['apad'] : [`apad=whole_dur=${seconds}`, `atrim=end=${seconds}`];
    const filters = ['-af', ['aresample=48000', ...end].join(',')];
    return ['-map', '1:a:0', ...filters, ...aac, ...(seconds === undefined ? ['-shortest'] : [])];
  }
  if (probed.audio === undefined) return ['-an'];
  if (KEPT_SOUND.has(probed.audio.codec)) return ['-map', '0:a:0', '-c:a', 'copy'];
  // One ear stays one: ffmpeg would make two of it that are 3 dB softer.
  const channels = probed.audio.channels > 2 ? ['-ac', '2'] : [];
  return ['-map', '0:a:0', '-af', 'aresample=async=1:first_pts=0', ...aac, ...channels];
}

/** Bytes that the output may have. */
export function largestOutput({ probed }: ComposeRequest, sourceSize: number): number {
  return 2 * sourceSize + ((probed.seconds ?? 3600) * MOST_RATE * 1000) / 8;
}
