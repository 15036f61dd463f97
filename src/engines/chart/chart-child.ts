/*
 * The process that draws frames and pipes them into an ffmpeg of its own, started by drawing-process.ts with one
 * argument, the path of a JSON file (ChartDrawing). Each line of its standard output is a DrawingNews. Fonts and
 * background pictures are read by native code, which may crash; it takes only this process with it.
 */
import { readFile } from 'node:fs/promises';
import { drawSegments, type ChartDrawing, type DrawingNews } from './draw-segments.ts';

const [path] = process.argv.slice(2);
const tell = (news: DrawingNews): void => void process.stdout.write(`${JSON.stringify(news)}\n`);
try {
  await drawSegments(JSON.parse(await readFile(path ?? '', 'utf8')) as ChartDrawing, tell);
} catch (error) {
  tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
}
