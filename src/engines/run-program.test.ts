import { writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findProgram } from './find-program.ts';
import { MIB } from './program-limits.ts';
import { runProgram, type ProgramRun } from './run-program.ts';
import type { Sandbox } from './sandbox.ts';

/** How long the kernel of a busy machine is waited for: far less than the programs would run. */
const SOON = { timeout: 10_000 };

/** Process ids inside of a sandbox are its own. */
const OUTSIDE: Sandbox = { kind: 'none' };

let scratch = '';
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'run-program-'));
});
afterEach(async () => await rm(scratch, { recursive: true, force: true }));

function shell(script: string, more: Partial<ProgramRun> = {}): ProgramRun {
  const signal = new AbortController().signal;
  const limits = { memory: 512 * MIB, fileSize: 4 * MIB };
  return { program: 'sh', args: ['-c', script], scratch, timeLimit: 20, signal, limits, ...more };
}

/** Whether a process exists; a zombie that nobody has reaped yet counts as gone. */
async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return !stat.includes(') Z ');
  } catch {
    return false;
  }
}

describe('running a program', () => {
  test('gives its exit code and what it printed', async () => {
    const outcome = await runProgram(shell('echo out; echo err >&2; exit 3'));
    expect(outcome).toEqual({ kind: 'exited', code: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  test('hands out lines as they come, the last one without a newline too', async () => {
    const lines: string[] = [];
    await runProgram(shell('echo one; printf two', { onLine: (line) => lines.push(line) }));
    expect(lines).toEqual(['one', 'two']);
  });

  test('passes none of the environment on but PATH', async () => {
    process.env['SMARTJOBS_TEST_SECRET'] = 'canary';
    const outcome = await runProgram(shell('env'));
    delete process.env['SMARTJOBS_TEST_SECRET'];
    const names = outcome.kind === 'exited' ? outcome.stdout.split('\n').map((line) => line.split('=')[0]) : [];
    expect(names).toContain('PATH');
    expect(names).not.toContain('SMARTJOBS_TEST_SECRET');
    expect(
      names.filter((name) => !['PATH', 'LANG', 'HOME', 'TMPDIR', 'PWD', '_', 'SHLVL', ''].includes(name ?? '')),
    ).toEqual([]);
  });

  test('keeps only the end of long output', async () => {
    const outcome = await runProgram(shell('yes 0123456789 | head -c 3000000; echo; echo last'));
    const stdout = outcome.kind === 'exited' ? outcome.stdout : '';
    expect(stdout).toHaveLength(64 * 1024);
    expect(stdout.endsWith('last\n')).toBe(true);
  });

  test('says when the program does not exist', async () => {
    const outcome = await runProgram(shell('', { program: 'no-such-program-at-all' }));
    expect(outcome).toEqual({ kind: 'not-found', program: 'no-such-program-at-all' });
  });

  test('says when the program was killed from outside', async () => {
    expect(await runProgram(shell('kill -SEGV $$'))).toMatchObject({ kind: 'crashed', signal: 'SIGSEGV' });
  });
});

describe('ending a program', () => {
  test('the time limit ends it', async () => {
    const outcome = await runProgram(shell('sleep 30', { timeLimit: 0.1 }));
    expect(outcome).toEqual({ kind: 'timed-out', seconds: 0.1 });
  });

  test('an abort ends the whole group, even where it ignores the polite signal', async () => {
    const control = new AbortController();
    const pids: number[] = [];
    const began = Date.now();
    const outcome = await runProgram(
      shell('trap "" TERM; sleep 30 & echo $!; echo $$; wait; sleep 30', {
        signal: control.signal,
        onLine: (line) => {
          pids.push(Number(line));
          if (pids.length === 2) control.abort();
        },
      }),
      OUTSIDE,
    );
    expect(outcome).toEqual({ kind: 'aborted' });
    expect(Date.now() - began).toBeLessThan(15_000);
    await expect.poll(() => Promise.all(pids.map(isAlive)), SOON).toEqual([false, false]);
  });

  test('nothing is started for a signal that is aborted already', async () => {
    const outcome = await runProgram(shell('echo > started', { signal: AbortSignal.abort() }));
    expect(outcome).toEqual({ kind: 'aborted' });
    await expect(readFile(join(scratch, 'started'))).rejects.toThrow('ENOENT');
  });

  test('what has left its group and holds on to the pipes is not waited for', async () => {
    expect(findProgram('setsid'), 'setsid of util-linux is needed for this test').toBeDefined();
    const script = `setsid sh -c 'echo $$; exec sleep 600' & while ! test -s seen; do sleep 0.01; done; echo ended`;
    const pids: number[] = [];
    const onLine = (line: string): void => {
      if (line !== 'ended') pids.push(Number(line));
      if (line !== 'ended') writeFileSync(join(scratch, 'seen'), 'yes');
    };
    const outcome = await runProgram(shell(script, { onLine, timeLimit: 25 }), OUTSIDE);
    for (const pid of pids) process.kill(-pid, 'SIGKILL');
    expect(outcome).toMatchObject({ kind: 'exited', code: 0 });
  });

  test('what cannot be started says why, and is no program that is missing', async () => {
    const args = ['-c', 'x'.repeat(300_000)];
    expect(await runProgram(shell('', { args }))).toMatchObject({ kind: 'crashed', signal: 'E2BIG' });
  });

  test('what the program left running behind it is ended with it', async () => {
    const outcome = await runProgram(shell('sleep 30 & echo $!'), OUTSIDE);
    const pid = outcome.kind === 'exited' ? Number(outcome.stdout) : Number.NaN;
    expect(pid).toBeGreaterThan(0);
    // It has let go of its pipes a moment before the kernel calls it dead.
    await expect.poll(() => isAlive(pid), SOON).toBe(false);
  });
});
