import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with one line that people and programs read alike: `tests: 128 passed, 0 failed`. */
export class PlainSummary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string): number => tests.filter((test) => test.result().state === state).length;
    // A file that cannot be loaded has no tests to count, but it has failed.
    const brokenFiles = modules.filter((module) => module.errors().length > 0).length;
    const skipped = count('skipped') === 0 ? '' : `, ${count('skipped')} skipped`;
    process.stdout.write(`tests: ${count('passed')} passed, ${count('failed') + brokenFiles} failed${skipped}\n`);
  }
}
