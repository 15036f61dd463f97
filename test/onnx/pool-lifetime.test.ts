import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeToneRecognizer } from './tone-recognizer.ts';

let folder = '';
let config = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sherpa-lifetime-'));
  const { files } = await writeToneRecognizer(folder, ['▁one']);
  const modelConfig = { nemoCtc: { model: files['model'] }, tokens: files['tokens'] };
  config = JSON.stringify({ task: 'recognize', config: { modelConfig }, reads: [folder], loadLimit: 60 });
});
afterAll(async () => await rm(folder, { recursive: true }));

/** A process that asks a model something, prints the child's id, and goes on as `then` says; exit code and child. */
async function server(then: string, kill = false): Promise<{ code: unknown; child: number; lines: string[] }> {
  const pool = new URL('../../src/engines/sherpa/sherpa-pool.ts', import.meta.url).href;
  const script = `
    import { SherpaPool } from ${JSON.stringify(pool)};
    const pool = new SherpaPool({ processes: 1, sandbox: { kind: 'none' } });
    const { signal } = new AbortController();
    const sound = { length: 160, chunks: [new Float32Array(160)] };
    await pool.use(${config}, signal, (model) => model.ask({ json: {}, sound, timeLimit: 30, signal }));
    console.log(pool.pids[0]);
    ${then}`;
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const parent = spawn(process.execPath, ['--import', tsx, '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  createInterface(parent.stdout).on('line', (line) => {
    lines.push(line);
    if (kill) parent.kill('SIGKILL');
  });
  const [code, signal] = (await once(parent, 'close')) as unknown[];
  return { code: code ?? signal, child: Number(lines[0]), lines };
}

function lives(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

test('a server with an idle model ends when it has nothing more to do, and the model with it', async () => {
  const { code, child } = await server('');
  expect([code, child > 0]).toEqual([0, true]);
  await expect.poll(() => lives(child)).toBe(false);
});

test('stopping waits until the model is gone, even as the last thing a server does', async () => {
  const { code, child, lines } = await server(`await pool.stop(); console.log('stopped');`);
  expect([code, lines[1], lives(child)]).toEqual([0, 'stopped', false]);
});

test.runIf(process.platform === 'linux')('a model dies with a server that was killed', async () => {
  const { code, child } = await server('setInterval(() => undefined, 1000);', true);
  expect(code).toBe('SIGKILL');
  await expect.poll(() => lives(child)).toBe(false);
});
