import { randomBytes } from 'node:crypto';
import fc, { type Parameters } from 'fast-check';

/** Seconds for each part: `FUZZ_SECONDS=600 npm test -- test/fuzz` runs for long. */
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 2);
/** A failure names the seed and the path; `FUZZ_SEED=… npm test -- test/fuzz` begins with the same. */
const SEED = Number(process.env['FUZZ_SEED'] ?? randomBytes(4).readInt32BE());

/** Tries until the time is over, then shrinks what failed. */
export const WITHIN_BUDGET: Parameters<unknown> = {
  seed: SEED,
  numRuns: Number.MAX_SAFE_INTEGER,
  plugins: [fc.interruptAfterTimeLimit(SECONDS * 1000)],
};

/** Milliseconds for the test around it. */
export const TEST_TIMEOUT = SECONDS * 1000 + 60_000;
