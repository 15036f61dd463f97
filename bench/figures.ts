import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

/** What a figure has to be read with. */
export function machine(): Record<string, string | number | undefined> {
  return {
    measuredAt: new Date().toISOString().slice(0, 16),
    node: process.version,
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    kernel: release(),
    loadAverage: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] = [sorted[middle - (sorted.length % 2 === 0 ? 1 : 0)], sorted[middle]];
  return (low + high) / 2;
}

export function rounded(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}

/** Numbers from 0 to 1, the same at every run (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = Math.imul(1, state + 0x6d2b79f5);
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Into bench/results. */
export function saveResult(name: string, result: object): void {
  const file = fileURLToPath(new URL(`results/${name}.json`, import.meta.url));
  writeFileSync(file, JSON.stringify(result).replaceAll('{"size"', '\n{"size"'));
  // Formatted as all files are; rows that fit into a line stay in one.
  execFileSync('npx', ['prettier', '--log-level=warn', '--write', file]);
  console.log(`written: bench/results/${name}.json`);
}
