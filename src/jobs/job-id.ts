import { randomBytes } from 'node:crypto';

/** 32 lower-case hex characters: a UUIDv7 without dashes. Its first 48 bits are the creation time. */
export type JobId = string & { readonly __brand: 'JobId' };

const JOB_ID = /^[0-9a-f]{32}$/;

/** The id in canonical form, or undefined: then no job can have it. */
export function parseJobId(text: string): JobId | undefined {
  return JOB_ID.test(text) ? (text as JobId) : undefined;
}

/** Milliseconds since the epoch at which the job was created. */
export function creationTime(id: JobId): number {
  return Number.parseInt(id.slice(0, 12), 16);
}

const COUNTER_LIMIT = 0xfff;

/**
 * The next id of an account: greater than the one before it, whatever the clock does. Ids of one millisecond
 * count up in the 12 bits behind the version (RFC 9562, method 1); where those are used up, or the clock went
 * back, the id borrows the next millisecond. So order by id is order by creation, ties included.
 *
 * @param now milliseconds since the epoch
 * @param previous the newest id of the same account, if it has one
 */
export function nextJobId(now: number, previous: JobId | undefined): JobId {
  let time = now;
  let counter = randomBytes(1)[0] ?? 0;
  if (previous !== undefined && creationTime(previous) >= now) {
    time = creationTime(previous);
    counter = Number.parseInt(previous.slice(13, 16), 16) + 1;
    if (counter > COUNTER_LIMIT) {
      time += 1;
      counter = 0;
    }
  }
  const tail = randomBytes(8);
  tail[0] = ((tail[0] ?? 0) & 0x3f) | 0x80;
  const head = time.toString(16).padStart(12, '0');
  return `${head}7${counter.toString(16).padStart(3, '0')}${tail.toString('hex')}` as JobId;
}
