import type { CountedFilter, JobCount } from '../../jobs/job-query.ts';
import { JOB_STATES, type JobState } from '../../jobs/job-state.ts';
import { JOB_TYPES, type JobType } from '../../jobs/job-type.ts';
import { accountNumberOf, type JobKey } from './job-key.ts';
import type { Statements } from './statements.ts';

/** Blocks of 2^18 and 2^10 keys: the higher bits of the key. */
export const BLOCK_BITS = [18, 10] as const;

export type BlockBits = (typeof BLOCK_BITS)[number];

const TYPE_CELLS: Record<JobType, string> = {
  ASR: 'asr',
  DynamicChart: 'dynamic_chart',
  VideoTranslation: 'video_translation',
  TextToSpeech: 'text_to_speech',
};

const STATE_CELLS: Record<JobState, string> = {
  Created: 'created',
  Executing: 'executing',
  Finished: 'finished',
  Failed: 'failed',
};

/** The sum of the counters that match, as SQL. */
export function matching({ type, state }: CountedFilter): string {
  const types = type === undefined ? JOB_TYPES : [type];
  const states = state === undefined ? JOB_STATES : [state];
  return types.flatMap((one) => states.map((other) => cell(one, other))).join(' + ');
}

export function countSql(filter: CountedFilter): string {
  return `SELECT ${matching(filter)} AS count FROM account WHERE number = ?`;
}

export function countEachSql(filters: readonly CountedFilter[]): string {
  return `SELECT ${filters.map(matching).join(', ')} FROM account WHERE number = ?`;
}

/** Each type and state that the filter allows. */
export function cellsOf({ type, state }: CountedFilter): Pick<JobCount, 'type' | 'state'>[] {
  const types = type === undefined ? JOB_TYPES : [type];
  const states = state === undefined ? JOB_STATES : [state];
  return types.flatMap((one) => states.map((other) => ({ type: one, state: other })));
}

function cell(type: JobType, state: JobState): string {
  return `${TYPE_CELLS[type]}_${STATE_CELLS[state]}`;
}

/** The columns of all counters, in the order of cellsOf. */
export const CELLS = cellsOf({}).map(({ type, state }) => cell(type, state));

/**
 * How many jobs there are of each type and state: in the account, and in each block of its keys. Kept by the writer
 * of the job in the same transaction. By triggers each write would take longer.
 */
export class JobCounters {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  count(accountNumber: number, filter: CountedFilter): number {
    const row = this.#statements.get(countSql(filter), accountNumber) as { count: number } | undefined;
    return row?.count ?? 0;
  }

  /** One a filter, in their order. */
  countEach(accountNumber: number, filters: readonly CountedFilter[]): number[] {
    const [counts = filters.map(() => 0)] = this.#statements.rows<number[]>(countEachSql(filters), accountNumber);
    return counts;
  }

  created(key: JobKey, type: JobType): void {
    const counted = cell(type, 'Created');
    const more = `${counted} = ${counted} + 1`;
    this.#statements.run(`UPDATE account SET ${more} WHERE number = ?`, accountNumberOf(key));
    for (const bits of BLOCK_BITS) {
      this.#statements.run(
        `INSERT INTO block_${bits} (block, ${counted}) VALUES (?, 1) ON CONFLICT (block) DO UPDATE SET ${more}`,
        blockOf(key, bits),
      );
    }
  }

  moved(key: JobKey, type: JobType, from: JobState, to: JobState): void {
    if (from === to) return;
    const [less, more] = [cell(type, from), cell(type, to)];
    this.#update(key, `${less} = ${less} - 1, ${more} = ${more} + 1`);
  }

  deleted(key: JobKey, type: JobType, state: JobState): void {
    const less = cell(type, state);
    this.#update(key, `${less} = ${less} - 1`);
  }

  #update(key: JobKey, change: string): void {
    this.#statements.run(`UPDATE account SET ${change} WHERE number = ?`, accountNumberOf(key));
    for (const bits of BLOCK_BITS) {
      this.#statements.run(`UPDATE block_${bits} SET ${change} WHERE block = ?`, blockOf(key, bits));
    }
  }
}

function blockOf(key: JobKey, bits: BlockBits): number {
  return Math.floor(key / 2 ** bits);
}
