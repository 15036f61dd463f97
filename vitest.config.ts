import { defineConfig } from 'vitest/config';

import { PlainSummary } from './test/plain-summary.ts';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Real servers, real speech and real ffmpeg share two cores in CI: more workers only make each test slower.
    maxWorkers: 2,
    // A transcription of ten seconds of speech takes three on such a machine, and thirty when others are busy on it.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default', new PlainSummary()],
    restoreMocks: true,
    unstubEnvs: true,
  },
});
