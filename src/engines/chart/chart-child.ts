/*
 * The process that draws frames and pipes them into an ffmpeg of its own, started by render-chart.ts with one
 * argument, the path of a JSON file (ChartSegment). It says on standard output `frame <number done>` now and then, and
 * at the end one line of JSON: {"done": …} or {"failed": a sentence}. Fonts and background pictures are read by native
 * code, which may crash; it takes only this process with it.
 */
import { readFile } from 'node:fs/promises';
import { drawSegment, type ChartSegment } from './draw-segment.ts';

const [path] = process.argv.slice(2);
const segment = JSON.parse(await readFile(path ?? '', 'utf8')) as ChartSegment;
try {
  const done = await drawSegment(segment, (frames) => process.stdout.write(`frame ${frames}\n`));
  process.stdout.write(`${JSON.stringify({ done })}\n`);
} catch (error) {
  process.stdout.write(`${JSON.stringify({ failed: error instanceof Error ? error.message : String(error) })}\n`);
  process.exitCode = 1;
}
