/** Set-up cannot go on. The message is a whole sentence for the person at the terminal; no stack is shown. */
export class SetupFailure extends Error {}

/**
 * Runs an entry script: a SetupFailure becomes its message and exit code 1, anything else is a fault of ours.
 *
 * @param {() => void | Promise<void>} main
 */
export async function reportingFailure(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
