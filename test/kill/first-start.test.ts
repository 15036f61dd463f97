import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from '../support/doomed-server.ts';
import { rawCall } from '../support/raw-call.ts';

const SAMPLE = join('samples', 'sense-and-sensibility.wav');
const ASSET = new URL('../../assets/samples/sense-and-sensibility.wav', import.meta.url);

/** What a first start makes, in the order in which it does. Each appearance is a moment to be killed at. */
const STEPS = [
  'master.key',
  'smartjobs.db.lock',
  'smartjobs.db',
  'smartjobs.db-wal',
  'nonces',
  'scratch',
  'objects',
  'credentials.json',
  'objects/samples',
  'objects/samples/%bucket.json',
  'server.json',
] as const;

/** Once in an ordinary run; more where many kills are asked for. */
const ROUNDS = Math.ceil(Number(process.env.KILLS ?? 1) / 200);
/** Milliseconds behind the moment, at most, from the second round on. */
const LATER = 30;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smartjobs-first-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function killedAt(step: string, dataDir: string, delay: number): Promise<void> {
  const doomed = launch(dataDir, { SMARTJOBS_WORKERS: '0' }, () => undefined);
  while (!existsSync(join(dataDir, step))) await turn();
  await pause(delay);
  doomed.child.kill('SIGKILL');
  expect(await doomed.ended).toBeNull();
}

const CASES = Array.from({ length: ROUNDS }, (_, round) => STEPS.map((step) => [step, round] as const)).flat();

test.each(CASES)('a first start killed as %s appears is made good by the next (round %i)', async (step, round) => {
  const dataDir = join(folder, `${round} ${STEPS.indexOf(step)}`);
  await killedAt(step, dataDir, round === 0 ? 0 : Math.random() * LATER);
  const server = launch(dataDir, { SMARTJOBS_WORKERS: '0' }, () => undefined);
  const to = await server.ready;
  if (to === undefined) throw new Error(server.stderr());
  expect((await rawCall(to, 'ListSmartJobs')).status).toBe(200);
  const sample = await readFile(join(dataDir, 'objects', SAMPLE)).catch(() => undefined);
  expect(sample?.equals(await readFile(ASSET))).toBe(true);
  server.child.kill('SIGKILL');
  await server.ended;
});
