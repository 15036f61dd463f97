import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { readPcmWav } from '../../src/engines/tts/audio/pcm-wav.ts';
import type { AccountId } from '../../src/jobs/account.ts';
import type { FinishedJob } from '../../src/jobs/smart-job.ts';
import { openSqliteStore, type SqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';

const ACCOUNT = '1084506228123456' as AccountId;
const WORKER = fileURLToPath(new URL('speech-worker.ts', import.meta.url));
const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
const SENTENCES = NUMBERS.map((number) => `This is the sentence with the number ${number}.`);
/** At the beginning of which chunk of its own the worker is killed; then one runs to the end. */
const KILLS = [3, 2];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smartjobs-speech-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function open(): SqliteStore {
  const plain = { seal: (_context: string, text: string) => text, open: (_context: string, text: string) => text };
  return openSqliteStore({ path: join(folder, 'jobs.db'), clock: systemClock, seal: plain });
}

/** Resolves with what the worker began to say. */
async function runWorker(killAt: number | undefined): Promise<string[]> {
  const args = ['--import', 'tsx', WORKER, folder, ACCOUNT];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const begun: string[] = [];
  const ended = once(child, 'close');
  createInterface({ input: child.stdout }).on('line', (line) => {
    begun.push(line);
    if (begun.length === killAt) child.kill('SIGKILL');
  });
  await ended;
  return begun;
}

test('a text whose workers are killed is spoken chunk by chunk, each lost one again, and written once', async () => {
  const store = open();
  const address = 'oss://speech/numbers.wav';
  const texts = { title: '', userData: '' };
  const { mediaId } = await store.media.reserve(ACCOUNT, {
    ...{ inputUrl: address, address, mediaType: 'audio', ...texts },
  });
  const { id } = await store.jobs.submit(ACCOUNT, {
    ...{ type: 'TextToSpeech', ...texts, description: '', keyword: '', inputFile: SENTENCES.join(' ') },
    ...{ editingConfig: '{"format":"WAV"}', outputBucket: 'speech', outputObject: 'numbers.wav' },
    parameters: { MediaId: mediaId, Overwrite: 'false' },
  });
  await store.close();

  const runs: string[][] = [];
  for (const killAt of KILLS) runs.push(await runWorker(killAt));
  await expect(readdir(join(folder, 'objects', 'speech'))).rejects.toThrow('ENOENT');
  runs.push(await runWorker(undefined));

  const [first = [], second = [], third = []] = runs;
  expect(first).toEqual(SENTENCES.slice(0, 3));
  expect(second).toEqual(SENTENCES.slice(2, 4));
  expect(third).toEqual(SENTENCES.slice(3));

  const again = open();
  const job = (await again.jobs.get(ACCOUNT, id)) as FinishedJob;
  const media = await again.media.get(ACCOUNT, { mediaId });
  await again.close();
  expect(job.state).toBe('Finished');
  const sentences = JSON.parse(job.result.aiResult) as { content: string; from: number; to: number }[];
  expect(sentences.map(({ content }) => content)).toEqual(SENTENCES);
  const pcm = await readPcmWav(join(folder, 'objects', 'speech', 'numbers.wav'));
  const seconds = (pcm?.samples.length ?? 0) / (pcm?.sampleRate ?? 1);
  expect(media).toMatchObject({ status: 'Normal', duration: expect.closeTo(seconds, 2) });
  const kept = await readdir(join(folder, 'objects', `smartjobs-results-${ACCOUNT}`), { recursive: true });
  expect(kept.filter((name) => name.startsWith('work/') && /\d{6}$/.test(name))).toEqual([]);
}, 120_000);
