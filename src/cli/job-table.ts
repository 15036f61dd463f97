import type { ListedJob } from '../jobs/listed-job.ts';
import { paintState, type Paint } from './paint.ts';
import { plainTable } from './plain-table.ts';
import { printable } from './printable-text.ts';

const HEAD = ['JOB ID', 'TYPE', 'STATE', 'TITLE', 'CREATED', 'INPUT'];

/** Columns of the screen; a title as the server makes one up (`default_title_2026-01-02T03:04:05Z`) has 34. */
const TITLE_WIDTH = new Map([[HEAD.indexOf('TITLE'), 36]]);
const STATE_COLUMN = HEAD.indexOf('STATE');

/**
 * Jobs in plain columns.
 * @param toTerminal there a long title is cut; the input, in the last column, never is
 */
export function jobTable(
  jobs: readonly ListedJob[],
  paint: Paint,
  { withHead, toTerminal }: { readonly withHead: boolean; readonly toTerminal: boolean },
): string {
  const rows = jobs.map((job) => cells(job, paint));
  return plainTable(withHead ? HEAD : undefined, rows, paint, toTerminal ? TITLE_WIDTH : undefined);
}

function cells(job: ListedJob, paint: Paint): string[] {
  const { JobId, JobType, JobState, Title, CreateTime, InputConfig } = job;
  const texts = [JobId, JobType, JobState, Title, CreateTime, InputConfig.InputFile ?? ''].map(printable);
  return texts.map((text, column) => (column === STATE_COLUMN ? paintState(paint, text) : text));
}
