/**
 * How fast chart videos are made: `node --expose-gc --import tsx bench/chart-speed.ts [rounds]`. Clips of 20 seconds
 * at 1280 x 720, 30 frames a second, 2,000 kbit/s. Three ways: drawing (with reading and turning the pixels), encoding
 * (ready frames from a file), and both together as jobs do, in one part and in two. `x` is how much faster than the
 * clip plays; processor time a frame is what a busy machine cannot falsify.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { CHART_TYPES, type ChartRequest, type ChartType } from '../src/engines/chart/chart-request.ts';
import { encoderArguments } from '../src/engines/chart/encoder-arguments.ts';
import { planeWriter } from '../src/engines/chart/planes.ts';
import { renderChart } from '../src/engines/chart/render-chart.ts';
import { composeScene } from '../src/engines/chart/scene.ts';
import { sampleChart } from '../test/charts/sample-charts.ts';
import { machine, median, rounded, saveResult } from './figures.ts';
import { treeMemory } from './process-tree.ts';

const ROUNDS = Number(process.argv[2] ?? 3);
const BITRATE = 2000;
const SIZE = { width: 1280, height: 720, frameRate: 30 };
const DOCUMENTED = new Set<ChartType>(['Line', 'Histogram', 'Pie']);
const SAMPLE_MS = 250;

type Timed = { readonly x: number; readonly cpuMsPerFrame: number };

/** Of this process and of those that it has waited for, in milliseconds (ticks of 10 ms). */
function processorTime(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
  return [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]) * 10, 0);
}

async function timed(frames: number, work: () => Promise<void>): Promise<Timed> {
  const [cpu, start] = [processorTime(), performance.now()];
  await work();
  const seconds = (performance.now() - start) / 1000;
  return {
    x: rounded(frames / SIZE.frameRate / seconds, 2),
    cpuMsPerFrame: rounded((processorTime() - cpu) / frames, 2),
  };
}

/** As draw-segment.ts does, without a pipe. @param raw where the frames go; absent = nowhere */
async function draw(request: ChartRequest, raw?: string): Promise<number> {
  const scene = composeScene(request);
  const writer = planeWriter(request.width, request.height);
  const file = raw === undefined ? undefined : openSync(raw, 'w');
  for (let frame = 0; frame < scene.frames; frame += 1) {
    if (!scene.repeats(frame)) {
      scene.draw(frame);
      writer.update(scene.canvas.data());
    }
    if (file !== undefined) writeSync(file, writer.planes);
    if (frame % 2 === 0) globalThis.gc?.({ type: 'minor', execution: 'sync' } as never);
    await turn();
  }
  if (file !== undefined) closeSync(file);
  return scene.frames;
}

async function encode(raw: string, video: string): Promise<void> {
  const input = openSync(raw, 'r');
  const args = encoderArguments({ ...SIZE, bitrate: BITRATE }, video);
  const child = spawn('ffmpeg', args, { stdio: [input, 'ignore', 'inherit'] });
  await once(child, 'close');
  closeSync(input);
}

type Both = Timed & { readonly peakTreeMb: number };

/** The memory is that of the processes which the work starts, this one not counted. */
async function both(request: ChartRequest, folder: string, lanes: number, frames: number): Promise<Both> {
  const scratch = await mkdtemp(join(folder, 'video-'));
  const own = treeMemory(process.pid);
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, treeMemory(process.pid) - own)), SAMPLE_MS);
  const { signal } = new AbortController();
  const asked = { request, bitrate: BITRATE, poster: true, gif: false, lanes };
  const result = await timed(frames, async () => {
    const outcome = await renderChart({ ...asked, scratch, signal, onProgress: () => undefined }, {});
    if (outcome.kind !== 'rendered') throw new Error(JSON.stringify(outcome));
  });
  clearInterval(watch);
  await rm(scratch, { recursive: true });
  return { ...result, peakTreeMb: Math.round(peak) };
}

function middle(rounds: readonly Timed[]): Timed {
  return {
    x: median(rounds.map(({ x }) => x)),
    cpuMsPerFrame: rounded(median(rounds.map(({ cpuMsPerFrame }) => cpuMsPerFrame)), 2),
  };
}

async function measure(type: ChartType, folder: string, rounds: number): Promise<Record<string, unknown>> {
  const request = sampleChart(type, 'Normal');
  const raw = join(folder, 'frames.raw');
  const frames = await draw({ ...request, duration: 10_000 }, raw);
  const runs: Record<'drawing' | 'encoding', Timed[]> & Record<'inOnePart' | 'inTwoParts', Both[]> = {
    drawing: [],
    encoding: [],
    inOnePart: [],
    inTwoParts: [],
  };
  const all = frames * 2;
  for (let round = 0; round < rounds; round += 1) {
    runs.drawing.push(await timed(all, async () => void (await draw(request))));
    runs.encoding.push(await timed(frames, async () => await encode(raw, join(folder, 'encoded.mp4'))));
    runs.inOnePart.push(await both(request, folder, 1, all));
    runs.inTwoParts.push(await both(request, folder, 2, all));
  }
  const whole = (some: readonly Both[]): object => ({
    ...middle(some),
    worstX: Math.min(...some.map(({ x }) => x)),
    peakTreeMb: Math.max(...some.map(({ peakTreeMb }) => peakTreeMb)),
  });
  return {
    drawing: middle(runs.drawing),
    encoding: middle(runs.encoding),
    both: { inOnePart: whole(runs.inOnePart), inTwoParts: whole(runs.inTwoParts) },
  };
}

/** Memory must not grow with the length. */
async function lengths(folder: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const seconds of [10, 60, 180]) {
    const request = sampleChart('Line', 'Normal', { duration: seconds * 1000 });
    found[`${seconds}s`] = (await both(request, folder, 1, seconds * SIZE.frameRate)).peakTreeMb;
  }
  return found;
}

const folder = await mkdtemp(join(tmpdir(), 'chart-speed-'));
const results: Record<string, unknown> = {};
for (const type of CHART_TYPES) {
  results[type] = await measure(type, folder, DOCUMENTED.has(type) ? ROUNDS : 1);
  process.stdout.write(`${type} ${JSON.stringify(results[type])}\n`);
}
const memory = await lengths(folder);
await rm(folder, { recursive: true, force: true });
saveResult('chart-speed', {
  machine: machine(),
  clip: { ...SIZE, seconds: 20, bitrateKbps: BITRATE, rounds: ROUNDS },
  goal: { x: 2, peakTreeMb: 600 },
  results,
  peakTreeMbByLength: memory,
});
