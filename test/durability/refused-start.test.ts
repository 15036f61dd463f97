import SQLite from 'better-sqlite3';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launch } from '../support/doomed-server.ts';
import { json, rawCall } from '../support/raw-call.ts';

const JOBS = 30;
const ENV = { SMARTJOBS_WORKERS: '0' };
/** An ordinary user, for what the administrator is never refused. */
const NOBODY = 65_534;

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'smartjobs-refused-'));
  chmodSync(folder, 0o755);
  const server = launch(join(folder, 'made'), ENV, () => undefined);
  const to = await server.ready;
  if (to === undefined) throw new Error(server.stderr());
  for (let n = 0; n < JOBS; n += 1) {
    await rawCall(to, 'SubmitASRJob', { InputFile: 'oss://samples/none.wav', UserData: 'd'.repeat(900) });
  }
  server.child.kill('SIGKILL');
  await server.ended;
  cpSync(join(folder, 'made'), join(folder, 'killed'), { recursive: true });
  const again = launch(join(folder, 'made'), ENV, () => undefined);
  await again.ready;
  again.child.kill('SIGTERM');
  await again.ended;
});
afterAll(() => rmSync(folder, { recursive: true }));

let dataDir: string;
let count = 0;
function copyOf(kind: 'made' | 'killed'): void {
  dataDir = join(folder, `${(count += 1)}`);
  cpSync(join(folder, kind), dataDir, { recursive: true });
}
beforeEach(() => copyOf('made'));

function database(): string {
  return join(dataDir, 'smartjobs.db');
}

/** The exit code and all it said. A start that is not refused is ended. */
async function refusal(user: { uid?: number; gid?: number } = {}): Promise<{ code: number | null; said: string }> {
  const server = launch(dataDir, ENV, () => undefined, user);
  const to = await server.ready;
  if (to !== undefined) server.child.kill('SIGKILL');
  return { code: await server.ended, said: server.stderr() };
}

/** Without what SQLite makes beside a database to look at it, as long as it holds nothing. */
function bytesOfAll(): Record<string, string> {
  const kept = (name: string): boolean =>
    statSync(join(dataDir, name)).isFile() &&
    statSync(join(dataDir, name)).size > 0 &&
    !/-shm$|\.lock(-journal)?$|^(nonces|objects|scratch)$/.test(name);
  const names = readdirSync(dataDir).filter(kept);
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(dataDir, name), 'latin1')]));
}

function makeNewer(): void {
  const db = new SQLite(database());
  db.pragma('user_version = 99');
  db.exec('CREATE TABLE of_tomorrow (a)');
  db.close();
}

function makeForeign(): void {
  rmSync(database());
  const db = new SQLite(database());
  db.exec('CREATE TABLE other (a); INSERT INTO other VALUES (1)');
  db.close();
}

function flip(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 0x20;
  writeFileSync(file, bytes);
}

const REFUSED: [what: string, change: () => void, sentence: RegExp][] = [
  [
    'a database of a newer version',
    makeNewer,
    /was written by a newer version of smartjobs \(schema 99; .*Install that/,
  ],
  ['a database of another program', makeForeign, /is not a database of smartjobs\. Choose another data directory/],
  ['an empty database', () => truncateSync(database()), /is missing or empty, .*Restore a backup/],
  ['no database', () => rmSync(database()), /is missing or empty, .*Restore a backup/],
  ['half a database', () => truncateSync(database(), 9 * 4096 + 7), /is damaged: .*restore a backup/],
  ['text as a database', () => writeFileSync(database(), 'text '.repeat(2_000)), /is damaged: .*restore a backup/],
  [
    'no master key',
    () => rmSync(join(dataDir, 'master.key')),
    /master\.key is missing, .*Restore it from a backup/,
  ],
  ['half a master key', () => truncateSync(join(dataDir, 'master.key'), 30), /holds no master key .*is damaged/],
  [
    'the master key of another server',
    () => writeFileSync(join(dataDir, 'master.key'), `${'ab'.repeat(32)}\n`),
    /does not open the secrets of this data folder: .* has to be restored/,
  ],
  [
    'a file where the nonces go',
    () => {
      rmSync(join(dataDir, 'nonces'), { recursive: true });
      writeFileSync(join(dataDir, 'nonces'), '');
    },
    /nonces is not what it should be/,
  ],
];

describe('a start is refused, in one sentence and with everything left as it was, where there is', () => {
  test.each(REFUSED)('%s', async (_what, change, sentence) => {
    change();
    const before = bytesOfAll();
    const { code, said } = await refusal();
    expect(said).toMatch(sentence);
    expect(said.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
    expect(bytesOfAll()).toEqual(before);
  });

  test('a damaged log of a killed server; cut as the sentence says, it starts with what is left', async () => {
    copyOf('killed');
    const log = `${database()}-wal`;
    flip(log, Math.floor(statSync(log).size / 2));
    const { code, said } = await refusal();
    expect(code).toBe(2);
    const [, length] = /damaged at byte \d+: \d+ commits behind it .*truncate -s (\d+)/.exec(said) ?? [];
    truncateSync(log, Number(length));
    const jobs = await listed();
    expect(jobs).toBeGreaterThan(0);
    expect(jobs).toBeLessThan(JOBS);
  });

  test('a data directory that this user may only read', async () => {
    const isRoot = process.getuid?.() === 0;
    for (const name of readdirSync(dataDir)) chmodSync(join(dataDir, name), 0o755);
    chmodSync(dataDir, 0o555);
    const { code, said } = await refusal(isRoot ? { uid: NOBODY, gid: NOBODY } : {});
    chmodSync(dataDir, 0o755);
    expect(said).toMatch(/(may not be read or written by this user|cannot be (opened|written): check)/);
    expect(said.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  });

  test('a database that this user may only read', async () => {
    if (process.getuid?.() === 0) giveTo(NOBODY);
    chmodSync(database(), 0o444);
    const { code, said } = await refusal(process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {});
    expect(said).toMatch(/cannot be (opened|written): check/);
    expect(said.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  });
});

function giveTo(user: number): void {
  for (const name of ['.', ...readdirSync(dataDir, { recursive: true })])
    chownSync(join(dataDir, String(name)), user, user);
}

async function listed(): Promise<number> {
  const server = launch(dataDir, ENV, () => undefined);
  const to = await server.ready;
  if (to === undefined) throw new Error(server.stderr());
  const page = json(await rawCall(to, 'ListSmartJobs', { PageNo: '1', PageSize: '100' }));
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
  return Number(page.TotalCount);
}

describe('a start goes on where', () => {
  test('nonces are damaged, cannot be read, or are no nonces', async () => {
    copyOf('killed');
    const nonces = join(dataDir, 'nonces');
    const [file = ''] = readdirSync(nonces);
    flip(join(nonces, file), 100);
    appendFileSync(join(nonces, file), '\nzzz \0\0\0\n\n zz');
    mkdirSync(join(nonces, 'nonces-0-folder.log'));
    writeFileSync(join(nonces, 'nonces-1-garbage.log'), Buffer.alloc(5_000, 0xfe));
    expect(await listed()).toBe(JOBS);
  });

  test('the shared memory of a killed server is damaged', async () => {
    copyOf('killed');
    writeFileSync(`${database()}-shm`, Buffer.alloc(32_768, 0x5a));
    expect(await listed()).toBe(JOBS);
  });

  test('a backup was put back in the place of the database', async () => {
    copyFileSync(database(), join(folder, 'backup.db'));
    rmSync(database());
    renameSync(join(folder, 'backup.db'), database());
    expect(await listed()).toBe(JOBS);
  });
});
