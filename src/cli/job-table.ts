import Table from 'cli-table3';
import type { ListedJob } from '../jobs/listed-job.ts';
import { paintState, type Paint } from './paint.ts';
import { printable } from './printable-text.ts';

const HEAD = ['JOB ID', 'TYPE', 'STATE', 'TITLE', 'CREATED', 'INPUT'];

/** Columns of the screen; a title as the server makes one up (`default_title_2026-01-02T03:04:05Z`) has 34. */
const TITLE_WIDTH = 36;
const TITLE_COLUMN = HEAD.indexOf('TITLE');
const STATE_COLUMN = HEAD.indexOf('STATE');

/**
 * Jobs in plain columns, without lines between them, so that other programs can cut them too. Wide characters
 * count as two columns of the screen.
 * @param toTerminal there a long title is cut; the input, in the last column, never is
 */
export function jobTable(
  jobs: readonly ListedJob[],
  paint: Paint,
  { withHead, toTerminal }: { readonly withHead: boolean; readonly toTerminal: boolean },
): string {
  const table = new Table({
    chars: NO_LINES,
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 2 },
    colWidths: HEAD.map((_name, column) => (toTerminal && column === TITLE_COLUMN ? TITLE_WIDTH : null)),
  });
  if (withHead) table.push(HEAD.map((name) => paint('bold', name)));
  for (const job of jobs) table.push(cells(job, paint));
  const lines = table.toString().split('\n');
  return lines.map((line) => line.trimEnd()).join('\n');
}

function cells(job: ListedJob, paint: Paint): string[] {
  const { JobId, JobType, JobState, Title, CreateTime, InputConfig } = job;
  const texts = [JobId, JobType, JobState, Title, CreateTime, InputConfig.InputFile ?? ''].map(printable);
  return texts.map((text, column) => (column === STATE_COLUMN ? paintState(paint, text) : text));
}

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};
