import { availableParallelism } from 'node:os';

/** Half of the cores, so that other jobs and ffmpeg find room beside it; more than 4 gain little. */
const THREADS = Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2)));

/** What every model is told beside its files. */
export const MODEL_RUNTIME = { numThreads: THREADS, provider: 'cpu', debug: 0 } as const;

/** Seconds in which a model has to be loaded: 1 GB from a slow disk takes one minute. */
export const LOAD_LIMIT = 180;

/** Seconds that a request may take: far above what was measured on slow machines, as what passes it hangs. */
export function requestLimit(secondsOfSound: number): number {
  return 60 + 10 * secondsOfSound;
}
