import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UNTRUSTED_INPUT } from '../media/untrusted-input.ts';
import type { PixelBox } from './pixel-box.ts';
import { SAMPLE_RATE, type ScanPlan, type Sighting } from './scan-plan.ts';
import { StandingTextFinder, type StandingText } from './standing-text.ts';
import { isWide } from './text-likeness.ts';
import { pgm, textPicture } from './text-picture.ts';

/**
 * Texts of either kind that are read, a second of video on average, and pixels of their boxes: what is more than twice
 * as much is cut to this, the likeliest first. A busy background has some five wide ones, almost all noise.
 */
const MOST = { texts: 5, pixels: 500_000 };
/** Of narrow ones, until it is known where wide ones stand: a busy background has fifteen. */
const MOST_NARROW = { texts: 20, pixels: 500_000 };
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
  const seconds = Math.max(10, plan.seconds);
  let wide: StandingText[] = [];
  let narrow: StandingText[] = [];
  let samples = 0;
  const gather = (texts: readonly StandingText[]): void => {
    for (const text of texts) (isWide(text.ink) ? wide : narrow).push(text);
    wide = likeliest(wide, MOST, seconds);
    narrow = likeliest(narrow, MOST_NARROW, seconds);
  };
  for await (const frame of sampledFrames(plan)) {
    samples += 1;
    gather(finder.add(frame));
    if (samples % SAMPLE_RATE === 0) onSecond(samples / SAMPLE_RATE);
  }
  gather(finder.end());
  const places = wide.map(({ ink }) => ink.box);
  // What is no wider than a few letters is a text only where a wide one stands, too.
  const placed = narrow.filter(({ ink }) => places.some((place) => isSamePlace(ink.box, place, part.width)));
  const kept = [...wide, ...likeliest(placed, MOST, seconds)];
  const sightings: Sighting[] = [];
  for (const text of kept) {
    const picture = `${plan.prefix}${sightings.length}.pgm`;
    await writeFile(join(plan.scratch, picture), pgm(textPicture(text.ink)));
    sightings.push(sightingOf(text, plan, picture, samples));
  }
  return sightings;
}

/** Cut only now and then: sorting at each sample would cost more than looking at it. */
function likeliest(texts: StandingText[], most: typeof MOST, seconds: number): StandingText[] {
  if (texts.length <= 2 * most.texts * seconds && pixelsOf(texts) <= 2 * most.pixels * seconds) return texts;
  let pixels = 0;
  return texts
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most.texts * seconds)
    .filter(({ ink }) => (pixels += ink.pixels.length) <= most.pixels * seconds);
}

function pixelsOf(texts: readonly StandingText[]): number {
  return texts.reduce((sum, { ink }) => sum + ink.pixels.length, 0);
}

function isSamePlace(narrow: PixelBox, wide: PixelBox, width: number): boolean {
  const middles = Math.abs(narrow.left + narrow.width / 2 - wide.left - wide.width / 2);
  const isAligned = Math.min(middles, Math.abs(narrow.left - wide.left)) <= SAME_PLACE.across * width;
  const top = Math.max(narrow.top, wide.top);
  const bottom = Math.min(narrow.top + narrow.height, wide.top + wide.height);
  return isAligned && bottom - top >= SAME_PLACE.down * narrow.height;
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
