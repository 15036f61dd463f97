/*
 * The process that samples a part of a video and looks for standing text, started by scan-video.ts with one argument,
 * the path of a JSON file (ScanPlan). It says `second <number done>` on standard output as it goes, then a line of
 * JSON for each sighting, and at the end {"done": true} or {"failed": a sentence}.
 */
import { readFile } from 'node:fs/promises';
import type { ScanPlan } from './scan-plan.ts';
import { scanSamples } from './scan-samples.ts';

const [path] = process.argv.slice(2);
const say = (line: string): boolean => process.stdout.write(`${line}\n`);
try {
  const plan = JSON.parse(await readFile(path ?? '', 'utf8')) as ScanPlan;
  const sightings = await scanSamples(plan, (done) => say(`second ${done}`));
  for (const sighting of sightings) say(JSON.stringify({ sighting }));
  say(JSON.stringify({ done: true }));
} catch (error) {
  say(JSON.stringify({ failed: error instanceof Error ? error.message : String(error) }));
  process.exitCode = 1;
}
