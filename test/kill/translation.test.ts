import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import type { AccountId } from '../../src/jobs/account.ts';
import type { JobId } from '../../src/jobs/job-id.ts';
import { reservingParameter } from '../../src/jobs/job-media.ts';
import type { SmartJob } from '../../src/jobs/smart-job.ts';
import { parseSubtitles } from '../../src/engines/subtitles/parse-subtitles.ts';
import { openSqliteStore, type SqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { sampleVideo, secondsOf } from '../translation/sample-video.ts';

const ACCOUNT = '1084506228123456' as AccountId;
const WORKER = fileURLToPath(new URL('translation-worker.ts', import.meta.url));
/** The steps of the job, in the order in which they begin. */
const STEPS = [
  ...['Fetching the input', 'Reading the format', 'Finding speech', 'Recognizing speech'],
  ...['Reading text in the picture', 'Cutting into lines', 'Translating into es', 'Speaking es', 'Making es'],
  'Writing the result',
];
/** Each step is hit once in an ordinary run; more often where many kills are asked for. */
const ROUNDS = Math.max(1, Math.round(Number(process.env['KILLS'] ?? 1) / 10));
/** Milliseconds behind the beginning of the step, at most, from the second round on. */
const LATER = 1500;

let folder: string;
let calm: Map<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smartjobs-translation-'));
  await sampleVideo(join(folder, 'talk.mp4'), { names: ['0880', '0930'] });
  calm = await undisturbed();
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

function open(home: string): SqliteStore {
  const plain = { seal: (_context: string, text: string) => text, open: (_context: string, text: string) => text };
  return openSqliteStore({ path: join(home, 'jobs.db'), clock: systemClock, seal: plain });
}

async function submit(home: string): Promise<JobId> {
  const store = open(home);
  const address = 'oss://movies/talk-es.mp4';
  const { mediaId } = await store.media.reserve(ACCOUNT, {
    ...{ inputUrl: address, address, mediaType: 'video', title: '', userData: '' },
  });
  const video = join(folder, 'talk.mp4');
  const { id } = await store.jobs.submit(ACCOUNT, {
    ...{ type: 'VideoTranslation', title: '', description: '', userData: '', keyword: '', editingConfig: '' },
    ...{ inputFile: video, outputBucket: 'movies', outputObject: 'talk-es.mp4' },
    parameters: {
      InputConfig: JSON.stringify({ Type: 'Video', Video: video }),
      OutputConfig: JSON.stringify({ MediaURL: address }),
      EditingConfig: JSON.stringify({ SourceLanguage: 'en', TargetLanguage: 'es', NeedSpeechTranslate: true }),
      ...reservingParameter([mediaId]),
    },
  });
  await store.close();
  return id;
}

/** Resolves with what the worker said it did. @param killAt the step at whose beginning, or so much later, it dies */
async function runWorker(home: string, killAt = '', later = 0): Promise<string[]> {
  const args = ['--import', 'tsx', WORKER, home, ACCOUNT, killAt, String(later)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  const ended = once(child, 'close');
  createInterface({ input: child.stdout }).on('line', (line) => said.push(line));
  await ended;
  return said;
}

/** A job that lost too many workers is failed; it goes on where it was when it is retried. */
async function alive(home: string, id: JobId): Promise<SmartJob> {
  const store = open(home);
  const job = await store.jobs.get(ACCOUNT, id);
  if (job?.state === 'Failed' && job.failure.code === 'WorkerLost') await store.jobs.retry(ACCOUNT, id);
  const now = await store.jobs.get(ACCOUNT, id);
  await store.close();
  if (now === undefined) throw new Error('the job is gone');
  return now;
}

/** What a job has made that nothing disturbs: by the names of its objects. */
async function undisturbed(): Promise<Map<string, string>> {
  const home = await mkdtemp(join(folder, 'calm-'));
  await submit(home);
  await runWorker(home, undefined);
  return await digestsOf(home);
}

async function digestsOf(home: string): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const name of (await objectsOf(home)).toSorted()) {
    const bytes = await readFile(join(home, 'objects', 'movies', name));
    digests.set(name, createHash('sha256').update(bytes).digest('hex'));
  }
  return digests;
}

async function objectsOf(home: string): Promise<string[]> {
  const names = await readdir(join(home, 'objects', 'movies')).catch(() => []);
  return names.filter((name) => name.startsWith('talk'));
}

test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
  'a translation whose workers are killed at each step finishes once, does nothing twice that was done, and makes the same (round %i)',
  async (round) => {
    const home = await mkdtemp(join(folder, 'home-'));
    const id = await submit(home);
    const said: string[] = [];
    for (const step of STEPS) {
      const later = round === 0 ? 0 : Math.random() * LATER;
      let run: string[];
      do {
        if ((await alive(home, id)).state === 'Finished') break;
        run = await runWorker(home, step, later);
        said.push(...run);
      } while (!run.includes(`step ${step}`));
      // What the caller named is there whole, or not at all.
      const there = (await objectsOf(home)).filter((name) => name.endsWith('.mp4'));
      const lengths = await Promise.all(there.map((name) => secondsOf(join(home, 'objects', 'movies', name))));
      expect(lengths.filter((seconds) => seconds < 5)).toEqual([]);
    }
    while (['Created', 'Executing'].includes((await alive(home, id)).state)) said.push(...(await runWorker(home)));

    const job = await alive(home, id);
    expect(job).toMatchObject({ state: 'Finished' });
    const done = said.filter((line) => !line.startsWith('step '));
    const most = round === 0 ? 0 : STEPS.length;
    expect(done.filter((line) => line === 'recognized').length).toBeLessThanOrEqual(1 + most);
    expect(done.filter((line) => line === 'translated').length).toBeLessThanOrEqual(1 + most);
    const spoken = done.filter((line) => line.startsWith('spoken '));
    expect(new Set(spoken).size).toBeGreaterThanOrEqual(2);
    expect(spoken.length).toBeLessThanOrEqual(new Set(spoken).size + most);
    const made = await digestsOf(home);
    expect([...made.keys()]).toEqual([...['talk-es.bilingual.srt', 'talk-es.mp4', 'talk-es.srt', 'talk-es.wav']]);
    expect(made).toEqual(calm);
    const subtitle = parseSubtitles(await readFile(join(home, 'objects', 'movies', 'talk-es.srt')));
    expect(subtitle.kind).toBe('parsed');
    const source = await secondsOf(join(folder, 'talk.mp4'));
    expect(await secondsOf(join(home, 'objects', 'movies', 'talk-es.mp4'))).toBeCloseTo(source, 1);
    const kept = await readdir(join(home, 'objects', `smartjobs-results-${ACCOUNT}`), { recursive: true });
    expect(kept.filter((name) => /work\/.*\d{6}$/.test(name))).toEqual([]);
  },
  600_000,
);
