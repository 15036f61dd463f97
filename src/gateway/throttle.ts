import type { Clock } from '../base/clock.ts';
import { TokenBucket } from '../base/token-bucket.ts';
import type { AccountId } from '../jobs/account.ts';
import { refuse, type Refusal } from './api-error.ts';
import { ruleFor, type ThrottleRule } from './throttle-rules.ts';

/**
 * Holds each account to the operator's rates. Every operation of an account has a bucket of its own, as the cloud
 * counts: a rule with `*` gives the same rate to each operation that it decides. Only callers that have proven who
 * they are come here, so nobody uses up another account's rate.
 */
export class Throttle {
  readonly #rules: readonly ThrottleRule[];
  readonly #clock: Clock;
  /** As many as accounts times operations at most. */
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(rules: readonly ThrottleRule[], clock: Clock) {
    this.#rules = rules;
    this.#clock = clock;
  }

  /** Counts a call; undefined where it may go on. */
  refusal(account: AccountId, action: string): Refusal | undefined {
    const rule = ruleFor(this.#rules, action);
    if (rule === undefined) return undefined;
    const retryAfterMs = this.#bucket(account, action, rule).take(this.#clock.now());
    if (retryAfterMs === 0) return undefined;
    const message =
      `The account calls ${action} faster than this server allows, ${saidOf(rule)}. ` +
      `Try again in ${retryAfterMs} ms.`;
    return { ...refuse('Throttling.User', message), retryAfterMs };
  }

  #bucket(account: AccountId, action: string, { rate }: ThrottleRule): TokenBucket {
    const name = `${account} ${action}`;
    let bucket = this.#buckets.get(name);
    if (bucket === undefined) {
      bucket = new TokenBucket(rate, this.#clock.now());
      this.#buckets.set(name, bucket);
    }
    return bucket;
  }
}

function saidOf({ rate: { count, periodMs } }: ThrottleRule): string {
  const period = periodMs === 1000 ? 'second' : periodMs === 60_000 ? 'minute' : 'hour';
  return `${count} times a ${period}`;
}
