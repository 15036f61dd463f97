import SQLite from 'better-sqlite3';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../../base/clock.ts';
import type { AccountId } from '../../../jobs/account.ts';
import { listedJob } from '../../../jobs/listed-job.ts';
import { createJob } from '../../../jobs/smart-job.ts';
import { draft, UNKNOWN_ID } from '../../contract/sample-jobs.ts';
import { openDatabase } from '../open-database.ts';
import { SqliteJobStore } from '../sqlite-job-store.ts';
import { temporaryFolder } from '../test-database.ts';
import { jobs } from './0001-jobs.ts';
import { server } from './0002-server.ts';
import { identities } from './0003-identities.ts';

const ACCOUNT = '1234567890123456' as AccountId;
const KEY = 2 ** 32 + 1;

test('jobs that the version before finished have their result, and nothing beside it', async () => {
  const { folder, remove } = temporaryFolder();
  const path = join(folder, 'jobs.db');
  const old = new SQLite(path);
  old.exec(`${jobs} ${server} ${identities} PRAGMA application_id = 1936355170; PRAGMA user_version = 3;`);
  old.prepare('INSERT INTO account (number, id, asr_finished) VALUES (1, ?, 1)').run(ACCOUNT);
  const listed = JSON.stringify(listedJob(createJob(ACCOUNT, UNKNOWN_ID, draft())));
  old
    .prepare(
      "INSERT INTO smart_job (key, job_id, type, state, modified_at, listed, parameters) VALUES (?, ?, 'ASR', 'Created', 7, ?, '{}')",
    )
    .run(KEY, Buffer.from(UNKNOWN_ID, 'hex'), listed);
  old.exec(
    "UPDATE smart_job SET state = 'Executing', attempts = 1, epoch = 1, worker = 'w', lease_until = 0, percent = 0, step = '';" +
      `INSERT INTO job_result (key, ai_result) VALUES (${KEY}, '[]');` +
      "UPDATE smart_job SET state = 'Finished', worker = NULL, lease_until = NULL, percent = NULL, step = NULL;",
  );
  old.close();
  const db = openDatabase(path);
  const store = new SqliteJobStore(db, systemClock, () => db.close());
  const job = await store.get(ACCOUNT, UNKNOWN_ID);
  expect(job?.state === 'Finished' && job.result).toStrictEqual({ output: '[]', aiResult: '[]' });
  await store.close();
  remove();
});
