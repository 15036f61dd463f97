import { z } from 'zod';
import type { MediaTools } from '../media/media-tools.ts';
import { declaredSeconds, runProbe, type ProbeFailure, type ProbeSurroundings } from '../media/run-probe.ts';

/** A number of frames in a number of seconds: 30000/1001 has no end as a decimal. */
export type FrameRate = { readonly frames: number; readonly seconds: number };

export type PictureTrack = {
  readonly codec: string;
  /** As it is seen: turned upright, with square pixels. */
  readonly width: number;
  readonly height: number;
  /** On average, where frames do not come evenly. */
  readonly frameRate: FrameRate;
  /** Whether each frame stands as long as the next. */
  readonly even: boolean;
  /** As the container has it; undefined where it does not say. */
  readonly frames: number | undefined;
  readonly pixelFormat: string;
  readonly interlaced: boolean;
  /** Seconds that this track lasts, from its first frame; undefined where the container does not say. */
  readonly seconds: number | undefined;
  readonly squarePixels: boolean;
};

export type SoundTrack = {
  readonly codec: string;
  readonly channels: number;
  /** Hertz. */
  readonly sampleRate: number;
};

/** The first picture track, and the first sound track, of a recording. */
export type ProbedVideo = {
  /** ffmpeg's names of the container: `mov,mp4,m4a,3gp,3g2,mj2`. */
  readonly container: string;
  /** The length that the container declares; undefined where it declares none (a stream's dump). */
  readonly seconds: number | undefined;
  /** Its end is missing, as true-seconds.ts finds out: what is last may be parts of frames. */
  readonly brokenOff?: boolean;
  /** Absent for sound alone; a cover picture is not a video. */
  readonly video?: PictureTrack;
  readonly audio?: SoundTrack;
};

export type VideoProbeOutcome = { readonly kind: 'probed'; readonly probed: ProbedVideo } | ProbeFailure;

const streamShape = z.object({
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  pix_fmt: z.string().optional(),
  sample_aspect_ratio: z.string().optional(),
  field_order: z.string().optional(),
  r_frame_rate: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  nb_frames: z.string().optional(),
  duration: z.string().optional(),
  channels: z.number().optional(),
  sample_rate: z.string().optional(),
  disposition: z.object({ attached_pic: z.number().optional() }).optional(),
  side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
});

type Stream = z.infer<typeof streamShape>;

const reportShape = z.object({
  streams: z.array(streamShape).optional(),
  format: z.object({ duration: z.string().optional(), format_name: z.string().optional() }).optional(),
});

const ENTRIES = [
  'format=duration,format_name',
  `stream=${Object.keys(streamShape.omit({ disposition: true, side_data_list: true }).shape).join(',')}`,
  'stream_disposition=attached_pic',
  'stream_side_data=rotation',
].join(':');

/**
 * Looks into a recording without decoding it.
 * Throws the signal's reason when aborted.
 * @param path a local file; its name is not looked at
 */
export async function probeVideo(
  path: string,
  tools: MediaTools,
  surroundings: ProbeSurroundings,
): Promise<VideoProbeOutcome> {
  const outcome = await runProbe(path, ENTRIES, tools, surroundings);
  if (outcome.kind !== 'report') return outcome;
  const { streams = [], format } = reportShape.parse(outcome.report);
  const length = declaredSeconds(format?.duration);
  if (length.kind !== 'length') return length;
  const picture = streams.find((stream) => stream.codec_type === 'video' && !isCover(stream));
  const sound = streams.find((stream) => stream.codec_type === 'audio');
  return {
    kind: 'probed',
    probed: {
      container: format?.format_name ?? '',
      seconds: length.seconds,
      ...(picture !== undefined && { video: pictureTrack(picture) }),
      ...(sound !== undefined && { audio: soundTrack(sound) }),
    },
  };
}

function isCover({ disposition }: Stream): boolean {
  return disposition?.attached_pic === 1;
}

function pictureTrack(stream: Stream): PictureTrack {
  const [across = 1, down = 1] = ratio(stream.sample_aspect_ratio, ':') ?? [];
  const rotation = stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? 0;
  const [width, height] = [Math.round(((stream.width ?? 0) * across) / down), stream.height ?? 0];
  const onItsSide = Math.abs(rotation) % 180 === 90;
  const [frames = 25, seconds = 1] = ratio(stream.avg_frame_rate, '/') ?? ratio(stream.r_frame_rate, '/') ?? [];
  const [ticks, tickSeconds] = ratio(stream.r_frame_rate, '/') ?? [frames, seconds];
  return {
    codec: stream.codec_name ?? '',
    width: onItsSide ? height : width,
    height: onItsSide ? width : height,
    frameRate: { frames, seconds },
    even: Math.abs((frames * tickSeconds) / (seconds * ticks) - 1) < 0.001,
    frames: count(stream.nb_frames),
    pixelFormat: stream.pix_fmt ?? '',
    interlaced: /^(tt|bb|tb|bt)$/.test(stream.field_order ?? ''),
    seconds: count(stream.duration),
    squarePixels: across === down,
  };
}

function soundTrack({ codec_name: codec = '', channels = 0, sample_rate: rate }: Stream): SoundTrack {
  return { codec, channels, sampleRate: count(rate) ?? 0 };
}

/** Both sides of `30000/1001` or `4:3`; undefined for `0/0` and what is none. */
function ratio(text: string | undefined, mark: '/' | ':'): [number, number] | undefined {
  const [first = 0, second = 0] = text?.split(mark).map(Number) ?? [];
  return first > 0 && second > 0 ? [first, second] : undefined;
}

function count(text: string | undefined): number | undefined {
  const value = Number(text);
  return value > 0 ? value : undefined;
}
