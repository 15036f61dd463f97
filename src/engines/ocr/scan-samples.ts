import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UNTRUSTED_INPUT } from '../media/untrusted-input.ts';
import type { FrameArea } from '../video/frame-area.ts';
import { commonLength, down } from './area-overlap.ts';
import { SAMPLE_RATE, type ScanPlan, type Sighting } from './scan-plan.ts';
import { StandingTextFinder, type StandingText } from './standing-text.ts';
import { isWide } from './text-likeness.ts';
import { pgm, textPicture } from './text-picture.ts';

/** Pictures a second of video, at most, on average: ten times what subtitles need, so only noise is ever cut. */
const MOST_PICTURES = 5;
/** What is no wider than a few letters is kept only where a wide text stands: so much of it can wait for that. */
const MOST_NARROW = 400;
/** Of the picture's width and the text's height, between a narrow text and a wide one of its place. */
const SAME_PLACE = { across: 0.06, down: 0.5 };
const DETAIL_LIMIT = 2000;

/**
 * Samples a part of a video by ffmpeg and looks at each sample. Throws what went wrong as one sentence.
 * @param onSecond called with the seconds done, once a second
 */
export async function scanSamples(plan: ScanPlan, onSecond: (done: number) => void): Promise<Sighting[]> {
  const { part, whole } = plan;
  const finder = new StandingTextFinder(part.width, part.height, Math.min(whole.width, whole.height));
  const sightings: Sighting[] = [];
  const narrow: StandingText[] = [];
  const most = MOST_PICTURES * Math.max(10, plan.seconds);
  let samples = 0;
  const keep = async (text: StandingText): Promise<void> => {
    if (sightings.length >= most) return;
    const picture = `${plan.prefix}${sightings.length}.pgm`;
    await writeFile(join(plan.scratch, picture), pgm(textPicture(text.ink)));
    sightings.push(sightingOf(text, plan, picture, samples));
  };
  const sort = async (texts: readonly StandingText[]): Promise<void> => {
    for (const text of texts) {
      if (isWide(text.ink)) await keep(text);
      else if (narrow.length < MOST_NARROW) narrow.push(text);
    }
  };
  for await (const frame of sampledFrames(plan)) {
    samples += 1;
    await sort(finder.add(frame));
    if (samples % SAMPLE_RATE === 0) onSecond(samples / SAMPLE_RATE);
  }
  await sort(finder.end());
  const wide = sightings.map(({ area }) => area);
  for (const text of narrow) {
    const { area } = sightingOf(text, plan, '', samples);
    if (wide.some((other) => isSamePlace(area, other))) await keep(text);
  }
  return sightings;
}

function isSamePlace(narrow: FrameArea, wide: FrameArea): boolean {
  const middles = Math.abs(narrow.x + narrow.width / 2 - wide.x - wide.width / 2);
  const isAligned = Math.min(middles, Math.abs(narrow.x - wide.x)) <= SAME_PLACE.across;
  return isAligned && commonLength(down(narrow), down(wide)) >= SAME_PLACE.down * narrow.height;
}

/** A text came and went between two samples: half way is wrong by an eighth of a second at most. */
function sightingOf({ from, to, ink }: StandingText, plan: ScanPlan, picture: string, samples: number): Sighting {
  const { start, whole, part } = plan;
  const end = to >= samples ? samples : to - 0.5;
  return {
    from: start + Math.max(0, from - 0.5) / SAMPLE_RATE,
    to: start + Math.min(plan.seconds, end / SAMPLE_RATE),
    area: {
      x: (part.left + ink.box.left) / whole.width,
      y: (part.top + ink.box.top) / whole.height,
      width: ink.box.width / whole.width,
      height: ink.box.height / whole.height,
    },
    picture,
  };
}

async function* sampledFrames(plan: ScanPlan): AsyncGenerator<Uint8Array> {
  const { width, height } = plan.part;
  const ffmpeg = spawn(plan.ffmpeg, sampleArguments(plan), { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(ffmpeg, 'close') as Promise<[number | null, string | null]>;
  let said = '';
  ffmpeg.stderr.setEncoding('utf8').on('data', (chunk: string) => (said = (said + chunk).slice(-DETAIL_LIMIT)));
  let frame = new Uint8Array(width * height);
  let filled = 0;
  let frames = 0;
  for await (const chunk of ffmpeg.stdout as AsyncIterable<Buffer>) {
    for (let at = 0; at < chunk.length;) {
      const taken = Math.min(chunk.length - at, frame.length - filled);
      frame.set(chunk.subarray(at, at + taken), filled);
      at += taken;
      filled += taken;
      if (filled < frame.length) continue;
      yield frame;
      frames += 1;
      frame = new Uint8Array(width * height);
      filled = 0;
    }
  }
  const [code, signal] = await ended;
  // A damaged end is no reason to lose what came before it.
  if (code !== 0 && frames === 0) throw new Error(`ffmpeg ended with ${signal ?? `code ${code}`}: ${said.trim()}`);
}

function sampleArguments({ path, start, seconds, whole, part }: ScanPlan): string[] {
  const filters = [
    // What a sample shows is the picture of its very moment, not the next one.
    `fps=${SAMPLE_RATE}:round=up`,
    `scale=${whole.width}:${whole.height}:flags=bicubic`,
    `crop=${part.width}:${part.height}:${part.left}:${part.top}`,
    'format=gray',
  ];
  return [
    ...['-v', 'error', '-nostdin', '-threads', '2', ...UNTRUSTED_INPUT],
    ...['-ss', String(start), '-t', String(seconds), '-i', `file:${path}`],
    ...['-map', '0:v:0', '-an', '-sn', '-dn', '-vf', filters.join(',')],
    ...['-f', 'rawvideo', 'pipe:1'],
  ];
}
