import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { JobStore } from '../jobs/job-store.ts';
import type { JobProgress, Lease } from '../jobs/smart-job.ts';

/** Milliseconds. A lease is renewed three times before it runs out; a cancel is noticed within one check. */
export type HeartbeatTimes = { readonly leaseMs: number; readonly renewMs: number; readonly checkMs: number };

export const HEARTBEAT_TIMES: HeartbeatTimes = { leaseMs: 30_000, renewMs: 10_000, checkMs: 1_000 };

type Parts = {
  readonly jobs: JobStore;
  readonly lease: Lease;
  readonly clock: Clock;
  readonly log: Logger;
  readonly times: HeartbeatTimes;
  /** Called once, when the job is no longer this worker's. */
  readonly onLost: () => void;
};

/**
 * Keeps one lease while its job runs. Each beat does the one thing that is due: store progress that is new (which
 * also shows whether the lease holds), renew the lease, or just look whether the job was canceled or deleted.
 *
 * A store that does not answer is no reason to stop until the lease has run out by this machine's own clock: then
 * another worker may have the job, and this one must not go on.
 */
export class Heartbeat {
  readonly #parts: Parts;
  readonly #timer: NodeJS.Timeout;
  #progress: JobProgress | undefined;
  #renewedAt: number;
  #beating: Promise<void> | undefined;
  #ended = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#renewedAt = parts.clock.now();
    this.#timer = setInterval(() => this.beat(), parts.times.checkMs);
  }

  /** The newest progress; stored with the next beat. */
  report(progress: JobProgress): void {
    this.#progress = progress;
  }

  /** Beats now, unless a beat is under way. */
  beat(): void {
    if (this.#ended || this.#beating !== undefined) return;
    this.#beating = this.#once().finally(() => {
      this.#beating = undefined;
    });
  }

  /** Resolves when nothing more is written. */
  async end(): Promise<void> {
    this.#ended = true;
    clearInterval(this.#timer);
    await this.#beating;
  }

  async #once(): Promise<void> {
    const { clock, log, times, lease } = this.#parts;
    const startedAt = clock.now();
    try {
      const held = await this.#touch(startedAt - this.#renewedAt >= times.renewMs);
      if (!held) this.#lose();
    } catch (error) {
      log.warn({ err: error, jobId: lease.jobId }, 'the store did not take a heartbeat');
      if (clock.now() - this.#renewedAt >= times.leaseMs) this.#lose();
    }
  }

  async #touch(renewalIsDue: boolean): Promise<boolean> {
    const { jobs, lease, times, clock } = this.#parts;
    const progress = this.#progress;
    this.#progress = undefined;
    if (progress !== undefined && !(await jobs.saveProgress(lease, progress))) return false;
    if (!renewalIsDue) return progress !== undefined || (await jobs.holds(lease));
    const askedAt = clock.now();
    const held = await jobs.renew(lease, times.leaseMs);
    if (held) this.#renewedAt = askedAt;
    return held;
  }

  #lose(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#timer);
    this.#parts.onLost();
  }
}
