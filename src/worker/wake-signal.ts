/**
 * Lets sleepers sleep until somebody wakes them all or their time is up. A wake that comes between a look for work
 * and the sleep after it is not lost: the look takes the count of wakes, and the sleep compares.
 */
export class WakeSignal {
  readonly #sleepers = new Set<() => void>();
  #wakes = 0;

  /** How many wakes there have been. */
  get count(): number {
    return this.#wakes;
  }

  wake(): void {
    this.#wakes += 1;
    for (const end of this.#sleepers) end();
  }

  /**
   * @param milliseconds at most; resolves earlier on a wake
   * @param countBefore the count when the sleeper last looked for work
   */
  sleep(milliseconds: number, countBefore: number): Promise<void> {
    if (countBefore !== this.#wakes) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#sleepers.delete(end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      this.#sleepers.add(end);
    });
  }
}
