import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findProgram } from './find-program.ts';
import { tether } from './tether.ts';

function state(pid: number): string | undefined {
  try {
    return /\) (\w) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

test.runIf(process.platform === 'linux')('a child dies with a parent that was killed', async () => {
  expect(findProgram('setpriv'), 'setpriv of util-linux is needed for this test').toBeDefined();
  const runner = new URL('./run-program.ts', import.meta.url).href;
  const script = `
    import { runProgram } from ${JSON.stringify(runner)};
    void runProgram({ program: 'sh', args: ['-c', 'echo $$; exec sleep 60'], scratch: '/', timeLimit: 60,
      limits: { memory: 1e9, fileSize: 1e6 }, signal: new AbortController().signal,
      onLine: (line) => process.stdout.write(line + '\\n') }, { kind: 'none' });`;
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const parent = spawn(process.execPath, ['--import', tsx, '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(parent.stdout), 'line')) as [string];
  const child = Number(line);
  expect(state(child)).toMatch(/[SRD]/);
  parent.kill('SIGKILL');
  await expect.poll(() => state(child) ?? 'Z', { timeout: 10_000 }).toBe('Z');
});

test.runIf(process.platform === 'linux')('the command line keeps the program and its arguments', () => {
  const { args } = tether({ program: '/bin/echo', args: ['-n', '--', 'x'] });
  expect(args.slice(-5)).toEqual(['--', '/bin/echo', '-n', '--', 'x']);
});
