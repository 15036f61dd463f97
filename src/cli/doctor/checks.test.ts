import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readProjectFacts } from '../project-root.ts';
import { runCli } from '../test-bench.ts';
import { dataCheck } from './data-check.ts';
import { clockCheck, nodeCheck, sqliteCheck } from './runtime-checks.ts';
import { serverChecks } from './server-checks.ts';

describe('Node.js', () => {
  test.each([
    ['20.19.0', 'ok'],
    ['20.18.9', 'missing'],
    ['21.7.0', 'missing'],
    ['22.12.0', 'ok'],
    ['22.11.0', 'missing'],
    ['23.1.0', 'missing'],
    ['24.0.0', 'ok'],
    ['26.1.0', 'ok'],
  ])('%s is %s for ^20.19 || ^22.12 || >=24', (version, state) => {
    expect(nodeCheck(version, '^20.19 || ^22.12 || >=24').state).toBe(state);
  });

  test('the one that runs this test serves', () => {
    expect(nodeCheck(process.versions.node, readProjectFacts().nodeRange).state).toBe('ok');
  });
});

test('the binding of SQLite loads', async () => {
  expect(await sqliteCheck()).toEqual({ name: 'SQLite', state: 'ok', detail: expect.stringMatching(/^3\./) });
});

test('a clock that begins in 1970 is told', () => {
  expect(clockCheck(60_000)).toMatchObject({ state: 'missing', detail: 'it says 1970-01-01T00:01:00.000Z' });
  expect(clockCheck(Date.now()).state).toBe('ok');
});

describe('the data folder', () => {
  test('may be missing as long as it can be made, and must be a folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'smartjobs-doctor-'));
    await writeFile(join(folder, 'file'), '');
    expect(dataCheck(folder)).toEqual({ name: 'data folder', state: 'ok', detail: folder });
    expect(dataCheck(join(folder, 'a/b')).detail).toContain('made at the first start');
    expect(dataCheck(join(folder, 'file'))).toMatchObject({ state: 'missing' });
    expect(dataCheck(join(folder, 'file', 'data'))).toMatchObject({ state: 'missing' });
    await rm(folder, { recursive: true });
  });
});

describe('the server', () => {
  test('that runs is found, and its clock compared', async () => {
    const server = createServer((_request, response) => response.end('{}'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const ports = { host: '127.0.0.1', port, objectsPort: 0 };
    const endpoint = `http://127.0.0.1:${port}`;
    const running = await serverChecks(endpoint, ports, () => Date.now());
    const skewed = await serverChecks(endpoint, ports, () => Date.now() + 20 * 60_000);
    const unknown = await serverChecks(undefined, ports, () => Date.now());
    server.close();
    expect(running.map(({ name, state }) => [name, state])).toEqual([
      ['server', 'ok'],
      ["server's clock", 'ok'],
    ]);
    expect(skewed[1]).toMatchObject({ state: 'missing', detail: expect.stringMatching(/^-1[12]\d\d s off/) });
    expect(unknown[1]).toMatchObject({
      name: `port ${port}`,
      state: 'missing',
      detail: expect.stringContaining('EADDRINUSE'),
    });
    expect(unknown[2]).toMatchObject({ name: 'port 0', state: 'ok' });
  });
});

describe('doctor', () => {
  test('prints every check, and says with its exit code whether jobs can run', async () => {
    const env = { SMARTJOBS_PORT: '0', SMARTJOBS_OBJECTS_PORT: '0', FFMPEG_PATH: '/nonexistent/ffmpeg' };
    const { code, out } = await runCli(tmpdir(), ['doctor', '--json'], { env });
    const { ok, checks } = JSON.parse(out) as { ok: boolean; checks: { name: string; state: string }[] };
    expect({ code, ok }).toEqual({ code: 1, ok: false });
    expect(checks).toContainEqual(
      expect.objectContaining({ name: 'media', state: 'missing', remedy: expect.stringMatching(/./) }),
    );
    expect(checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Node.js', 'SQLite', 'data folder', 'server', 'translation: apertium']),
    );
  });

  test('names a setting that is wrong', async () => {
    const { code, out } = await runCli(tmpdir(), ['doctor'], { env: { SMARTJOBS_PORT: 'x' } });
    expect({ code, out }).toEqual({ code: 1, out: expect.stringMatching(/missing +settings +SMARTJOBS_PORT/) });
  });
});
