/** So many at once, and from then on so many in each period. */
export type Rate = {
  readonly count: number;
  /** Milliseconds. */
  readonly periodMs: number;
};

/** Lets a rate of things through: it is full at first, and fills evenly. */
export class TokenBucket {
  readonly #rate: Rate;
  #tokens: number;
  #filledAt: number;

  /** @param now milliseconds of any clock, the same as of take() */
  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#tokens = rate.count;
    this.#filledAt = now;
  }

  /** Takes one. @returns 0 where there was one, else the whole milliseconds after which there will be */
  take(now: number): number {
    const { count, periodMs } = this.#rate;
    // A clock that was set back gives nothing and takes nothing.
    const elapsed = Math.max(0, now - this.#filledAt);
    this.#filledAt = now;
    this.#tokens = Math.min(count, this.#tokens + (elapsed * count) / periodMs);
    // Thirds of a token add up to 0.999…, which is one.
    if (this.#tokens >= 1 - 1e-9) {
      this.#tokens -= 1;
      return 0;
    }
    return Math.max(1, Math.ceil(((1 - this.#tokens) * periodMs) / count));
  }
}
