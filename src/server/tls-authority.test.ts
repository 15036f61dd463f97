import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { authorityFiles, certificateHost, issueServerCertificate } from './tls-authority.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const YEAR = 365 * 86_400_000;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tls-authority-'));
});
afterEach(() => rm(folder, { recursive: true }));

const read = async (path: string): Promise<X509Certificate> => new X509Certificate(await readFile(path));

describe('a server certificate', () => {
  test('is signed by the authority beside it, for its hosts and for a server only', async () => {
    const hosts = ['localhost', '*.example.com', '127.0.0.1', '::1'];
    expect(await issueServerCertificate(folder, hosts, NOW)).toMatchObject({ kind: 'issued', authority: 'made' });
    const files = authorityFiles(folder);
    const [authority, server] = [await read(files.authority), await read(files.cert)];
    expect([authority.ca, server.ca]).toEqual([true, false]);
    expect(server.checkIssued(authority) && server.verify(authority.publicKey)).toBe(true);
    expect(authority.verify(authority.publicKey)).toBe(true);
    expect(server.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(['localhost', 'media.example.com'].map((host) => server.checkHost(host) !== undefined)).toEqual([
      true,
      true,
    ]);
    expect(['127.0.0.1', '::1', '127.0.0.2'].map((ip) => server.checkIP(ip) !== undefined)).toEqual([
      true,
      true,
      false,
    ]);
    expect(server.checkHost('example.org')).toBeUndefined();
    expect(server.validTo).toBe('Feb 24 12:00:00 2029 GMT');
    expect(server.validFrom).toBe('Nov 21 12:00:00 2026 GMT');
  });

  test('never outlives its authority, also past the year 2049', async () => {
    await issueServerCertificate(folder, ['localhost'], NOW + 20 * YEAR);
    const { authority } = authorityFiles(folder);
    expect((await read(authority)).validTo).toMatch(/ 2056 GMT$/);
    await issueServerCertificate(folder, ['localhost'], NOW + 29 * YEAR);
    expect((await read(authorityFiles(folder).cert)).validTo).toBe((await read(authority)).validTo);
  });

  test('has a new key and number each time, the authority stays', async () => {
    const files = authorityFiles(folder);
    await issueServerCertificate(folder, ['localhost'], NOW);
    const before = [await readFile(files.authority, 'utf8'), (await read(files.cert)).serialNumber];
    const key = await readFile(files.key, 'utf8');
    expect(await issueServerCertificate(folder, ['a.example'], NOW)).toMatchObject({ authority: 'kept' });
    expect(await readFile(files.authority, 'utf8')).toBe(before[0]);
    expect((await read(files.cert)).serialNumber).not.toBe(before[1]);
    expect(await readFile(files.key, 'utf8')).not.toBe(key);
  });

  test('takes the place of a file that others could read, for its owner alone', async () => {
    const { key } = authorityFiles(folder);
    await writeFile(key, 'old', { mode: 0o644 });
    await issueServerCertificate(folder, ['localhost'], NOW);
    expect((await stat(key)).mode & 0o777).toBe(0o600);
  });
});

describe('an authority that cannot sign is a problem that names the file', () => {
  const damage: [string, string, (files: ReturnType<typeof authorityFiles>) => Promise<void>][] = [
    ['without its key', 'ca-key.pem is missing', ({ authorityKey }) => rm(authorityKey)],
    ['without its certificate', 'ca.pem is missing', ({ authority }) => rm(authority)],
    [
      'with a key of something else',
      'is not the key',
      async (f) => writeFile(f.authorityKey, await readFile(f.key)),
    ],
    ['that is damaged', 'cannot be read', ({ authority }) => writeFile(authority, 'x')],
  ];
  test.each(damage)('%s', async (_what, message, spoil) => {
    await issueServerCertificate(folder, ['localhost'], NOW);
    await spoil(authorityFiles(folder));
    expect(await issueServerCertificate(folder, ['localhost'], NOW)).toMatchObject({
      kind: 'problem',
      message: expect.stringContaining(message) as string,
    });
  });

  test('that has expired', async () => {
    await issueServerCertificate(folder, ['localhost'], NOW);
    const late = await issueServerCertificate(folder, ['localhost'], NOW + 11 * YEAR);
    expect(late).toMatchObject({ kind: 'problem', message: expect.stringContaining('expired') as string });
  });
});

describe('the host of a certificate', () => {
  test.each([
    ['media.example', 'media.example'],
    ['Media.Example', 'media.example'],
    ['*.example.com', '*.example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8::1'],
  ])('%s is %s', (text, host) => expect(certificateHost(text)).toBe(host));

  test.each([
    '',
    'https://a.example',
    'a.example:443',
    'a b',
    '*',
    '*.*.example',
    'fe80::1%eth0',
    '999.1.1.1',
    '-a',
  ])('%j is none', (text) => expect(certificateHost(text)).toBeUndefined());
});
