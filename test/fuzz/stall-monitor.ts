import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Milliseconds between two looks at the event loop. */
const INTERVAL = 10;

export type Stalls = {
  /** The longest time, in milliseconds, in which this process worked and let no event through. */
  readonly worst: number;
  /** The longest delay by the clock: that is this machine's other work too. */
  readonly worstByClock: number;
};

/** Watches until told to stop. */
export function monitorStalls(): () => Stalls {
  const histogram = monitorEventLoopDelay({ resolution: INTERVAL });
  histogram.enable();
  let worst = 0;
  let before = { clock: performance.now(), work: process.cpuUsage() };
  const look = (): void => {
    const work = process.cpuUsage(before.work);
    const now = performance.now();
    // A process that is not given a processor is late, but does no harm of its own.
    worst = Math.max(worst, Math.min(now - before.clock, (work.user + work.system) / 1000));
    before = { clock: now, work: process.cpuUsage() };
  };
  const timer = setInterval(look, INTERVAL);
  return () => {
    look();
    clearInterval(timer);
    histogram.disable();
    return { worst: Math.round(worst), worstByClock: Math.round(histogram.max / 1e6) };
  };
}
