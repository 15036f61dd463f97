import { copyFile, mkdir } from 'node:fs/promises';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { pocketSphinx } from '../../src/engines/asr/pocketsphinx.ts';
import type { AsrEngine } from '../../src/engines/asr/asr-engine.ts';
import type { AccountId } from '../../src/jobs/account.ts';
import { JobHints } from '../../src/jobs/job-hints.ts';
import { openFolderStore } from '../../src/objects/folder-store.ts';
import { ResultFiles } from '../../src/objects/result-files.ts';
import { asrPipeline } from '../../src/pipelines/asr-pipeline.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { HEARTBEAT_TIMES } from '../../src/worker/heartbeat.ts';
import { POLL_TIMES, Worker } from '../../src/worker/worker.ts';

/**
 * A worker in a process of its own, which recognizes the one job of the store in short groups of speech. Writes a
 * line for each group that the engine begins: the second where it begins. Whoever started it may kill it then. Ends on
 * SIGTERM, or when the job is Finished.
 */
const [folder = '', account = '', groupSeconds = ''] = process.argv.slice(2);

const plain = { seal: (_context: string, text: string) => text, open: (_context: string, text: string) => text };
const store = openSqliteStore({ path: join(folder, 'jobs.db'), clock: systemClock, seal: plain });
const objects = await openFolderStore(join(folder, 'objects'));
const scratchRoot = join(folder, 'scratch');
await mkdir(scratchRoot, { recursive: true });

const sphinx = pocketSphinx();
const engine: AsrEngine = {
  ...sphinx,
  recognize: (request) => {
    writeSync(1, `${request.speech[0]?.from}\n`);
    return sphinx.recognize(request);
  },
};
const pipeline = asrPipeline({
  fetchInput: async (_account, input, path) => {
    await copyFile(input, path);
    return { kind: 'fetched', bytes: 0 };
  },
  media: {},
  engines: [engine],
  resultFiles: new ResultFiles(objects),
  groupSeconds: Number(groupSeconds),
});
const worker = new Worker(
  {
    ...{ jobs: store.jobs, pipelines: [pipeline], clock: systemClock, log: silentLogger, hints: new JobHints() },
    ...{ times: HEARTBEAT_TIMES, scratchRoot },
  },
  { name: 'doomed', slots: 1, graceMs: 0, poll: POLL_TIMES },
);

const stopped = new Promise<void>((resolve) => process.once('SIGTERM', () => resolve()));
const finished = async (): Promise<void> => {
  while ((await store.jobs.count(account as AccountId, { state: 'Finished' })) === 0) await pause(50);
};
await Promise.race([stopped, finished()]);
await worker.stop();
await store.close();
process.exit(0);
