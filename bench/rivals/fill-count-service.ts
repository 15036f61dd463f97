import SQLite from 'better-sqlite3';
import { creationTime, type JobId } from '../../src/jobs/job-id.ts';
import type { ListedJob } from '../../src/jobs/listed-job.ts';

/** The jobs of a store as one plain table, for count-service.ts. */
export function fillCountService(storePath: string, path: string): void {
  const db = new SQLite(path);
  db.pragma('journal_mode = OFF');
  db.exec(`CREATE TABLE job (
    id TEXT PRIMARY KEY, user_id TEXT NOT NULL, type TEXT NOT NULL, state TEXT NOT NULL, title TEXT NOT NULL,
    description TEXT NOT NULL, user_data TEXT NOT NULL, editing_config TEXT NOT NULL, input_file TEXT NOT NULL,
    keyword TEXT NOT NULL, created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL)`);
  const insert = db.prepare(`INSERT INTO job VALUES (${'?, '.repeat(11)}?)`);
  const store = new SQLite(storePath, { readonly: true });
  const rows = store.prepare('SELECT listed, modified_at FROM smart_job').raw().iterate();
  db.transaction(() => {
    for (const [listed, modifiedAt] of rows as Iterable<[string, number]>) {
      const job = JSON.parse(listed) as ListedJob;
      insert.run(
        job.JobId,
        String(job.UserId),
        job.JobType,
        job.JobState,
        job.Title,
        job.Description,
        job.UserData,
        job.EditingConfig,
        job.InputConfig.InputFile ?? '',
        job.InputConfig.Keyword ?? '',
        creationTime(job.JobId as JobId),
        modifiedAt,
      );
    }
  })();
  db.exec('CREATE INDEX job_list ON job (user_id, created_at)');
  db.exec('CREATE INDEX job_type ON job (user_id, type, created_at)');
  db.exec('CREATE INDEX job_state ON job (user_id, state, created_at)');
  db.exec('CREATE INDEX job_type_state ON job (user_id, type, state, created_at)');
  store.close();
  db.close();
}
