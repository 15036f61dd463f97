import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { connect as connectPlain } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authorityFiles, issueServerCertificate } from '../../src/server/tls-authority.ts';
import { SMARTJOBS, startServerProcess, type ServerProcess } from '../support/server-process.ts';

const run = promisify(execFile);
const DEFAULT_CLIENT = fileURLToPath(new URL('default-client.js', import.meta.url));

let folder: string;
let server: ServerProcess;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smartjobs-https-'));
  env = { SMARTJOBS_DATA_DIR: join(folder, 'data') };
  const { stdout } = await run(process.execPath, [SMARTJOBS, 'certs', '--json'], {
    env: { ...process.env, ...env },
  });
  const made = JSON.parse(stdout) as { cert: string; key: string };
  const settings = { ...env, SMARTJOBS_TLS_CERT: made.cert, SMARTJOBS_TLS_KEY: made.key, SMARTJOBS_WORKERS: '0' };
  server = await startServerProcess(settings);
});

afterAll(async () => {
  await server.end('SIGTERM');
  await rm(folder, { recursive: true });
});

const files = () => authorityFiles(join(env['SMARTJOBS_DATA_DIR'] ?? '', 'tls'));
const portOf = (url: string): number => Number(new URL(url).port);

/** The certificate that the server shows, once the handshake has proven it. */
async function shownBy(
  port: number,
  servername = 'localhost',
): Promise<{ serial: string; protocol: string | null }> {
  const socket = connect({ port, host: '127.0.0.1', servername, ca: readFileSync(files().authority) });
  await once(socket, 'secureConnect');
  const shown = { serial: socket.getPeerCertificate().serialNumber, protocol: socket.getProtocol() };
  socket.destroy();
  return shown;
}

describe('a server with a certificate of `smartjobs certs`', () => {
  test('names https addresses, and both ports prove their name to who trusts the authority', async () => {
    expect(server.ready.endpoint).toMatch(/^https:\/\/127\.0\.0\.1:/);
    expect(server.ready.objects).toMatch(/^https:/);
    for (const url of [server.ready.endpoint, server.ready.objects]) {
      expect(await shownBy(portOf(url))).toMatchObject({ protocol: 'TLSv1.3' });
    }
    await expect(shownBy(portOf(server.ready.endpoint), 'elsewhere.example')).rejects.toThrow(/altname/i);
  });

  test('serves an official client with its defaults, told nothing but host and authority', async () => {
    const { accessKeyId, accessKeySecret } = JSON.parse(
      await readFile(join(env['SMARTJOBS_DATA_DIR'] ?? '', 'credentials.json'), 'utf8'),
    ) as Record<string, string>;
    const client = (trust: Record<string, string>) =>
      run(process.execPath, [DEFAULT_CLIENT, new URL(server.ready.endpoint).host], {
        env: { ...process.env, KEY_ID: accessKeyId, KEY_SECRET: accessKeySecret, ...trust },
      });
    const { stdout } = await client({ NODE_EXTRA_CA_CERTS: files().authority });
    expect(JSON.parse(stdout)).toMatchObject({ MaxResults: '10', RequestId: expect.any(String) as string });
    await expect(client({})).rejects.toMatchObject({ stderr: expect.stringMatching(/certificate/) as string });
  });

  test('is found and trusted by the client commands of its own machine', async () => {
    const { stdout } = await run(process.execPath, [SMARTJOBS, 'list', '--json'], {
      env: { ...process.env, ...env },
    });
    expect(JSON.parse(stdout)).toHaveProperty('SmartJobList');
    const file = join(folder, 'a.txt');
    await writeFile(file, 'a');
    await run(process.execPath, [SMARTJOBS, 'put', file, 'oss://media/'], { env: { ...process.env, ...env } });
  });

  test('hangs up on plain HTTP, and goes on', async () => {
    for (const url of [server.ready.endpoint, server.ready.objects]) {
      const socket = connectPlain(portOf(url), '127.0.0.1', () =>
        socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'),
      );
      socket.on('error', () => undefined);
      await once(socket, 'close');
      expect((await shownBy(portOf(url))).serial).toMatch(/^[0-9A-F]+$/);
    }
  });

  test('promises HTTPS for a year, and no answer is kept or guessed at', async () => {
    const answers: IncomingMessage[] = [];
    for (const url of [server.ready.endpoint, `${server.ready.endpoint}/healthz`]) {
      const asked = get(url, { ca: await readFile(files().authority) });
      answers.push((await once(asked, 'response'))[0] as IncomingMessage);
    }
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'strict-transport-security': 'max-age=31536000',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
      expect(headers).not.toHaveProperty('server');
      expect(headers).not.toHaveProperty('x-powered-by');
    }
  });

  test('takes over a new certificate at a SIGHUP, and keeps the old one where the new is of no use', async () => {
    const ports = [server.ready.endpoint, server.ready.objects].map(portOf);
    const before = await shownBy(ports[0] ?? 0);
    const whole = await readFile(files().key);
    await writeFile(files().key, 'damaged');
    server.child.kill('SIGHUP');
    await server.said('the certificate was not renewed');
    expect(await shownBy(ports[0] ?? 0)).toEqual(before);
    await writeFile(files().key, whole);
    await run(process.execPath, [SMARTJOBS, 'certs', '--host', 'media.example'], {
      env: { ...process.env, ...env },
    });
    server.child.kill('SIGHUP');
    await server.said('the certificate was renewed');
    for (const port of ports) expect((await shownBy(port, 'media.example')).serial).not.toBe(before.serial);
  });
});

describe('a server does not start', () => {
  test.each([
    ['with a certificate but no key', { SMARTJOBS_TLS_CERT: 'server.pem' }, /set both or neither/],
    ['with files that are not there', { SMARTJOBS_TLS_CERT: 'none.pem', SMARTJOBS_TLS_KEY: 'none.pem' }, /ENOENT/],
    [
      'with a key of another certificate',
      { SMARTJOBS_TLS_CERT: 'server.pem', SMARTJOBS_TLS_KEY: 'ca-key.pem' },
      /is not the key of/,
    ],
    [
      'with what is no certificate',
      { SMARTJOBS_TLS_CERT: 'server-key.pem', SMARTJOBS_TLS_KEY: 'ca.pem' },
      /TLS_CERT/,
    ],
  ])('%s', async (_what, settings, said) => {
    await issueServerCertificate(folder, ['localhost'], Date.now());
    const child = spawn(process.execPath, [SMARTJOBS, 'serve'], {
      cwd: folder,
      env: { ...process.env, SMARTJOBS_DATA_DIR: join(folder, 'never'), ...settings },
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    expect(await once(child, 'exit')).toEqual([2, null]);
    expect(stderr).toMatch(said);
  });
});

test('every file is for its owner alone', () => {
  for (const path of Object.values(files())) expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
});
