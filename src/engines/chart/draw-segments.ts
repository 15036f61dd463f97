import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { loadBackground } from './background-image.ts';
import { evenSize, type ChartRequest } from './chart-request.ts';
import { startEncoder } from './frame-encoder.ts';
import { planeWriter, type PlaneWriter } from './planes.ts';
import { composeScene, type Scene } from './scene.ts';
import type { ChartSegment } from './segments.ts';

/** What one drawing process makes: some segments of a video, in this order. */
export type ChartDrawing = {
  readonly request: ChartRequest;
  readonly segments: readonly ChartSegment[];
  /** Kilobits a second. */
  readonly bitrate: number;
  /** The ffmpeg to pipe into, a path. */
  readonly ffmpeg: string;
  /** Where the last frame of the video goes as PNG; absent = nowhere. */
  readonly poster?: string;
  /** Every n-th frame of the video is hashed (SHA-256 of its pixels); absent = none. */
  readonly hashEvery?: number;
};

/** What it says while it draws. */
export type DrawingNews =
  /** How many frames it has drawn so far, of all its segments. */
  | { readonly kind: 'frames'; readonly done: number }
  /** The file of a segment is there. */
  | { readonly kind: 'segment'; readonly index: number; readonly hashes: readonly string[] }
  /** All is there. `peakRss`: bytes. */
  | { readonly kind: 'done'; readonly peakRss: number }
  /** `reason`: a sentence without its first capital and its stop. */
  | { readonly kind: 'failed'; readonly reason: string };

/** Frames between two words about the progress. */
const TELL_EVERY = 15;

/** Throws what went wrong as one sentence. */
export async function drawSegments(drawing: ChartDrawing, tell: (news: DrawingNews) => void): Promise<void> {
  const { request, segments, poster } = drawing;
  const scene = composeScene(request, await loadBackground(request.background?.imagePath));
  const { width, height } = evenSize(request);
  const work: Work = { drawing, scene, writer: planeWriter(width, height), frames: 0, peakRss: 0, tell };
  for (const segment of segments) await drawSegment(segment, work);
  if (poster !== undefined) {
    scene.draw(scene.frames - 1);
    await writeFile(poster, scene.canvas.toBuffer('image/png'));
  }
  tell({ kind: 'done', peakRss: Math.max(work.peakRss, process.memoryUsage.rss()) });
}

type Work = {
  readonly drawing: ChartDrawing;
  readonly scene: Scene;
  readonly writer: PlaneWriter;
  readonly tell: (news: DrawingNews) => void;
  frames: number;
  peakRss: number;
};

async function drawSegment({ index, from, to, video }: ChartSegment, work: Work): Promise<void> {
  const { drawing, scene, writer, tell } = work;
  const { request, bitrate, ffmpeg, hashEvery } = drawing;
  const encoder = startEncoder(ffmpeg, { ...evenSize(request), frameRate: request.frameRate, bitrate }, video);
  const hashes: string[] = [];
  for (let frame = from; frame < to; frame += 1) {
    if (frame === from || !scene.repeats(frame)) writer.update(pixelsOf(scene, frame));
    if (hashEvery !== undefined && frame % hashEvery === 0) hashes.push(hashOf(writer.planes));
    await encoder.write(writer.planes);
    work.frames += 1;
    if (work.frames % TELL_EVERY === 0) {
      tell({ kind: 'frames', done: work.frames });
      work.peakRss = Math.max(work.peakRss, process.memoryUsage.rss());
    }
    if (frame % 2 === 0) globalThis.gc?.({ type: 'minor', execution: 'sync' } as never);
    await turn();
  }
  await encoder.end();
  tell({ kind: 'frames', done: work.frames });
  tell({ kind: 'segment', index, hashes });
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

function hashOf(planes: Buffer): string {
  return createHash('sha256').update(planes).digest('hex');
}
