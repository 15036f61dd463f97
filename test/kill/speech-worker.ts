import { writeSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { flite } from '../../src/engines/tts/flite/flite.ts';
import type { TtsEngine } from '../../src/engines/tts/tts-engine.ts';
import type { AccountId } from '../../src/jobs/account.ts';
import { JobHints } from '../../src/jobs/job-hints.ts';
import { openFolderStore } from '../../src/objects/folder-store.ts';
import { ResultFiles } from '../../src/objects/result-files.ts';
import { WorkFiles } from '../../src/objects/work-files.ts';
import { ttsPipeline } from '../../src/pipelines/tts-pipeline.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { POLL_TIMES, Worker } from '../../src/worker/worker.ts';

/**
 * A worker in a process of its own, which speaks the one job of the store. Writes a line for each chunk that the engine
 * begins: what it is to say. Whoever started it may kill it then. Ends when the job is Finished.
 */
const [folder = '', account = ''] = process.argv.slice(2);

const plain = { seal: (_context: string, text: string) => text, open: (_context: string, text: string) => text };
const store = openSqliteStore({ path: join(folder, 'jobs.db'), clock: systemClock, seal: plain });
const objects = await openFolderStore(join(folder, 'objects'));
const scratchRoot = join(folder, 'scratch');
await mkdir(scratchRoot, { recursive: true });

const engine: TtsEngine = {
  ...flite(),
  synthesize: (request) => {
    writeSync(1, `${request.spoken.map(({ text }) => text).join('')}\n`);
    return flite().synthesize(request);
  },
};
const pipeline = ttsPipeline({
  synthesis: { voices: await engine.voices(), engineOf: () => engine },
  media: {},
  objects,
  workFiles: new WorkFiles(objects),
  resultFiles: new ResultFiles(objects),
  mediaIds: store.media,
});
const worker = new Worker(
  {
    ...{ jobs: store.jobs, pipelines: [pipeline], clock: systemClock, log: silentLogger, hints: new JobHints() },
    // A lease that is lost soon, so that the next worker need not wait for it.
    ...{ times: { leaseMs: 2000, renewMs: 500, checkMs: 200 }, scratchRoot },
  },
  { name: 'doomed', slots: 1, graceMs: 0, poll: POLL_TIMES },
);
while ((await store.jobs.count(account as AccountId, { state: 'Finished' })) === 0) await pause(50);
await worker.stop();
await store.close();
process.exit(0);
