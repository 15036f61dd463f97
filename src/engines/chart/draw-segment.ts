import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import type { Readable, Writable } from 'node:stream';
import { loadBackground } from './background-image.ts';
import { evenSize, type ChartRequest } from './chart-request.ts';
import { encoderArguments } from './encoder-arguments.ts';
import { planeWriter } from './planes.ts';
import { composeScene, type Scene } from './scene.ts';

/** A part of a video: frames from `from` up to, not including, `to`. */
export type ChartSegment = {
  readonly request: ChartRequest;
  readonly from: number;
  readonly to: number;
  /** Kilobits a second. */
  readonly bitrate: number;
  readonly threads: number;
  /** The ffmpeg to pipe into, a path. */
  readonly ffmpeg: string;
  readonly video: string;
  /** Where the last frame goes as PNG; absent = nowhere. */
  readonly poster?: string;
  /** Every n-th frame is hashed (SHA-256 of its pixels); absent = none. */
  readonly hashEvery?: number;
};

export type SegmentDone = { readonly frames: number; readonly hashes: readonly string[]; readonly peakRss: number };

/** Frames between two words about the progress. */
const TELL_EVERY = 15;
/** Of what the encoder says, in characters. */
const DETAIL_LIMIT = 2000;

type Encoder = ChildProcessByStdio<Writable, null, Readable>;

/** Throws what went wrong as one sentence. */
export async function drawSegment(segment: ChartSegment, onFrames: (done: number) => void): Promise<SegmentDone> {
  const { request, from, to, bitrate, threads, ffmpeg, video, poster } = segment;
  const scene = composeScene(request, await loadBackground(request.background?.imagePath));
  const size = evenSize(request);
  const writer = planeWriter(size.width, size.height);
  const encoding = { ...size, frameRate: request.frameRate, bitrate, threads };
  const encoder = spawn(ffmpeg, encoderArguments(encoding, video), { stdio: ['pipe', 'ignore', 'pipe'] });
  const ended = watch(encoder);
  const hashes: string[] = [];
  let peakRss = 0;
  for (let frame = from; frame < to; frame += 1) {
    if (frame === from || !scene.repeats(frame)) {
      const pixels = pixelsOf(scene, frame);
      writer.update(pixels);
    }
    hashFrame(segment, frame, writer.planes, hashes);
    await pipe(encoder, writer.planes, ended);
    if ((frame - from) % TELL_EVERY === TELL_EVERY - 1) {
      onFrames(frame - from + 1);
      peakRss = Math.max(peakRss, process.memoryUsage.rss());
    }
    if (frame % 2 === 0) globalThis.gc?.({ type: 'minor', execution: 'sync' } as never);
    await turn();
  }
  encoder.stdin.end();
  const failure = await ended;
  if (failure !== undefined) throw new Error(failure);
  onFrames(to - from);
  if (poster !== undefined) await writeFile(poster, scene.canvas.toBuffer('image/png'));
  return { frames: to - from, hashes, peakRss: Math.max(peakRss, process.memoryUsage.rss()) };
}

/**
 * The pixels as RGBA. Every one is opaque, so that premultiplied colours are plain ones. Each call returns new memory
 * that V8 does not count (3.7 MB at 1280 x 720): without a collection every second frame a gigabyte lies around
 * after 10 seconds of video, and fresh pages cost 10 ms a frame.
 */
function pixelsOf(scene: Scene, frame: number): Buffer {
  scene.draw(frame);
  return scene.canvas.data();
}

function hashFrame({ hashEvery, from }: ChartSegment, frame: number, planes: Buffer, hashes: string[]): void {
  if (hashEvery === undefined || (frame - from) % hashEvery !== 0) return;
  hashes.push(createHash('sha256').update(planes).digest('hex'));
}

/** Waits until the encoder has taken the frame: the buffer is used again for the next. */
async function pipe({ stdin }: Encoder, planes: Buffer, ended: Promise<string | undefined>): Promise<void> {
  const taken = new Promise<void>((resolve) => stdin.write(planes, () => resolve()));
  const failure = await Promise.race([taken, ended]);
  if (typeof failure === 'string') throw new Error(failure);
}

/** Resolves when the encoder has ended: undefined = well, else what it said. */
async function watch(encoder: Encoder): Promise<string | undefined> {
  let said = '';
  encoder.stderr.setEncoding('utf8').on('data', (chunk: string) => (said = (said + chunk).slice(-DETAIL_LIMIT)));
  encoder.stdin.on('error', () => undefined);
  try {
    const [code, signal] = (await once(encoder, 'close')) as [number | null, string | null];
    return code === 0 ? undefined : `the encoder ended with ${signal ?? `code ${code}`}: ${said.trim()}`;
  } catch (error) {
    return `the encoder cannot be run: ${(error as Error).message}`;
  }
}
