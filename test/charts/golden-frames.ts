import { createCanvas, type Canvas } from '@napi-rs/canvas';
import { CHART_STYLES, CHART_TYPES } from '../../src/engines/chart/chart-request.ts';
import { luminance } from '../../src/engines/chart/colour.ts';
import { composeScene } from '../../src/engines/chart/scene.ts';
import { sampleChart } from './sample-charts.ts';

const COLUMNS = 48;
const ROWS = 27;

/** What an eye sees from afar: how bright each part of the picture is, 0 to 255. */
export type Glance = readonly number[];

function glanceAt(canvas: Canvas): Glance {
  const small = createCanvas(COLUMNS, ROWS);
  const context = small.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(canvas, 0, 0, COLUMNS, ROWS);
  const { data } = context.getImageData(0, 0, COLUMNS, ROWS);
  return Array.from({ length: COLUMNS * ROWS }, (_, at) =>
    // The square root spreads the dark end, as eyes do.
    Math.round(255 * Math.sqrt(luminance([data[4 * at] ?? 0, data[4 * at + 1] ?? 0, data[4 * at + 2] ?? 0]))),
  );
}

/** Every type, each in another style, in the middle and at the end: name and glance. */
export function goldenFrames(): { readonly name: string; readonly glance: Glance }[] {
  return CHART_TYPES.flatMap((type, at) => {
    const style = CHART_STYLES[at % CHART_STYLES.length] ?? 'Normal';
    const scene = composeScene(sampleChart(type, style, { width: 640, height: 360, frameRate: 10 }));
    return [0.5, 1].map((part) => {
      scene.draw(Math.min(scene.frames - 1, Math.floor(scene.frames * part)));
      return { name: `${type} ${style} ${part}`, glance: glanceAt(scene.canvas) };
    });
  });
}

/** Two digits of base 16 for each part. */
export function written(glance: Glance): string {
  return glance.map((value) => value.toString(16).padStart(2, '0')).join('');
}

/** How far a glance is from one that was kept, in brightness: the mean over all parts, and the worst part. */
export function distance(glance: Glance, kept: string): { readonly mean: number; readonly worst: number } {
  const apart = glance.map((value, at) => Math.abs(value - Number.parseInt(kept.slice(2 * at, 2 * at + 2), 16)));
  return { mean: apart.reduce((sum, one) => sum + one, 0) / apart.length, worst: Math.max(...apart) };
}
