import type { JobResult } from '../../jobs/smart-job.ts';
import type { JobKey } from './job-key.ts';
import type { Statements } from './statements.ts';

type ResultRow = {
  readonly ai_result: string;
  readonly output: string | null;
  readonly media_id: string | null;
  readonly media_object: string | null;
  readonly files: string | null;
  readonly details: string | null;
};

const SELECT = 'SELECT ai_result, output, media_id, media_object, files, details FROM job_result WHERE key = ?';
const INSERT =
  'INSERT INTO job_result (key, ai_result, output, media_id, media_object, files, details) VALUES (?, ?, ?, ?, ?, ?, ?)';

export function insertResult(statements: Statements, key: JobKey, result: JobResult): void {
  const { aiResult, output, mediaId = null, mediaObject = null, files, details } = result;
  const sameOutput = output === aiResult ? null : output;
  statements.run(INSERT, key, aiResult, sameOutput, mediaId, mediaObject, json(files), json(details));
}

/** What a job has none of is absent, not undefined. */
export function findResult(statements: Statements, key: JobKey): JobResult {
  const row = statements.get(SELECT, key) as ResultRow | undefined;
  if (row === undefined) throw new Error(`The finished job of key ${key} has no result.`);
  return {
    output: row.output ?? row.ai_result,
    aiResult: row.ai_result,
    ...(row.media_id !== null && { mediaId: row.media_id }),
    ...(row.media_object !== null && { mediaObject: row.media_object }),
    ...(row.files !== null && { files: JSON.parse(row.files) as JobResult['files'] }),
    ...(row.details !== null && { details: JSON.parse(row.details) as JobResult['details'] }),
  };
}

function json(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
