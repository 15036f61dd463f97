import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Ends a run with one line that people and programs read alike: `tests: 128 passed, 0 failed`. */
export class PlainSummary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string): number => tests.filter((test) => test.result().state === state).length;
    // A file that cannot be loaded has no tests to count, and an error outside all tests belongs to none; both fail.
    const elsewhere = modules.filter((module) => module.errors().length > 0).length + unhandled.length;
    const skipped = count('skipped') === 0 ? '' : `, ${count('skipped')} skipped`;
    process.stdout.write(`tests: ${count('passed')} passed, ${count('failed') + elsewhere} failed${skipped}\n`);
  }
}
