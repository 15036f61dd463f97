import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('the log is JSON on standard error, with secrets taken out', () => {
  const script =
    `import { createLogger } from ${JSON.stringify(new URL('logger.ts', import.meta.url).href)};` +
    "createLogger('info').info({ secret: 'canary-1', key: { secret: 'canary-2' }, token: 'canary-3', id: 7 }, 'said');" +
    "createLogger('warn').info('not said')";
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
  expect(stderr).not.toContain('canary');
  expect(JSON.parse(stderr)).toMatchObject({ level: 30, msg: 'said', id: 7, secret: '[redacted]' });
});
