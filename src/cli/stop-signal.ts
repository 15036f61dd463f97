import { systemClock, type Clock } from '../base/clock.ts';

/** What of the process the signals need. */
export type SignalSource = {
  on(signal: 'SIGTERM' | 'SIGINT', listener: () => void): unknown;
  exit(code: number): void;
};

/** Milliseconds in which a stop has to be done; the promise to operators is 10 seconds. */
const STOP_LIMIT = 9_000;

/** Milliseconds. Shells and npm deliver one Ctrl-C or one stop twice; only a later signal is somebody's impatience. */
const ECHO_LIMIT = 1_000;

/**
 * Resolves at the first SIGTERM or SIGINT. From then on the process ends: within 9 seconds by itself, even where
 * something does not let go (what was running is claimed again after a restart), and at once at a second signal that is no echo.
 */
export function untilTold(source: SignalSource, clock: Clock = systemClock): Promise<void> {
  return new Promise((resolve) => {
    let toldAt: number | undefined;
    const onSignal = (): void => {
      if (toldAt !== undefined) {
        if (clock.now() - toldAt > ECHO_LIMIT) source.exit(1);
        return;
      }
      toldAt = clock.now();
      setTimeout(() => source.exit(0), STOP_LIMIT).unref();
      resolve();
    };
    source.on('SIGTERM', onSignal);
    source.on('SIGINT', onSignal);
  });
}
