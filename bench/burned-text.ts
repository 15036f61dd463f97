/*
 * What reading burned-in subtitles costs per minute of video: `npx tsx bench/burned-text.ts [minutes]`. Makes a video
 * of 1280 x 720 at 25 pictures a second whose background moves, with a line every three seconds, and reads it with the
 * place given and with 'Auto'. Prints one JSON object; processor seconds are those of all processes.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { editDistance } from '../src/engines/edit-distance.ts';
import { readBurnedText } from '../src/engines/ocr/read-burned-text.ts';
import { tesseract } from '../src/engines/ocr/tesseract.ts';

const minutes = Number(process.argv[2] ?? '2');
const seconds = minutes * 60;
const folder = mkdtempSync(join(tmpdir(), 'bench-burned-'));
const WORDS = 'the old harbour was quiet that evening and nobody spoke while rain fell on empty boats again'.split(
  ' ',
);

function lineOf(index: number): string {
  const words = Array.from({ length: 6 }, (_, at) => WORDS[(index * 5 + at * 3) % WORDS.length] ?? '');
  return `${words.join(' ')}.`;
}

function clock(at: number): string {
  return `${Math.floor(at / 3600)}:${String(Math.floor(at / 60) % 60).padStart(2, '0')}:${(at % 60).toFixed(2).padStart(5, '0')}`;
}

const lines = Array.from({ length: Math.floor(seconds / 3) }, (_, index) => lineOf(index));
const events = lines.map(
  (text, index) => `Dialogue: 0,${clock(index * 3 + 0.2)},${clock(index * 3 + 2.8)},S,,0,0,0,,${text}`,
);
writeFileSync(
  join(folder, 'lines.ass'),
  [
    ...['[Script Info]', 'ScriptType: v4.00+', 'PlayResX: 640', 'PlayResY: 360', '[V4+ Styles]'],
    'Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, BorderStyle, Outline, Alignment, MarginV',
    ...['Style: S,DejaVu Sans,20,&H00FFFFFF,&H00000000,1,2,2,14', '[Events]'],
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    ...events,
  ].join('\n'),
);
const source = 'testsrc2=s=1280x720:r=25,boxblur=6:1,scroll=h=0.004:v=0.002,noise=alls=6:allf=t';
const video = ['-f', 'lavfi', '-i', source, '-t', String(seconds), '-vf', 'subtitles=lines.ass'];
const encoder = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '24', '-pix_fmt', 'yuv420p', 'video.mp4'];
execFileSync('ffmpeg', ['-v', 'error', ...video, ...encoder], { cwd: folder });

/** Of this process and all children that have ended, in seconds. */
function processorSeconds(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .map(Number);
  return fields.slice(11, 15).reduce((sum, ticks) => sum + ticks, 0) / 100;
}

async function measure(area: 'Auto' | { x: number; y: number; width: number; height: number }): Promise<object> {
  const [started, used, free] = [performance.now(), processorSeconds(), freeBytes()];
  let least = free;
  const timer = setInterval(() => (least = Math.min(least, freeBytes())), 200);
  const outcome = await readBurnedText(
    {
      ...{ path: join(folder, 'video.mp4'), seconds, width: 1280, height: 720, area, language: 'en' },
      ...{ scratch: folder, signal: new AbortController().signal },
    },
    { media: {}, reader: tesseract() },
  );
  clearInterval(timer);
  if (outcome.kind !== 'read') throw new Error(JSON.stringify(outcome));
  const [was, is] = [lines.join('\n'), outcome.lines.map(({ text }) => text).join('\n')];
  return {
    wallSecondsPerMinute: round((performance.now() - started) / 1000 / minutes),
    processorSecondsPerMinute: round((processorSeconds() - used) / minutes),
    lines: outcome.lines.length,
    wrongCharacters: round(editDistance(is, was) / was.length, 4),
    scratchMegabytes: round((free - least) / 1e6),
  };
}

function freeBytes(): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}

const given = await measure({ x: 0, y: 0.75, width: 1, height: 0.25 });
const auto = await measure('Auto');
process.stdout.write(`${JSON.stringify({ minutes, written: lines.length, given, auto }, undefined, 2)}\n`);
rmSync(folder, { recursive: true });
