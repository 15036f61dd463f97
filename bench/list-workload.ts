import type { JobState } from '../src/jobs/job-state.ts';
import { JOB_TYPES, type JobType } from '../src/jobs/job-type.ts';
import { randomNumbers } from './figures.ts';
import { plainRequest, requestV1, requestV3, type Key } from './signed-requests.ts';
import { BULLMQ_STATES } from './rivals/fill-bullmq.ts';

/*
 * What is asked for, the same of every server: pages of ten; three of four requests are filtered, by type, by state,
 * or by both; half want the first page, half one of the first hundred. That is kind to OFFSET, which gets slower
 * with depth, where a token does not.
 */

const PAGE_SIZE = 10;
const DEEPEST_PAGE = 100;
/** Enough that they do not all lie in the processor's caches. */
const QUESTIONS = 400;

export type Question = {
  readonly type: JobType | undefined;
  readonly state: JobState | undefined;
  readonly order: 'Asc' | 'Desc';
  readonly page: number;
  /** The NextToken that leads to the page; `''` for the first. */
  readonly token: string;
};

/** @param tokenOf asks the server for the token of a page */
export async function questions(tokenOf: (question: Question) => Promise<string>): Promise<Question[]> {
  const random = randomNumbers(11);
  const asked: Question[] = [];
  for (let index = 0; index < QUESTIONS; index += 1) {
    const filtered = index % 4;
    const question: Question = {
      type: filtered === 1 || filtered === 3 ? JOB_TYPES[Math.floor(random() * 4)] : undefined,
      // Jobs in other states are few: an OFFSET service has no deep pages of them.
      state: filtered >= 2 ? (random() < 0.7 ? 'Finished' : 'Failed') : undefined,
      order: index % 8 < 6 ? 'Desc' : 'Asc',
      page: random() < 0.5 ? 1 : 2 + Math.floor(random() * (DEEPEST_PAGE - 1)),
      token: '',
    };
    asked.push({ ...question, token: question.page === 1 ? '' : await tokenOf(question) });
  }
  return asked;
}

/** The parameters of ListSmartJobs: by token, or by page number with the total. */
export function parameters(question: Question, by: 'token' | 'number'): Record<string, string> {
  const { type, state, order, page, token } = question;
  const given: Record<string, string> = { SortBy: `CreationTime:${order}` };
  if (type !== undefined) given.JobType = type;
  if (state !== undefined) given.JobState = state;
  if (by === 'number') return { ...given, PageNo: String(page), PageSize: String(PAGE_SIZE) };
  return token === '' ? { ...given, MaxResults: '10' } : { ...given, MaxResults: '10', NextToken: token };
}

/** So many requests, each with a nonce of its own, the two schemes in turn. */
export function signedRequests(
  asked: readonly Question[],
  { count, key, host, by }: { count: number; key: Key; host: string; by: 'token' | 'number' },
): string[] {
  return Array.from({ length: count }, (_, index) => {
    // Not in step with the questions, so that each is asked in both schemes.
    const sign = (index + Math.floor(index / asked.length)) % 2 === 0 ? requestV3 : requestV1;
    return sign(key, host, parameters(asked[index % asked.length] as Question, by));
  });
}

/** The same questions to the COUNT service. */
export function countServiceRequests(asked: readonly Question[], host: string, account: string): string[] {
  return asked.map(({ type, state, order, page }) => {
    const given: Record<string, string> = {
      account,
      order: order.toLowerCase(),
      page: String(page),
      pageSize: '10',
    };
    if (type !== undefined) given.type = type;
    if (state !== undefined) given.state = state;
    return plainRequest('/jobs', host, given);
  });
}

/** The nearest questions that BullMQ can answer: an absent filter becomes the largest queue, the largest state. */
export function bullmqRequests(asked: readonly Question[], host: string): string[] {
  return asked.map(({ type, state, order, page }) =>
    plainRequest('/jobs', host, {
      queue: type ?? 'ASR',
      state: BULLMQ_STATES[state ?? 'Finished'],
      order: order.toLowerCase(),
      page: String(page),
    }),
  );
}
