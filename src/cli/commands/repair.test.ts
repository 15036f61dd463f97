import SQLite from 'better-sqlite3';
import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { parseAccountId, type AccountId } from '../../jobs/account.ts';
import { lockData } from '../../store/sqlite/data-lock.ts';
import { openSqliteStore } from '../../store/sqlite/open-sqlite-store.ts';
import { runCli } from '../test-bench.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'smartjobs-repair-'));
  path = join(folder, 'smartjobs.db');
  const store = openSqliteStore({ path, clock: systemClock, seal: { seal: String, open: String } });
  const texts = { title: 't', description: '', userData: '', editingConfig: '', inputFile: 'oss://b/a.wav' };
  const draft = { ...texts, type: 'ASR', keyword: '', outputBucket: '', outputObject: '', parameters: {} } as const;
  for (let count = 0; count < 3; count += 1) {
    await store.jobs.submit(parseAccountId('1234567890123456') as AccountId, draft);
  }
  await store.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => runCli(folder, ['repair', '--data-dir', folder, ...args]);

function spoilCounter(): void {
  const db = new SQLite(path);
  db.exec('UPDATE account SET asr_created = 7');
  db.close();
}

describe('repair', () => {
  test('says that a sound database is sound', async () => {
    const sound = `${path} is sound: 3 jobs, every counter and index agrees with them.\n`;
    expect(await run('--check')).toEqual({ code: 0, out: sound, err: '' });
    expect(await run()).toEqual({ code: 0, out: sound, err: '' });
  });

  test('with --check names what is wrong and changes nothing; without it sets that right', async () => {
    spoilCounter();
    const wrong = 'Counters are wrong (1):\n  account 1: asr_created is 7, not 3\n';
    for (let round = 0; round < 2; round += 1) {
      expect(await run('--check')).toEqual({
        code: 1,
        out: `${wrong}Nothing was changed. To rebuild what can be rebuilt: smartjobs repair\n`,
        err: '',
      });
    }
    expect(await run()).toEqual({
      code: 0,
      out: `${wrong}1 counter was set to what the jobs say.\n${path} is sound again: 3 jobs.\n`,
      err: '',
    });
    expect((await run('--check')).code).toBe(0);
  });

  test('prints JSON', async () => {
    spoilCounter();
    expect(JSON.parse((await run('--json')).out)).toEqual({
      database: path,
      outcome: 'repaired',
      jobs: 3,
      damage: [],
      counters: [{ table: 'account', row: 1, column: 'asr_created', kept: 7, counted: 3 }],
      done: ['1 counter was set to what the jobs say.'],
    });
  });

  test('says what to do about damage that it cannot repair', async () => {
    truncateSync(path, 30_000);
    const { code, out } = await run();
    expect(code).toBe(1);
    expect(out).toContain('Nothing was changed. Restore a backup.');
    expect(out).toContain(`sqlite3 ${path} .recover | sqlite3 rescued.db`);
  });

  test('is refused while a server runs, and where none ever ran', async () => {
    const unlock = lockData(path);
    expect(await run()).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Stop that server') });
    unlock();
    rmSync(path);
    expect(await run('--check')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no server has run there'),
    });
    const elsewhere = await runCli(folder, ['repair', '--data-dir', join(folder, 'other')]);
    expect(elsewhere).toMatchObject({ code: 2, err: expect.stringContaining('does not exist') });
  });
});
