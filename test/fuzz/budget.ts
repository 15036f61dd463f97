import { randomBytes } from 'node:crypto';
import fc, { type IAsyncProperty } from 'fast-check';

/** Seconds for each part: `FUZZ_SECONDS=600 npm test -- test/fuzz` runs for long. */
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 2);
/** A failure names the seed, or the one behind it; `FUZZ_SEED=… npm test -- test/fuzz` begins with the same. */
const SEED = Number(process.env['FUZZ_SEED'] ?? randomBytes(4).readInt32BE());

/** However slow the machine is, so many are tried. */
const LEAST_RUNS = 10;

/** Tries until the time is over, then shrinks what failed. */
export async function holdsWithinBudget<Values>(property: IAsyncProperty<Values>): Promise<void> {
  await fc.assert(property, { seed: SEED, numRuns: LEAST_RUNS });
  const untilTime = [fc.interruptAfterTimeLimit(SECONDS * 1000)];
  await fc.assert(property, { seed: SEED + 1, numRuns: Number.MAX_SAFE_INTEGER, plugins: untilTime });
}

/** Milliseconds for the test around it. */
export const TEST_TIMEOUT = SECONDS * 1000 + 120_000;
