import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/*
 * Servers in processes of their own, and the load on them. Servers run on the first core; wrk, and what else is
 * not to be measured, on the second.
 */

const SERVER_CORE = '0';
const LOAD_CORE = '1';
const CONNECTIONS = 32;
const REPLAY = fileURLToPath(new URL('replay.lua', import.meta.url));

/** What Linux counts CPU time in. */
const TICK_MICROS = 10_000;

export type MeasuredServer = {
  readonly name: string;
  readonly port: number;
  /** Of the server, then of the database server behind it if it has one. */
  readonly pids: readonly number[];
  stop(): Promise<void>;
};

export type Load = {
  readonly perSecond: number;
  /** User and system time of the server's own process. */
  readonly cpuMicros: number;
  /** The same of the database server behind it. */
  readonly databaseCpuMicros?: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
};

/** Fails where a program is missing that the measurements need. */
export function needPrograms(packageOf: Readonly<Record<string, string>>): void {
  for (const [program, debianPackage] of Object.entries(packageOf)) {
    if (spawnSync(program, ['--version']).error === undefined) continue;
    throw new Error(`${program} is not installed. On Debian and Ubuntu: apt-get install ${debianPackage}`);
  }
}

/** Starts a program that prints a line with its port, as `{"port":1}` or as part of a URL, once it listens. */
export async function startServer(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<MeasuredServer> {
  const child = spawn('taskset', ['-c', SERVER_CORE, process.execPath, ...args], {
    env: { ...process.env, ...env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const [line] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then((): never => {
      throw new Error(`${name} did not start. ${complaint}`);
    }),
  ])) as [string];
  const port = Number(/(?:"port":|:)(\d+)/.exec(line)?.[1]);
  return { name, port, pids: [pidOf(child)], stop: () => stop(child) };
}

/** Starts Redis, keeping nothing on disk. */
export async function startRedis(port: number): Promise<{ readonly pid: number; stop(): Promise<void> }> {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('taskset', ['-c', LOAD_CORE, 'redis-server', ...settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('Ready to accept')) break;
  child.stdout.resume();
  return { pid: pidOf(child), stop: () => stop(child) };
}

/** Sends the requests of the file for so many seconds, over connections that stay open. */
export async function load(server: MeasuredServer, requestFile: string, seconds: number): Promise<Load> {
  const before = server.pids.map(cpuMicros);
  const url = `http://127.0.0.1:${server.port}`;
  const settings = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '--timeout', '30s', '-s', REPLAY, url];
  const wrk = spawn('taskset', ['-c', LOAD_CORE, 'wrk', ...settings, '--', requestFile]);
  let output = '';
  wrk.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(wrk, 'close');
  const used = server.pids.map((pid, index) => cpuMicros(pid) - (before[index] ?? 0));
  const measured = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Record<string, number>;
  const { requests = 0, micros = 0, failed = 0, p50Micros = 0, p99Micros = 0 } = measured;
  if (failed > 0) throw new Error(`${server.name}: ${failed} of ${requests} requests failed.`);
  const perRequest = used.map((total) => Math.round((total / requests) * 10) / 10);
  return {
    perSecond: Math.round(requests / (micros / 1e6)),
    cpuMicros: perRequest[0] ?? 0,
    databaseCpuMicros: perRequest[1],
    p50Micros,
    p99Micros,
  };
}

function cpuMicros(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MICROS;
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('The program could not be started.');
  return child.pid;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
