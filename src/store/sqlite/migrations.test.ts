import SQLite from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SCHEMA_VERSION } from './migrations.ts';
import { openDatabase } from './open-database.ts';
import { temporaryFolder } from './test-database.ts';

let folder: string;
let remove: () => void;
let path: string;
beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
  path = join(folder, 'jobs.db');
});
afterEach(() => remove());

function prepareFile(sql: string): void {
  const db = new SQLite(path);
  db.exec(sql);
  db.close();
}

describe('opening a database', () => {
  test('brings a new one to the schema of this version, and finds it so the next time', () => {
    const db = openDatabase(path);
    expect(db.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION);
    db.exec("INSERT INTO account (id) VALUES ('1234567890123456')");
    db.close();
    const again = openDatabase(path);
    expect(again.prepare('SELECT id FROM account').pluck().all()).toEqual(['1234567890123456']);
    again.close();
  });

  test('refuses the database of a newer version, and leaves it as it is', () => {
    openDatabase(path).close();
    prepareFile(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    expect(() => openDatabase(path)).toThrow(
      /written by a newer version of smartjobs \(schema \d+; .* up to \d+\)/,
    );
    const db = new SQLite(path);
    expect(db.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION + 1);
    db.close();
  });

  test('refuses the database of another program', () => {
    prepareFile('CREATE TABLE other (a)');
    expect(() => openDatabase(path)).toThrow('is not a database of smartjobs');
    prepareFile('PRAGMA user_version = 1');
    expect(() => openDatabase(path)).toThrow('is not a database of smartjobs');
  });

  test('makes the whole schema or nothing of it', () => {
    prepareFile('CREATE TABLE access_key (a); PRAGMA application_id = 1936355170');
    expect(() => openDatabase(path)).toThrow('access_key already exists');
    const db = new SQLite(path);
    expect(db.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['access_key']);
    db.close();
  });

  test('syncs each commit to a write-ahead log, and checks foreign keys', () => {
    const db = openDatabase(path);
    const settings = ['journal_mode', 'synchronous', 'foreign_keys'].map((name) =>
      db.pragma(name, { simple: true }),
    );
    expect(settings).toEqual(['wal', 2, 1]);
    db.close();
  });
});
