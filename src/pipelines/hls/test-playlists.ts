import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Seconds of the source; a flash and a tone begin at 1, 3, 5 and 7. */
export const SOURCE_SECONDS = 8;

const KEY_FRAMES = ['-g', '50', '-keyint_min', '50', '-sc_threshold', '0'];
const VOD = ['-c', 'copy', '-f', 'hls', '-hls_time', '2', '-hls_playlist_type', 'vod'];

/** Playlists of one source, as ffmpeg makes them, each in a folder of its own. */
export class TestPlaylists {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    const flash = "drawbox=t=fill:color=white:enable='between(mod(t\\,2)\\,1\\,1.4)'";
    const tone = "volume=eval=frame:volume='between(mod(t\\,2)\\,1\\,1.4)'";
    this.#ffmpeg(
      ...['-f', 'lavfi', '-i', `color=black:s=160x90:r=25:d=${SOURCE_SECONDS},${flash}`],
      ...['-f', 'lavfi', '-i', `sine=f=1000:r=48000:d=${SOURCE_SECONDS},asetnsamples=480,${tone}`],
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '2', ...KEY_FRAMES, '-c:a', 'aac', 'source.mp4'],
    );
  }

  get source(): string {
    return join(this.folder, 'source.mp4');
  }

  ts(): string {
    return this.#hls('ts', ['-hls_segment_filename', 'ts-%d.ts']);
  }

  /** One file, cut by byte ranges. */
  fragmented(): string {
    return this.#hls('mp4', ['-hls_segment_type', 'fmp4', '-hls_flags', 'single_file']);
  }

  /** @param iv hexadecimal digits; absent: the numbers of the segments */
  encrypted(iv?: string): string {
    const name = iv === undefined ? 'aes' : 'aes-iv';
    writeFileSync(join(this.folder, 'secret.key'), 'sixteen byte key');
    writeFileSync(
      join(this.folder, 'key-info'),
      ['secret.key', 'secret.key', ...(iv === undefined ? [] : [iv])].join('\n'),
    );
    return this.#hls(name, ['-hls_key_info_file', 'key-info', '-hls_segment_filename', `${name}-%d.ts`]);
  }

  /** Sound apart, two sizes of pictures, in fragments of which each is a file. */
  master(): string {
    this.#ffmpeg(
      ...['-i', 'source.mp4', '-map', '0:v', '-map', '0:v', '-map', '0:a', '-c:a', 'copy', ...KEY_FRAMES],
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-s:v:1', '320x180', '-b:v:0', '100k', '-b:v:1', '200k'],
      ...['-var_stream_map', 'v:0,agroup:sound v:1,agroup:sound a:0,agroup:sound,default:yes'],
      ...['-f', 'hls', '-hls_time', '2', '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4'],
      ...['-hls_fmp4_init_filename', 'init-%v.mp4', '-hls_segment_filename', 'var-%v-%d.m4s'],
      ...['-master_pl_name', 'master.m3u8', 'var-%v.m3u8'],
    );
    return 'master.m3u8';
  }

  /** Pictures in MPEG-TS, sound as AAC without a container that begins half a second later. */
  packed(): string {
    const mute = this.mute();
    this.#ffmpeg(
      ...['-ss', '0.5', '-i', 'source.mp4', '-vn', '-c:a', 'aac'],
      ...['-f', 'segment', '-segment_time', '2', '-segment_format', 'adts', 'sound-%d.aac'],
    );
    // The encoder puts one frame of silence in front.
    const start = this.#firstTime('mute-0.ts') + 0.5 - 1024 / 48_000;
    const names = [0, 1, 2, 3].map((index) => {
      const sound = readFileSync(join(this.folder, `sound-${index}.aac`));
      const name = `packed-${index}.aac`;
      writeFileSync(join(this.folder, name), Buffer.concat([timestampTag(start + 2 * index), sound]));
      return name;
    });
    this.write('packed-sound.m3u8', media(...names.map((name) => `#EXTINF:2,\n${name}`)));
    return this.write(
      'packed.m3u8',
      [
        '#EXTM3U',
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="x",DEFAULT=YES,URI="packed-sound.m3u8"',
        '#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"',
        mute,
      ].join('\n'),
    );
  }

  /** The source twice, each with the same timestamps. */
  broken(): string {
    const segments = readFileSync(join(this.folder, this.ts()), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('#EXTINF') || (line !== '' && !line.startsWith('#')));
    return this.write('broken.m3u8', media(...segments, '#EXT-X-DISCONTINUITY', ...segments));
  }

  /** A segment whose pictures are coded by other settings than the source, of the same size. */
  otherwise(): string {
    this.#ffmpeg(
      ...['-i', 'source.mp4', '-t', '2', '-c:v', 'libx264', '-profile:v', 'baseline', '-refs', '1', '-c:a', 'copy'],
      'baseline.ts',
    );
    return 'baseline.ts';
  }

  /** A segment whose sound has another rate than the source. */
  mono(): string {
    this.#ffmpeg(
      '-i',
      'source.mp4',
      '-t',
      '2',
      '-c:v',
      'copy',
      '-c:a',
      'aac',
      '-ac',
      '1',
      '-ar',
      '22050',
      'mono.ts',
    );
    return 'mono.ts';
  }

  /** Of pictures alone. */
  mute(): string {
    this.#ffmpeg(...['-i', 'source.mp4', '-an', ...VOD, '-hls_segment_filename', 'mute-%d.ts', 'mute.m3u8']);
    return 'mute.m3u8';
  }

  write(name: string, text: string): string {
    writeFileSync(join(this.folder, name), text);
    return name;
  }

  /** The names of all that was made so far. */
  files(): string[] {
    return readdirSync(this.folder);
  }

  #firstTime(name: string): number {
    const args = ['-v', 'error', '-show_entries', 'format=start_time', '-of', 'csv=p=0', name];
    return Number(execFileSync('ffprobe', args, { cwd: this.folder }).toString());
  }

  #hls(name: string, options: readonly string[]): string {
    this.#ffmpeg('-i', 'source.mp4', ...VOD, ...options, `${name}.m3u8`);
    return `${name}.m3u8`;
  }

  #ffmpeg(...args: string[]): void {
    execFileSync('ffmpeg', ['-v', 'error', '-y', ...args], { cwd: this.folder });
  }
}

export function media(...lines: string[]): string {
  return ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-TARGETDURATION:8', ...lines, '#EXT-X-ENDLIST', ''].join('\n');
}

/** An ID3 tag that says when packed sound begins. */
function timestampTag(seconds: number): Buffer {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(Math.round(seconds * 90_000)));
  const owned = Buffer.concat([Buffer.from('com.apple.streaming.transportStreamTimestamp\0'), time]);
  const frame = Buffer.concat([Buffer.from('PRIV'), Buffer.from([0, 0, 0, owned.length, 0, 0]), owned]);
  return Buffer.concat([Buffer.from('ID3'), Buffer.from([4, 0, 0, 0, 0, 0, frame.length]), frame]);
}

export type Marks = {
  readonly seconds: number;
  readonly flashes: readonly number[];
  readonly tones: readonly number[];
};

/** The length of a recording, and when in it a flash or a tone begins. */
export function marksOf(path: string): Marks {
  const probe = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path];
  const seconds = Number(execFileSync('ffprobe', probe).toString());
  const video = run('-i', path, '-map', '0:v:0?', '-vf', 'showinfo', '-f', 'null', '-');
  const frames = [...video.matchAll(/pts_time:\s*([\d.]+).*mean:\[(\d+)/g)].map(
    ([, time, mean]) => [Number(time), Number(mean) > 128] as const,
  );
  const flashes = frames
    .filter(([, isBright], at) => isBright && frames[at - 1]?.[1] !== true)
    .map(([time]) => time);
  const sound = run('-i', path, '-map', '0:a:0?', '-af', 'silencedetect=n=-30dB:d=0.2', '-f', 'null', '-');
  const tones = [...sound.matchAll(/silence_end: ([\d.]+)/g)].map(([, time]) => Number(time));
  return { seconds, flashes, tones: tones.filter((time) => time < seconds - 0.3) };
}

function run(...args: string[]): string {
  return execFileSync('sh', ['-c', '"$@" 2>&1', 'sh', 'ffmpeg', '-hide_banner', '-nostdin', ...args], {
    maxBuffer: 64 * 1024 * 1024,
  }).toString();
}
