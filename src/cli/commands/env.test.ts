import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SDKS } from '../sdk-snippets.ts';
import { runCli, type Ran } from '../test-bench.ts';

const SECRET = "s'cret $HOME";
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "smartjobs env's-"));
  const server = { endpoint: 'http://127.0.0.1:7788', objects: 'http://127.0.0.1:7789', region: 'cn-shanghai' };
  await writeFile(join(folder, 'server.json'), JSON.stringify(server));
  const key = { accessKeyId: 'LTAIenv', accessKeySecret: SECRET, accountId: '1234567890123456' };
  await writeFile(join(folder, 'credentials.json'), JSON.stringify(key));
});
afterAll(() => rm(folder, { recursive: true }));

function env(...args: string[]): Promise<Ran> {
  return runCli(folder, ['env', ...args], { env: { SMARTJOBS_DATA_DIR: folder } });
}

/** What a shell has in the variable after it ran the lines. */
function shellValue(lines: string, variable: string): string {
  return execFileSync('sh', ['-c', `${lines}\nprintf '%s' "$${variable}"`]).toString();
}

describe('env', () => {
  test.each(SDKS)('tells the %s SDK host and protocol apart, and keeps the secret out', async (sdk) => {
    const { code, out } = await env('--sdk', sdk);
    expect(code).toBe(0);
    expect(out).toMatch(/endpoint\W*[:=(]?.*"127\.0\.0\.1:7788"/i);
    expect(out).toMatch(/protocol\W*[:=(]?.*"http"/i);
    expect(out).toContain('ALIBABA_CLOUD_ACCESS_KEY_SECRET');
    expect(out).not.toContain(SECRET);
    expect(out).not.toContain('http://127');
  });

  test.each(SDKS)(
    'shows the secret in the %s program when it is asked to, and then needs no environment',
    async (sdk) => {
      const { out } = await env('--sdk', sdk, '--show-secret');
      expect(out).toContain(JSON.stringify(SECRET));
      expect(out).not.toContain('ALIBABA_CLOUD');
    },
  );

  test('without --sdk prints all four', async () => {
    const { out } = await env();
    for (const mark of [
      '@alicloud/ice20201109',
      'alibabacloud_ice20201109',
      'com.aliyun:ice20201109',
      'package main',
    ]) {
      expect(out).toContain(mark);
    }
  });

  test('its export lines give a shell the key, read from where the secret lies', async () => {
    const { out } = await env('--sdk', 'ts');
    const exports = out
      .split('\n')
      .filter((line) => line.startsWith('export '))
      .join('\n');
    expect(shellValue(exports, 'ALIBABA_CLOUD_ACCESS_KEY_ID')).toBe('LTAIenv');
    expect(shellValue(exports, 'ALIBABA_CLOUD_ACCESS_KEY_SECRET')).toBe(SECRET);
  });

  test('--shell is for eval, with and without the secret in it', async () => {
    for (const flags of [[], ['--show-secret']]) {
      const { out } = await env('--shell', ...flags);
      expect(out.includes('HOME')).toBe(flags.length > 0);
      expect(shellValue(out, 'SMARTJOBS_ENDPOINT')).toBe('http://127.0.0.1:7788');
      expect(shellValue(out, 'SMARTJOBS_OBJECTS_ENDPOINT')).toBe('http://127.0.0.1:7789');
      expect(shellValue(out, 'SMARTJOBS_ACCESS_KEY_SECRET')).toBe(SECRET);
    }
  });

  test('--json names the file of the secret instead of the secret', async () => {
    const { out } = await env('--json');
    expect(JSON.parse(out)).toEqual({
      endpoint: 'http://127.0.0.1:7788',
      host: '127.0.0.1:7788',
      protocol: 'http',
      objects: 'http://127.0.0.1:7789',
      region: 'cn-shanghai',
      accessKeyId: 'LTAIenv',
      secretFile: join(folder, 'credentials.json'),
    });
  });

  test('refuses an SDK that it does not know', async () => {
    expect(await env('--sdk', 'rust')).toMatchObject({
      code: 2,
      err: expect.stringContaining('ts, python, java, go'),
    });
  });
});
