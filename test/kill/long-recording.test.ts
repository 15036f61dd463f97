import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import type { AccountId } from '../../src/jobs/account.ts';
import type { FinishedJob } from '../../src/jobs/smart-job.ts';
import type { Transcript } from '../../src/pipelines/transcript.ts';
import { openSqliteStore, type SqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { makeLongSpeech } from '../speech/long-speech.ts';

const ACCOUNT = '1084506228123456' as AccountId;
const WORKER = fileURLToPath(new URL('long-job-worker.ts', import.meta.url));
const SECONDS = 125;
const GROUP_SECONDS = '15';
/** At the beginning of which group the worker is ended, and how; then it runs to the end. */
const ENDS = [
  [2, 'SIGTERM'],
  [3, 'SIGKILL'],
] as const;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smartjobs-long-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function open(): SqliteStore {
  const plain = { seal: (_context: string, text: string) => text, open: (_context: string, text: string) => text };
  return openSqliteStore({ path: join(folder, 'jobs.db'), clock: systemClock, seal: plain });
}

/** Resolves with the groups that the worker began. */
async function runWorker(
  endAt: number | undefined,
  end: (child: ChildProcess) => void = () => undefined,
): Promise<string[]> {
  const args = ['--import', 'tsx', WORKER, folder, ACCOUNT, GROUP_SECONDS];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const begun: string[] = [];
  const ended = once(child, 'close');
  createInterface({ input: child.stdout }).on('line', (line) => {
    begun.push(line);
    if (begun.length === endAt) end(child);
  });
  await ended;
  return begun;
}

test('a recording whose workers are stopped and killed is recognized group by group, each lost one again', async () => {
  const wav = join(folder, 'long.wav');
  const spoken = await makeLongSpeech(wav, SECONDS);
  const store = open();
  const texts = { title: '', description: '', userData: '', editingConfig: '', keyword: '' };
  const { id } = await store.jobs.submit(ACCOUNT, {
    ...{ type: 'ASR', ...texts, inputFile: wav, outputBucket: '', outputObject: '', parameters: {} },
  });
  await store.close();

  const runs: string[][] = [];
  for (const [at, signal] of ENDS) runs.push(await runWorker(at, (child) => child.kill(signal)));
  runs.push(await runWorker(undefined));

  const begun = runs.flat();
  const groups = new Set(begun);
  expect(groups.size).toBeGreaterThanOrEqual(6);
  // Each run takes up where the one before it was interrupted: what was under way then is all that is done twice.
  expect(begun.length).toBe(groups.size + ENDS.length);
  for (const [index, run] of runs.slice(1).entries()) expect(run[0]).toBe(runs[index]?.at(-1));
  expect([...groups]).toEqual([...groups].toSorted((a, b) => Number(a) - Number(b)));

  const again = open();
  const job = (await again.jobs.get(ACCOUNT, id)) as FinishedJob;
  await again.close();
  expect(job.attempts).toBe(2);
  const file = join(folder, 'objects', `smartjobs-results-${ACCOUNT}`, id, 'transcript.json');
  const { segments } = JSON.parse(await readFile(file, 'utf8')) as Transcript;
  const words = segments.flatMap((segment) => segment.words);
  expect(words.length / spoken.words).toBeGreaterThan(0.8);
  expect(words.length / spoken.words).toBeLessThan(1.2);
  for (const [index, word] of words.entries())
    expect(word.from).toBeGreaterThanOrEqual(words[index - 1]?.from ?? 0);
  expect(words.at(-1)?.to).toBeGreaterThan(spoken.seconds - 10);
  const told = segments.map(({ content, from, to }) => ({ content, from, to }));
  expect(job.result).toMatchObject({ aiResult: JSON.stringify(told), details: { Engine: 'PocketSphinx' } });
}, 240_000);
