import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { recordings } from '../speech/recordings.ts';
import { probed } from '../support/probed.ts';

const run = promisify(execFile);

export type SampleVideo = {
  readonly path: string;
  /** When each recording begins. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
};

/** Seconds of silence before, between and behind the recordings. */
const PAUSE = 0.9;

/**
 * Somebody reads Jane Austen before a moving picture, with a quiet hum all the while: 25 frames/s, H.264 and AAC.
 * @param names of the recordings that are read; all five, where there are none
 * @param pause seconds of silence before, between and behind them
 */
export async function sampleVideo(
  path: string,
  { names = [] as readonly string[], size = '320x180', pause = PAUSE } = {},
): Promise<SampleVideo> {
  const read = recordings().filter(({ name }) => names.length === 0 || names.some((one) => name.endsWith(one)));
  return await videoOf(
    path,
    read.map((recording) => recording.path),
    { size, pause },
  );
}

/** The same, where espeak-ng says the sentences. */
export async function spokenVideo(
  path: string,
  { voice, sentences }: { readonly voice: string; readonly sentences: readonly string[] },
): Promise<SampleVideo> {
  const sounds = sentences.map((_, index) => `${path}.${index}.wav`);
  for (const [index, sentence] of sentences.entries()) {
    await run('espeak-ng', ['-v', voice, '-s', '140', '-w', sounds[index] ?? '', sentence]);
  }
  return await videoOf(path, sounds, { size: '320x180', pause: PAUSE });
}

type Look = { readonly size: string; readonly pause: number };

async function videoOf(path: string, sounds: readonly string[], { size, pause }: Look): Promise<SampleVideo> {
  const lengths = await Promise.all(sounds.map((sound) => secondsOf(sound)));
  const starts: number[] = [];
  let end = pause;
  for (const length of lengths) {
    starts.push(end);
    end += length + pause;
  }
  const placed = starts.map((start, at) => `[${at}:a]aresample=48000,adelay=${Math.round(start * 1000)}[s${at}]`);
  const graph = [
    ...placed,
    `sine=frequency=110:sample_rate=48000:duration=${end},volume=0.05[hum]`,
    `${starts.map((_, at) => `[s${at}]`).join('')}[hum]amix=inputs=${sounds.length + 1}:normalize=0,atrim=end=${end}[sound]`,
    `gradients=size=${size}:rate=25:duration=${end}:speed=0.02:seed=7,format=yuv420p[picture]`,
  ].join(';');
  await run('ffmpeg', [
    ...['-v', 'error', '-y', ...sounds.flatMap((sound) => ['-i', sound]), '-filter_complex', graph],
    ...['-map', '[picture]', '-map', '[sound]', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac'],
    ...['-ac', '2', '-shortest', path],
  ]);
  return { path, starts, ends: starts.map((start, at) => start + (lengths[at] ?? 0)) };
}

/** As an independent reader says. */
export async function secondsOf(path: string): Promise<number> {
  return (await probed(path)).seconds;
}
