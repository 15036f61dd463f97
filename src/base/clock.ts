/** Where the time comes from. Everything that decides by time takes a clock, so that tests need no sleeps. */
export type Clock = {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
};

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that moves only when told to. */
export class ManualClock implements Clock {
  #now: number;

  /** @param start milliseconds since the epoch */
  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** Moves the clock by this many milliseconds; negative moves it back, as a corrected machine clock does. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }
}
