import type { Database } from 'better-sqlite3';
import SQLite from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../open-database.ts';
import { temporaryFolder } from '../test-database.ts';
import { jobs } from './0001-jobs.ts';
import { server } from './0002-server.ts';

let folder: string;
let remove: () => void;
let db: Database | undefined;
beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
});
afterEach(() => {
  db?.close();
  remove();
});

/** A database as the version before made it, with what this SQL puts into it, opened by this version. */
function upgraded(sql: string): Database {
  const path = join(folder, 'jobs.db');
  const old = new SQLite(path);
  old.exec(`${jobs} ${server} ${sql} PRAGMA application_id = 1936355170; PRAGMA user_version = 2;`);
  old.close();
  db = openDatabase(path);
  return db;
}

describe('the schema of the identities', () => {
  test('takes over the root keys of accounts', () => {
    const opened = upgraded("INSERT INTO access_key VALUES ('id', 'account', 'root', 'sealed', 7);");
    expect(opened.prepare('SELECT * FROM access_key').all()).toEqual([
      {
        id: 'id',
        account: 'account',
        user_id: null,
        status: 'Active',
        secret_sealed: 'sealed',
        created_at: 7,
        last_used_at: null,
      },
    ]);
    expect(opened.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'root_%'").all()).toEqual([]);
  });

  test('keeps one root key for each account, and keeps it active', () => {
    const opened = upgraded("INSERT INTO access_key VALUES ('id', 'account', 'root', 'sealed', 7);");
    const insert = "INSERT INTO access_key VALUES ('other', 'account', NULL, 'Active', 'sealed', 7, NULL)";
    expect(() => opened.exec(insert)).toThrow('UNIQUE');
    expect(() => opened.exec("UPDATE access_key SET status = 'Inactive'")).toThrow('CHECK');
  });

  test.each([
    { what: 'user', sql: "INSERT INTO ram_user VALUES ('x', 'a', 'n', '', '', '', '', 0, 0)", type: 'System' },
    { what: 'group', sql: "INSERT INTO ram_group VALUES ('x', 'a', 'n', '', 0, 0)", type: 'System' },
    { what: 'role', sql: "INSERT INTO ram_role VALUES ('x', 'a', 'n', '', '', 3600, 0, 0)", type: 'System' },
    { what: 'policy', sql: "INSERT INTO ram_policy VALUES (1, 'a', 'n', '', 1, 1, 0, 0)", type: 'Custom' },
  ])('refuses to delete a $what while a policy is attached', ({ what, sql, type }) => {
    const opened = upgraded('');
    opened.exec(sql);
    opened.exec(`INSERT INTO ram_attachment VALUES ('x', '${type}', 'n', 'a', 0)`);
    expect(() => opened.exec(`DELETE FROM ram_${what}`)).toThrow('attached');
    opened.exec('DELETE FROM ram_attachment');
    expect(() => opened.exec(`DELETE FROM ram_${what}`)).not.toThrow();
  });

  test('refuses to delete a user with keys or groups', () => {
    const opened = upgraded('');
    opened.exec("INSERT INTO ram_user VALUES ('x', 'a', 'n', '', '', '', '', 0, 0)");
    opened.exec("INSERT INTO access_key VALUES ('k', 'a', 'x', 'Active', '', 0, NULL)");
    expect(() => opened.exec('DELETE FROM ram_user')).toThrow('FOREIGN KEY');
    opened.exec('DELETE FROM access_key');
    opened.exec("INSERT INTO ram_group VALUES ('g', 'a', 'n', '', 0, 0)");
    opened.exec("INSERT INTO ram_membership VALUES ('g', 'x', 0)");
    expect(() => opened.exec('DELETE FROM ram_user')).toThrow('FOREIGN KEY');
    expect(() => opened.exec('DELETE FROM ram_group')).toThrow('FOREIGN KEY');
  });
});
