/**
 * How long the built server takes from its process's start to the ready line, and how much memory it holds when
 * idle: `npx tsx bench/start-up.ts`. First starts make keys and schema; later starts find them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const RUNS = 7;
const IDLE_MS = 3_000;
const SMARTJOBS = fileURLToPath(new URL('../bin/smartjobs.js', import.meta.url));
const RESULT = fileURLToPath(new URL('results/start-up.json', import.meta.url));

type Run = { readonly readyMs: number; readonly idleRssMb: number };

async function run(dataDir: string): Promise<Run> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [SMARTJOBS, 'serve'], {
    env: { ...process.env, SMARTJOBS_PORT: '0', SMARTJOBS_OBJECTS_PORT: '0', SMARTJOBS_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(createInterface({ input: child.stdout }), 'line');
  const readyMs = Math.round(performance.now() - startedAt);
  await pause(IDLE_MS);
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  return { readyMs, idleRssMb: Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024) };
}

function middle(values: readonly number[]): { min: number; median: number; max: number } {
  const sorted = values.toSorted((a, b) => a - b);
  return { min: sorted[0] ?? 0, median: sorted[sorted.length >> 1] ?? 0, max: sorted.at(-1) ?? 0 };
}

const dataDir = await mkdtemp(join(tmpdir(), 'smartjobs-bench-'));
const first = await run(dataDir);
const later: Run[] = [];
for (let n = 0; n < RUNS; n += 1) later.push(await run(dataDir));
await rm(dataDir, { recursive: true, force: true });

const result = {
  measuredAt: new Date().toISOString().slice(0, 10),
  node: process.version,
  cores: availableParallelism(),
  firstStart: first,
  laterStarts: {
    runs: RUNS,
    readyMs: middle(later.map(({ readyMs }) => readyMs)),
    idleRssMb: middle(later.map(({ idleRssMb }) => idleRssMb)),
  },
};
await writeFile(RESULT, `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify(result, null, 2));
