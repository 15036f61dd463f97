import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { SETTINGS } from '../server/settings.ts';
import { projectFile } from './project-root.ts';
import { runCli } from './test-bench.ts';

const run = (...args: string[]) => runCli(tmpdir(), args, { env: { SMARTJOBS_DATA_DIR: '/nonexistent' } });

describe('the command line', () => {
  test('help and version are answers, with exit code 0', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Exit codes'), err: '' });
    expect(await run('--version')).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    expect(await run('submit', 'asr', '--help')).toMatchObject({
      code: 0,
      out: expect.stringContaining('--start-time'),
    });
  });

  test.each([
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['get'], "missing required argument 'job-id'"],
    [['get', 'a', 'b'], 'too many arguments'],
    [['list', '--typ', 'ASR'], "unknown option '--typ' (Did you mean --type?)"],
    [['list', '--type'], "option '--type <value>' argument missing"],
    [['serve', '--prot', '1'], "unknown option '--prot'"],
  ])('%j is exit code 2 and one line', async (args, message) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  test('a usage error with --json is a document on stdout', async () => {
    const { code, out, err } = await run('get', '--json');
    expect({ code, err }).toEqual({ code: 2, err: '' });
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'Usage' } });
  });

  test('a command that is not complete shows its own help, with exit code 2', async () => {
    expect(await run()).toMatchObject({ code: 2, err: expect.stringContaining('Usage: smartjobs [options]') });
    expect(await run('submit')).toMatchObject({ code: 2, err: expect.stringContaining('Usage: smartjobs submit') });
  });

  test('without a server every client command says what to do, with exit code 2', async () => {
    for (const args of [['list'], ['get', 'x'], ['watch', 'x'], ['cancel', 'x'], ['retry', 'x'], ['env']]) {
      const { code, err } = await run(...args);
      expect([args, code]).toEqual([args, 2]);
      expect(err).toMatch(/npm start.*SMARTJOBS_ENDPOINT/);
    }
  });
});

test('docs/cli.md has a row for every command, and for no other', async () => {
  const { out } = await run('--help');
  const list = out.slice(out.indexOf('Commands:'), out.indexOf('Client commands'));
  const commands = [...list.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name).filter((name) => name !== 'help');
  const docs = readFileSync(projectFile('docs/cli.md'), 'utf8');
  const rows = [...docs.slice(0, docs.indexOf('##')).matchAll(/^\| `([a-z]+)/gm)].map(([, name]) => name);
  expect(commands).toHaveLength(14);
  expect(rows).toEqual(commands);
});

describe('serve', () => {
  test('has a flag for every setting that is no secret, described as in the table', async () => {
    const { out } = await run('serve', '--help');
    const words = out.replaceAll(/\s+/g, ' ');
    for (const { name, flag, description } of SETTINGS) {
      if (flag === undefined) continue;
      expect(words).toContain(`${flag} <value> ${description} (${name}`);
    }
    const secrets = SETTINGS.filter(({ secret }) => secret === true);
    expect(secrets.filter(({ flag, name }) => flag !== undefined || out.includes(name))).toEqual([]);
  });

  test('names every wrong setting at once, with exit code 2, and starts nothing', async () => {
    const { code, out, err } = await run('serve', '--port', 'x', '--workers', '-1', '--region', 'A B');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    const named = err
      .trimEnd()
      .split('\n')
      .map((line) => line.split(':')[0]);
    expect(named).toEqual(['SMARTJOBS_PORT', 'SMARTJOBS_REGION', 'SMARTJOBS_WORKERS']);
  });
});
