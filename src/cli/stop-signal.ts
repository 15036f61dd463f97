/** What of the process the signals need. */
export type SignalSource = {
  on(signal: 'SIGTERM' | 'SIGINT', listener: () => void): unknown;
  exit(code: number): void;
};

/** Milliseconds in which a stop has to be done; the promise to operators is 10 seconds. */
const STOP_LIMIT = 9_000;

/**
 * Resolves at the first SIGTERM or SIGINT. From then on the process ends: within 9 seconds by itself, even where
 * something does not let go (what was running is claimed again after a restart), and at once at a second signal.
 */
export function untilTold(source: SignalSource): Promise<void> {
  return new Promise((resolve) => {
    let told = false;
    const onSignal = (): void => {
      if (told) {
        source.exit(1);
        return;
      }
      told = true;
      setTimeout(() => source.exit(0), STOP_LIMIT).unref();
      resolve();
    };
    source.on('SIGTERM', onSignal);
    source.on('SIGINT', onSignal);
  });
}
