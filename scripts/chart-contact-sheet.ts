/**
 * The looks of all charts on one sheet: first, middle and last frame of every type in every style.
 * `npx tsx scripts/chart-contact-sheet.ts [folder]` writes docs/images/chart-styles.webp and the frames that a test
 * compares with (look at the sheet before you keep them), and into the folder, where
 * one is given, a large PNG for each style and for other sizes of video, to look at closely.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createCanvas, type Canvas } from '@napi-rs/canvas';
import {
  CHART_STYLES,
  CHART_TYPES,
  type ChartRequest,
  type ChartStyleName,
} from '../src/engines/chart/chart-request.ts';
import { composeScene } from '../src/engines/chart/scene.ts';
import { goldenFrames, written } from '../test/charts/golden-frames.ts';
import { sampleChart } from '../test/charts/sample-charts.ts';

const SHEET = resolve(import.meta.dirname, '../docs/images/chart-styles.webp');
const GOLDEN = resolve(import.meta.dirname, '../test/charts/golden-frames.json');
const GAP = 6;
/** Seconds: the beginning is shown when the title has come and the values set out; frame 0 is bare paper. */
const FIRST = 1.2;

/** Frames of one video, side by side. @param width of each, in pixels */
function strip(request: ChartRequest, width: number): Canvas {
  const scene = composeScene(request);
  const height = Math.round((width * request.height) / request.width);
  const frames = [Math.round(request.frameRate * FIRST), Math.floor(scene.frames * 0.5), scene.frames - 1];
  const canvas = createCanvas(frames.length * (width + GAP), height + GAP);
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  frames.forEach((frame, at) => {
    scene.draw(frame);
    context.drawImage(scene.canvas, at * (width + GAP), 0, width, height);
  });
  return canvas;
}

function stacked(strips: readonly Canvas[]): Canvas {
  const height = strips.reduce((sum, one) => sum + one.height, 0);
  const canvas = createCanvas(Math.max(...strips.map((one) => one.width)), height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#808080';
  context.fillRect(0, 0, canvas.width, canvas.height);
  let y = 0;
  for (const one of strips) {
    context.drawImage(one, 0, y);
    y += one.height;
  }
  return canvas;
}

function sheetOf(style: ChartStyleName, width: number): Canvas {
  return stacked(CHART_TYPES.map((type) => strip(sampleChart(type, style, { chartStart: 0 }), width)));
}

const sheets = CHART_STYLES.map((style) => sheetOf(style, 240));
const whole = createCanvas(
  sheets.reduce((sum, one) => sum + one.width + GAP, 0),
  sheets[0]?.height ?? 0,
);
let x = 0;
for (const sheet of sheets) {
  whole.getContext('2d').drawImage(sheet, x, 0);
  x += sheet.width + GAP;
}
await mkdir(resolve(SHEET, '..'), { recursive: true });
await writeFile(SHEET, whole.toBuffer('image/webp', 78));

const golden = Object.fromEntries(goldenFrames().map(({ name, glance }) => [name, written(glance)]));
const text = `${JSON.stringify(golden, null, 2)}\n`;
if (text !== (await readFile(GOLDEN, 'utf8'))) {
  await writeFile(GOLDEN, text);
  process.stdout.write('The frames have changed: look at them, and raise EDITION in chart-request.ts.\n');
}

const folder = process.argv[2];
if (folder !== undefined) {
  await mkdir(folder, { recursive: true });
  for (const style of CHART_STYLES) {
    await writeFile(join(folder, `${style}.png`), sheetOf(style, 480).toBuffer('image/png'));
  }
  const sizes = [
    [1080, 1920],
    [800, 680],
    [1920, 1080],
  ] as const;
  for (const [width, height] of sizes) {
    const strips = CHART_TYPES.map((type, at) =>
      strip(sampleChart(type, CHART_STYLES[at % 5] ?? 'Normal', { width, height }), height > width ? 270 : 480),
    );
    await writeFile(join(folder, `${width}x${height}.png`), stacked(strips).toBuffer('image/png'));
  }
}
