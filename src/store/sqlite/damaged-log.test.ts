import SQLite from 'better-sqlite3';
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readLog, refuseDamagedLog } from './damaged-log.ts';
import { temporaryFolder } from './test-database.ts';

const COMMITS = 60;
const FRAME = 24 + 4096;

let path: string;
let remove: () => void;
beforeEach(() => {
  const { folder, remove: removeFolder } = temporaryFolder();
  path = join(folder, 'killed.db');
  remove = removeFolder;
  const made = join(folder, 'made.db');
  const db = new SQLite(made);
  db.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (n INTEGER PRIMARY KEY, filler TEXT)');
  const insert = db.prepare("INSERT INTO t (filler) VALUES (printf('%.*c', 500, 'x'))");
  // The log is filled twice: behind the new frames lie old ones.
  for (let n = 0; n < 3 * COMMITS; n += 1) insert.run();
  db.pragma('wal_checkpoint(RESTART)');
  for (let n = 0; n < COMMITS; n += 1) insert.run();
  copyFileSync(made, path);
  copyFileSync(`${made}-wal`, `${path}-wal`);
  db.close();
});
afterEach(() => remove());

function log(): Buffer {
  return readFileSync(`${path}-wal`);
}

function damage(at: number): void {
  const bytes = log();
  bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  writeFileSync(`${path}-wal`, bytes);
}

/** What SQLite makes of it. */
function look(): { rows: number; integrity: unknown } {
  const db = new SQLite(path);
  const rows = db.prepare('SELECT count(*) FROM t').pluck().get() as number;
  const integrity = db.pragma('integrity_check', { simple: true });
  db.close();
  return { rows, integrity };
}

describe('the log of a killed server', () => {
  test('is read to its last commit, also where older frames lie behind', () => {
    const { readableBytes, commitsBehind, frames } = readLog(log());
    expect(commitsBehind).toBe(0);
    expect(readableBytes).toBe(32 + frames * FRAME);
    expect(log().length).toBeGreaterThan(readableBytes + COMMITS * FRAME);
    expect(() => refuseDamagedLog(path)).not.toThrow();
    expect(look()).toEqual({ rows: 4 * COMMITS, integrity: 'ok' });
  });

  test('may be missing, empty, or cut anywhere, as after a power cut', () => {
    const whole = log();
    for (const length of [0, 1, 31, 32, 33, 32 + FRAME - 1, 32 + FRAME, 32 + 7 * FRAME + 100, whole.length - 1]) {
      writeFileSync(`${path}-wal`, whole.subarray(0, length));
      refuseDamagedLog(path);
      expect(readLog(log()).commitsBehind).toBe(0);
    }
    expect(() => refuseDamagedLog(join(path, 'none'))).not.toThrow();
  });

  test.each([
    ['in the first page', 32 + 24 + 700],
    ['in the header of a frame', 32 + 20 * FRAME + 3],
    ['in the salt of a frame', 32 + 20 * FRAME + 12],
    ['in the header of the log', 25],
    ['in the salt of the log', 18],
    ['in the kind of the log', 1],
  ])('damaged %s is refused, where SQLite would lose what is behind in silence', (_where, at) => {
    damage(at);
    expect(() => refuseDamagedLog(path)).toThrow(/killed\.db-wal is damaged at byte \d+: \d+ commits behind it/);
    expect(look().rows).toBeLessThan(4 * COMMITS);
  });

  test('damaged in its last commit passes for one that was being written', () => {
    damage(readLog(log()).readableBytes - 10);
    expect(() => refuseDamagedLog(path)).not.toThrow();
    expect(look()).toEqual({ rows: 4 * COMMITS - 1, integrity: 'ok' });
  });

  test('cut as the refusal says is taken, and holds what came before the damage', () => {
    damage(32 + 70 * FRAME + 1_000);
    const refusal = (): string => {
      try {
        refuseDamagedLog(path);
        return '';
      } catch (error) {
        return String(error);
      }
    };
    const [, length, file = ''] = /truncate -s (\d+) (\S+)$/.exec(refusal()) ?? [];
    truncateSync(file, Number(length));
    expect(refusal()).toBe('');
    const { rows, integrity } = look();
    expect(integrity).toBe('ok');
    expect(rows).toBeGreaterThan(3 * COMMITS);
    expect(rows).toBeLessThan(4 * COMMITS);
  });
});
