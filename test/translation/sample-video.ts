import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { recordings } from '../speech/recordings.ts';

const run = promisify(execFile);

export type SampleVideo = {
  readonly path: string;
  /** When each recording begins. */
  readonly starts: readonly number[];
};

/** Seconds of silence before, between and behind the recordings. */
const PAUSE = 0.9;

/**
 * Somebody reads Jane Austen before a moving picture, with a quiet hum all the while: 25 frames/s, H.264 and AAC.
 * @param names of the recordings that are read; all five, where there are none
 */
export async function sampleVideo(
  path: string,
  { names = [] as readonly string[], size = '320x180' } = {},
): Promise<SampleVideo> {
  const spoken = recordings().filter(({ name }) => names.length === 0 || names.some((one) => name.endsWith(one)));
  const lengths = await Promise.all(spoken.map((recording) => secondsOf(recording.path)));
  const starts: number[] = [];
  let end = PAUSE;
  for (const length of lengths) {
    starts.push(end);
    end += length + PAUSE;
  }
  const inputs = spoken.flatMap((recording) => ['-i', recording.path]);
  const placed = starts.map((start, at) => `[${at}:a]aresample=48000,adelay=${Math.round(start * 1000)}[s${at}]`);
  const all = starts.map((_, at) => `[s${at}]`).join('');
  const graph = [
    ...placed,
    `sine=frequency=110:sample_rate=48000:duration=${end},volume=0.05[hum]`,
    `${all}[hum]amix=inputs=${spoken.length + 1}:normalize=0:duration=longest,atrim=end=${end}[sound]`,
    `gradients=size=${size}:rate=25:duration=${end}:speed=0.02:seed=7,format=yuv420p[picture]`,
  ].join(';');
  await run('ffmpeg', [
    ...['-v', 'error', '-y', ...inputs, '-filter_complex', graph, '-map', '[picture]', '-map', '[sound]'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-ac', '2', '-shortest', path],
  ]);
  return { path, starts };
}

/** As an independent reader says. */
export async function secondsOf(path: string): Promise<number> {
  const { stdout } = await run('ffprobe', [
    '-v',
    'error',
    '-show_entries',
    'format=duration',
    '-of',
    'csv=p=0',
    path,
  ]);
  return Number(stdout);
}
