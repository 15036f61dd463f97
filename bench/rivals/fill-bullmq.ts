import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import SQLite from 'better-sqlite3';
import { creationTime, type JobId } from '../../src/jobs/job-id.ts';
import type { JobState } from '../../src/jobs/job-state.ts';
import type { ListedJob } from '../../src/jobs/listed-job.ts';

const BATCH = 2_000;

/** Where BullMQ keeps a job by its state: a list of ids, or a sorted set by time. */
export const BULLMQ_STATES = {
  Created: 'waiting',
  Executing: 'active',
  Finished: 'completed',
  Failed: 'failed',
} as const satisfies Record<JobState, string>;

/**
 * The jobs of a store as BullMQ keeps them, a queue for each type. Written as its scripts write them, since running
 * a million jobs takes an hour; that BullMQ itself reads them back is checked.
 * @returns how many jobs
 */
export async function fillBullmq(storePath: string, account: string, port: number): Promise<number> {
  const redis = new Redis({ host: '127.0.0.1', port });
  const store = new SQLite(storePath, { readonly: true });
  const jobs = store.prepare('SELECT listed FROM smart_job').pluck().iterate() as Iterable<string>;
  let count = 0;
  let pipeline = redis.pipeline();
  for (const listed of jobs) {
    const job = JSON.parse(listed) as ListedJob;
    if (String(job.UserId) !== account) continue;
    addJob(pipeline, job);
    count += 1;
    if (count % BATCH === 0) {
      await pipeline.exec();
      pipeline = redis.pipeline();
    }
  }
  await pipeline.exec();
  store.close();
  await redis.quit();
  await checkReadable(port);
  return count;
}

type Pipeline = ReturnType<Redis['pipeline']>;

function addJob(pipeline: Pipeline, { JobId, ...data }: ListedJob): void {
  const prefix = `bull:${data.JobType}:`;
  const createdAt = creationTime(JobId as JobId);
  const ended = createdAt + 60_000;
  const fields: Record<string, string> = {
    name: data.JobType,
    data: JSON.stringify(data),
    opts: '{"attempts":3}',
    timestamp: String(createdAt),
    delay: '0',
    priority: '0',
  };
  const state = BULLMQ_STATES[data.JobState as JobState];
  if (state !== 'waiting') Object.assign(fields, { processedOn: String(createdAt + 1_000), ats: '1', atm: '1' });
  if (state === 'completed') Object.assign(fields, { finishedOn: String(ended), returnvalue: 'null' });
  if (state === 'failed') {
    Object.assign(fields, { finishedOn: String(ended), failedReason: 'No human voice was found.' });
  }
  pipeline.hset(prefix + JobId, fields);
  if (state === 'waiting') pipeline.lpush(`${prefix}wait`, JobId);
  else if (state === 'active') pipeline.lpush(`${prefix}active`, JobId);
  else pipeline.zadd(prefix + state, ended, JobId);
}

async function checkReadable(port: number): Promise<void> {
  const queue = new Queue('ASR', { connection: { host: '127.0.0.1', port } });
  for (const state of Object.values(BULLMQ_STATES)) {
    const [job] = await queue.getJobs([state], 0, 0);
    if (job?.data === undefined || (await job.getState()) !== state) {
      throw new Error(`BullMQ does not read the ${state} jobs back.`);
    }
  }
  await queue.close();
}
