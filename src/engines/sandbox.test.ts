import { createServer, type Server } from 'node:net';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MIB } from './program-limits.ts';
import { runProgram } from './run-program.ts';
import { hideFromPrograms, isolate, sandboxHere, type Sandbox } from './sandbox.ts';

let folder = '';
let secrets = '';
let scratch = '';
let sandbox: Sandbox;
let server: Server;
let connections = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  secrets = await mkdtemp(join(folder, 'secrets-'));
  scratch = await mkdtemp(join(secrets, 'scratch-'));
  await writeFile(join(secrets, 'secret'), 'secret');
  await writeFile(join(secrets, 'input'), 'input');
  hideFromPrograms(secrets);
  sandbox = await sandboxHere();
  server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

async function shell(script: string, program = 'bash'): Promise<string> {
  const outcome = await runProgram({
    ...{ program, args: ['-c', script], scratch, reads: [join(secrets, 'input')], timeLimit: 20 },
    ...{ signal: new AbortController().signal, limits: { memory: 512 * MIB, fileSize: MIB } },
  });
  return outcome.kind === 'exited' ? outcome.stdout : outcome.kind;
}

/** What holds in the sandbox, and what is so where this machine has none. */
function held<T>(inside: T, outside: T): T {
  return sandbox.kind === 'bubblewrap' ? inside : outside;
}

test('a program reaches no network', async () => {
  const { port } = server.address() as { port: number };
  const said = await shell(`(echo > /dev/tcp/127.0.0.1/${port}) 2> /dev/null && echo reached || echo alone`);
  expect(said).toBe(held('alone\n', 'reached\n'));
  expect(connections).toBe(held(0, 1));
});

test('a program sees its scratch folder and the files it is given, not what lies around them', async () => {
  expect(await shell(`cat ${join(secrets, 'input')} ${join(secrets, 'secret')} 2> /dev/null`)).toBe(
    held('input', 'inputsecret'),
  );
  expect(await shell('echo here > kept; cat kept; pwd')).toBe(`here\n${scratch}\n`);
  expect(await readdir(scratch)).toEqual(['kept']);
});

test('a program writes nowhere else', async () => {
  const script = `touch ${join(secrets, 'left')} ${join(folder, 'left')} ${join(secrets, 'input')} 2> /dev/null; echo $?`;
  expect(await shell(script)).toBe(held('1\n', '0\n'));
  expect(await readdir(folder)).not.toContain(held('left', 'nothing'));
});

test('a crash is a crash in there too', async () => {
  expect(await shell('kill -SEGV $$')).toBe('crashed');
});

test('the command line takes away network and processes first, then shows what is to be seen', () => {
  const command = { program: '/bin/a', args: ['b'] };
  expect(isolate(command, { scratch: '/s', reads: [] }, { kind: 'none' })).toEqual(command);
  const { program, args } = isolate(
    command,
    { scratch: '/s', reads: ['/r'] },
    { kind: 'bubblewrap', program: 'bw' },
  );
  expect(program).toBe('bw');
  const line = args.join(' ');
  expect(line).toMatch(/^--unshare-all --die-with-parent --ro-bind \/ \/ /);
  expect(line).toContain(`--tmpfs ${secrets} --bind /s /s --ro-bind-try /r /r --chdir /s -- /bin/a b`);
});

test('a program without a scratch folder has none to write to', () => {
  const { args } = isolate(
    { program: '/bin/a', args: [] },
    { reads: ['/r'] },
    { kind: 'bubblewrap', program: 'bw' },
  );
  expect(args.filter((argument) => argument === '--bind')).toEqual([]);
  expect(args.join(' ')).toMatch(/--ro-bind-try \/r \/r --chdir \/ -- \/bin\/a$/);
});
