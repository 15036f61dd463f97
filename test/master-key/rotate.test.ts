import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SQLite from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import type { AccountId } from '../../src/jobs/account.ts';
import { runCli } from '../../src/cli/test-bench.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { MasterSeal } from '../../src/server/master-seal.ts';
import { openApiCoreClient } from '../support/official-clients.ts';
import { startTestServer } from '../support/test-server.ts';

const DYING = fileURLToPath(new URL('./rotate-and-die.ts', import.meta.url));

/** Enough that the transaction takes a while. */
const KEYS = 3000;

let filled: string;
let nextToken: string;
let dataDir: string;
let newKeyFile: string;

beforeAll(async () => {
  filled = await mkdtemp(join(tmpdir(), 'smartjobs-rotate-'));
  const server = await startTestServer({ SMARTJOBS_DATA_DIR: filled });
  const client = openApiCoreClient(server, 'V3');
  for (const InputFile of ['oss://media/b', 'oss://media/c']) await client.call('SubmitASRJob', { InputFile });
  nextToken = (await client.call('ListSmartJobs', { MaxResults: 1 })).NextToken as unknown as string;
  await server.stop();
  await fillKeys(filled);
});
afterAll(() => rm(filled, { recursive: true }));

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'smartjobs-rotate-'));
  dataDir = join(folder, 'data');
  newKeyFile = join(folder, 'new.key');
  await cp(filled, dataDir, { recursive: true });
  return () => rm(folder, { recursive: true });
});

/** Root keys of many accounts, so that there is much to seal. */
async function fillKeys(folder: string): Promise<void> {
  const seal = new MasterSeal({ kind: 'data-folder' }, join(folder, 'master.key'), true);
  const store = openSqliteStore({ path: join(folder, 'smartjobs.db'), clock: systemClock, seal });
  seal.settle(store.facts);
  await store.accessKeys.saveRoot('LTAIother', 'the secret of another', '1000000000000002' as AccountId);
  await store.close();
  const db = new SQLite(join(folder, 'smartjobs.db'));
  const copy = db.prepare('INSERT INTO server_fact VALUES (?, ?)');
  db.transaction(() => {
    for (let index = 0; index < KEYS; index += 1)
      copy.run(`filler-${index}`, seal.seal(`filler-${index}`, 'secret'));
  })();
  db.close();
}

/** Every sealed text of the database, whatever table it is in. */
function sealedTexts(folder: string): Set<string> {
  const db = new SQLite(join(folder, 'smartjobs.db'));
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
  const values = tables.flatMap((table) => db.prepare(`SELECT * FROM ${table}`).raw().all() as unknown[][]).flat();
  db.close();
  return new Set(values.filter((value): value is string => typeof value === 'string' && value.startsWith('v1.')));
}

/** A server on the folder answers a call by its root key, and the page token from before the rotation. */
async function expectWorking(env: Record<string, string> = {}): Promise<void> {
  const server = await startTestServer({ SMARTJOBS_DATA_DIR: dataDir, ...env });
  const page = await openApiCoreClient(server, 'V3').call('ListSmartJobs', { MaxResults: 1, NextToken: nextToken });
  await server.stop();
  expect(page.SmartJobList).toHaveLength(1);
}

const rotate = (args: string[] = [], env: Record<string, string> = {}) =>
  runCli(dataDir, ['keys', 'rotate-master', ...args], { env: { SMARTJOBS_DATA_DIR: dataDir, ...env } });

function dieAt(step: string, file?: string): NodeJS.Signals | null {
  const args = ['--import', 'tsx', DYING, dataDir, step, ...(file === undefined ? [] : [file])];
  const { signal, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(stderr).toBe('');
  return signal;
}

describe('rotating the master key', () => {
  test('seals every secret anew, wherever it is kept, and leaves the old ones nowhere in the file', async () => {
    const before = sealedTexts(dataDir);
    const { code, out } = await rotate();
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^Sealed \d{4} secrets anew/) });
    const after = sealedTexts(dataDir);
    expect(after.size).toBe(before.size);
    expect([...after].filter((text) => before.has(text))).toEqual([]);
    const bytes = await readFile(join(dataDir, 'smartjobs.db'), 'latin1');
    expect([...before].filter((text) => bytes.includes(text))).toEqual([]);
    await expectWorking();
    expect(
      (await runCli(dataDir, ['audit', '--action', 'RotateMasterKey'], { env: { SMARTJOBS_DATA_DIR: dataDir } }))
        .out,
    ).toMatch(/ok operator/);
  });

  test('moves the key to a file of its own, without which the server then does not start', async () => {
    const { code, out } = await rotate(['--new-key-file', newKeyFile]);
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringContaining(`SMARTJOBS_MASTER_KEY_FILE=${newKeyFile}`),
    });
    await expect(startTestServer({ SMARTJOBS_DATA_DIR: dataDir })).rejects.toThrow(/master\.key is missing/);
    await expectWorking({ SMARTJOBS_MASTER_KEY_FILE: newKeyFile });
    const next = `${newKeyFile}.next`;
    await writeFile(next, randomBytes(32).toString('base64'));
    expect(await rotate(['--new-key-file', next], { SMARTJOBS_MASTER_KEY_FILE: newKeyFile })).toMatchObject({
      code: 0,
    });
    await expectWorking({ SMARTJOBS_MASTER_KEY_FILE: next });
  });

  test.each(['announced', 'rewrapped', 'settled'])(
    'killed once it %s, it leaves a folder that works',
    async (step) => {
      expect(dieAt(step)).toBe('SIGKILL');
      await expectWorking();
      expect(await readFile(join(dataDir, 'master.key'), 'latin1')).toMatch(/^[0-9a-f]{64}\n$/);
      expect(await rotate()).toMatchObject({ code: 0 });
      await expectWorking();
    },
  );

  test('killed anywhere in the transaction, it leaves all of the old or all of the new', async () => {
    const before = sealedTexts(dataDir);
    for (const delay of [0, 10, 20, 30]) {
      const child = spawn(process.execPath, ['--import', 'tsx', DYING, dataDir, 'rewrapping'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      const ended = once(child, 'exit');
      setTimeout(() => child.kill('SIGKILL'), delay);
      await ended;
      const after = sealedTexts(dataDir);
      const kept = [...after].filter((text) => before.has(text)).length;
      expect([0, before.size]).toContain(kept);
      await expectWorking();
      if (kept === 0) break;
    }
  });

  test.each(['announced', 'rewrapped', 'settled'])(
    'to a file, killed once it %s, the same command ends it',
    async (step) => {
      expect(dieAt(step, newKeyFile)).toBe('SIGKILL');
      if (step === 'announced') await expectWorking();
      expect(await rotate(['--new-key-file', newKeyFile])).toMatchObject({ code: 0 });
      await expectWorking({ SMARTJOBS_MASTER_KEY_FILE: newKeyFile });
    },
  );

  test('is refused in one sentence, with nothing changed, where it cannot be done', async () => {
    const before = sealedTexts(dataDir);
    const key = await readFile(join(dataDir, 'master.key'), 'latin1');
    const other = randomBytes(32).toString('hex');
    await writeFile(newKeyFile, 'no key');
    const cases: [string[], Record<string, string>, RegExp][] = [
      [[], { SMARTJOBS_MASTER_KEY: key.trim() }, /say where the new one lies, with --new-key-file/],
      [['--new-key-file', newKeyFile], {}, /does not hold 64 hex digits/],
      [['--new-key-file', join(dataDir, 'master.key')], {}, /in force already/],
      [['--new-key-file', join(dataDir, 'none', 'x')], {}, /cannot be used/],
      [['--new-key-file', `${newKeyFile}.b`], { SMARTJOBS_MASTER_KEY: other }, /does not open the secrets/],
      [[], { SMARTJOBS_DATA_DIR: join(dataDir, 'none') }, /no server's data/],
    ];
    for (const [args, env, reason] of cases) {
      const { code, err } = await rotate(args, env);
      expect([code, err.trimEnd().split('\n').length]).toEqual([2, 1]);
      expect(err).toMatch(reason);
    }
    expect(sealedTexts(dataDir)).toEqual(before);
    expect(await readFile(join(dataDir, 'master.key'), 'latin1')).toBe(key);
    const server = await startTestServer({ SMARTJOBS_DATA_DIR: dataDir });
    expect((await rotate()).err).toMatch(/in use by another smartjobs server/);
    await server.stop();
  });
});

describe('a wrong master key', () => {
  test.each([
    ['set', { SMARTJOBS_MASTER_KEY: randomBytes(32).toString('hex') }],
    [
      'printed by a program',
      { SMARTJOBS_MASTER_KEY_COMMAND: JSON.stringify([process.execPath, '-p', `'${'ab'.repeat(32)}'`]) },
    ],
  ])('that is %s is one sentence at the start, and the secrets stay as they are', async (_how, env) => {
    const before = sealedTexts(dataDir);
    await expect(startTestServer({ SMARTJOBS_DATA_DIR: dataDir, ...env })).rejects.toMatchObject({
      name: 'StartUpProblem',
      message: expect.stringMatching(/does not open the secrets/),
    });
    expect(sealedTexts(dataDir)).toEqual(before);
    await expectWorking();
  });

  test('is not made up for a lost one', async () => {
    const key = await readFile(join(dataDir, 'master.key'));
    await rm(join(dataDir, 'master.key'));
    await expect(startTestServer({ SMARTJOBS_DATA_DIR: dataDir })).rejects.toThrow(/master\.key is missing/);
    await writeFile(join(dataDir, 'master.key'), key);
    await expectWorking();
  });
});
