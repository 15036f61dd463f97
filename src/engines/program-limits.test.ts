import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { limit, MIB } from './program-limits.ts';
import { runProgram, type ProgramOutcome } from './run-program.ts';

let scratch = '';
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'program-limits-'));
});
afterEach(async () => await rm(scratch, { recursive: true, force: true }));

function shell(script: string, timeLimit = 20): Promise<ProgramOutcome> {
  const signal = new AbortController().signal;
  const limits = { memory: 512 * MIB, fileSize: MIB };
  return runProgram({ program: 'sh', args: ['-c', script], scratch, timeLimit, signal, limits });
}

test('a program that asks for more memory than it may have does not get it', async () => {
  const outcome = await shell('head -c 1000M /dev/zero | tail -c 900M | wc -c');
  expect(outcome).toMatchObject({ stdout: '0\n', stderr: expect.stringContaining('memory exhausted') as string });
});

test('a file stops growing at its cap', async () => {
  expect(await shell('exec head -c 5M /dev/zero > big')).toMatchObject({ kind: 'crashed', signal: 'SIGXFSZ' });
  expect((await stat(join(scratch, 'big'))).size).toBe(MIB);
});

test('every cap is set, for what the program starts too, and cannot be lifted', async () => {
  await shell('sh -c "cat /proc/self/limits" > limits; ulimit -c 1 2>> limits');
  const limits = await readFile(join(scratch, 'limits'), 'utf8');
  const capOf = (name: string): string | undefined => new RegExp(`^Max ${name} +(\\S+)`, 'm').exec(limits)?.[1];
  expect(['cpu time', 'file size', 'address space', 'open files', 'core file size'].map(capOf)).toEqual([
    ...[String(20 * availableParallelism() + 10), String(MIB), String(512 * MIB), '256', '0'],
  ]);
  expect(Number(capOf('processes'))).toBeGreaterThan(1024);
  expect(Number(capOf('processes'))).toBeLessThan(100_000);
});

test('the command line says the caps in whole numbers', () => {
  const limits = { memory: 1000, fileSize: 10.5 };
  expect(limit({ program: '/bin/a', args: ['b'] }, limits, 0.5).args).toEqual([
    ...['--as=1000', '--fsize=11', `--cpu=${Math.ceil(0.5 * availableParallelism()) + 10}`, '--nofile=256'],
    ...[expect.stringMatching(/^--nproc=\d+$/), '--core=0', '--', '/bin/a', 'b'],
  ]);
});

test('what a program can write to has a cap of its own, which addresses only set aside do not count for', async () => {
  const signal = new AbortController().signal;
  const limits = { memory: 'unlimited', data: 300 * MIB, fileSize: MIB } as const;
  const attempt = (bytes: string): Promise<ProgramOutcome> => {
    const args = ['-e', `console.log(Buffer.alloc(${bytes}).length)`];
    return runProgram({ program: process.execPath, args, scratch, timeLimit: 20, signal, limits });
  };
  expect(await attempt('2 ** 24')).toMatchObject({ kind: 'exited', code: 0, stdout: `${2 ** 24}\n` });
  const stderr = expect.stringContaining('allocation failed') as string;
  expect(await attempt('3e9')).toMatchObject({ kind: 'exited', code: 1, stderr });
});

test('processor time of its own ends a program that spins', async () => {
  const signal = new AbortController().signal;
  const limits = { memory: 'unlimited', cpu: 1, fileSize: MIB } as const;
  const args = ['-c', 'while :; do :; done'];
  const outcome = await runProgram({ program: 'sh', args, scratch, timeLimit: 25, signal, limits });
  expect(outcome).toMatchObject({ kind: 'crashed', signal: 'SIGXCPU' });
});

test('a program that stays has no cap on its processor time', () => {
  const limits = { memory: 'unlimited', fileSize: 10 } as const;
  const { args } = limit({ program: '/bin/a', args: [] }, limits, Infinity);
  expect(args.slice(0, 3)).toEqual(['--as=unlimited', '--fsize=10', '--cpu=unlimited']);
});
