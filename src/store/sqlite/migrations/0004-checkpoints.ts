/** What runs of a job leave for the next one, and what a result has beside its two texts. */
export const checkpoints = `
-- Gone when the job is Finished or deleted: what is here belongs to a job that may still be run.
CREATE TABLE job_checkpoint (
  key INTEGER NOT NULL REFERENCES smart_job (key) ON DELETE CASCADE,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (key, name)
) STRICT, WITHOUT ROWID;

-- NULL where the job has none of it.
ALTER TABLE job_result ADD COLUMN media_id TEXT;
ALTER TABLE job_result ADD COLUMN media_object TEXT;
-- JSON: the address of each result file by its type.
ALTER TABLE job_result ADD COLUMN files TEXT;
-- JSON: how the result came about.
ALTER TABLE job_result ADD COLUMN details TEXT;
`;
