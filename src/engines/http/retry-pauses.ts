/** Tries of one request. */
const MOST_TRIES = 5;
/** Milliseconds of the first pause; each that follows is twice as long. */
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;
/** Milliseconds that the pauses of one request may take together. A job holds a worker while it waits. */
const ALL_PAUSES = 120_000;

/** The pauses between the tries of one request. */
export class RetryPauses {
  readonly #random: () => number;
  #tries = 1;
  #paused = 0;

  /** @param random 0 to 1: workers that failed together must not come back together */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /**
   * Milliseconds until the next try, or undefined where it was tried often enough, or where the server wants to be
   * left alone for longer than a job can wait.
   * @param retryAfter milliseconds that the server asked for
   */
  next(retryAfter: number | undefined): number | undefined {
    if (this.#tries >= MOST_TRIES) return undefined;
    const grown = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (this.#tries - 1));
    const pause = Math.max(retryAfter ?? 0, Math.round(grown * (0.5 + this.#random() / 2)));
    if (this.#paused + pause > ALL_PAUSES) return undefined;
    this.#tries += 1;
    this.#paused += pause;
    return pause;
  }
}

/**
 * Milliseconds that the headers ask for: Retry-After in seconds or as a date, or the finer header that some servers
 * send besides. Undefined where there is none that can be read.
 * @param now milliseconds since the epoch
 */
export function retryAfterMs(headers: { get(name: string): string | null }, now: number): number | undefined {
  const fine = headers.get('retry-after-ms') ?? '';
  if (/^\d{1,9}(\.\d+)?$/.test(fine)) return Number(fine);
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,6}(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const date = value === '' ? Number.NaN : Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
