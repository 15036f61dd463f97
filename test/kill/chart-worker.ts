import { writeSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import type { AccountId } from '../../src/jobs/account.ts';
import { JobHints } from '../../src/jobs/job-hints.ts';
import { openFolderStore } from '../../src/objects/folder-store.ts';
import { WorkFiles } from '../../src/objects/work-files.ts';
import { chartPipeline } from '../../src/pipelines/chart-pipeline.ts';
import type { ChartParts } from '../../src/pipelines/chart-work.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { POLL_TIMES, Worker } from '../../src/worker/worker.ts';

/**
 * A worker in a process of its own, which draws the jobs of the store in segments of a second. Writes the number of
 * each segment that is to be kept. At the number given it stops keeping, while the next segments are drawn on, and
 * whoever started it is to kill it. Ends when so many jobs are Finished.
 */
const [folder = '', account = '', jobs = '', haltAt = ''] = process.argv.slice(2);

const plain = { seal: (_context: string, text: string) => text, open: (_context: string, text: string) => text };
const store = openSqliteStore({ path: join(folder, 'jobs.db'), clock: systemClock, seal: plain });
const objects = await openFolderStore(join(folder, 'objects'));
const scratchRoot = join(folder, 'scratch');
await mkdir(scratchRoot, { recursive: true });

const workFiles = new WorkFiles(objects);
const told: ChartParts['workFiles'] = {
  fetch: workFiles.fetch.bind(workFiles),
  remove: workFiles.remove.bind(workFiles),
  keep: async (owner, id, index, path) => {
    writeSync(1, `${index}\n`);
    if (String(index) === haltAt) await new Promise(() => undefined);
    return await workFiles.keep(owner, id, index, path);
  },
};
const copy: ChartParts['fetchSpreadsheet'] = async (_account, input, path) => {
  await copyFile(input, path);
  return { kind: 'fetched', bytes: 0 };
};
const pipeline = chartPipeline({
  ...{ fetchSpreadsheet: copy, fetchImage: copy, media: {}, objects, workFiles: told },
  ...{ mediaIds: store.media, segmentSeconds: 1 },
});
const worker = new Worker(
  {
    ...{ jobs: store.jobs, pipelines: [pipeline], clock: systemClock, log: silentLogger, hints: new JobHints() },
    // A lease that is lost soon, so that the next worker need not wait for it.
    ...{ times: { leaseMs: 2000, renewMs: 500, checkMs: 200 }, scratchRoot },
  },
  { name: 'doomed', slots: 1, graceMs: 0, poll: POLL_TIMES },
);
while ((await store.jobs.count(account as AccountId, { state: 'Finished' })) < Number(jobs)) await pause(50);
await worker.stop();
await store.close();
process.exit(0);
