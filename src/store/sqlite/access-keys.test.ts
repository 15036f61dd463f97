import type { Database } from 'better-sqlite3';
import { createSecretKey, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { open, seal } from '../../auth/seal.ts';
import { ManualClock } from '../../base/clock.ts';
import { ALICE, BOB, START } from '../contract/sample-jobs.ts';
import { SqliteAccessKeys, type SecretSeal } from './access-keys.ts';
import { ServerFacts } from './server-facts.ts';
import { temporaryDatabase } from './test-database.ts';

function newSeal(): SecretSeal {
  const key = createSecretKey(randomBytes(32));
  return {
    seal: (context, secret) => seal(key, context, secret),
    open: (context, sealed) => open(key, context, sealed),
  };
}

let db: Database;
let path: string;
let remove: () => void;
let keys: SqliteAccessKeys;
beforeEach(() => {
  ({ db, path, remove } = temporaryDatabase());
  keys = new SqliteAccessKeys(db, new ManualClock(START), newSeal());
});
afterEach(() => remove());

describe('access keys', () => {
  test('are found by their exact id, and as the root key of their account', async () => {
    await keys.saveRoot('LTAI5tAlice', 'secret-of-alice', ALICE);
    const key = { id: 'LTAI5tAlice', secret: 'secret-of-alice', account: ALICE, principal: { kind: 'root' } };
    await expect(keys.find('LTAI5tAlice')).resolves.toEqual(key);
    await expect(keys.rootKey(ALICE)).resolves.toEqual(key);
    await expect(keys.find('ltai5talice')).resolves.toBeUndefined();
    await expect(keys.rootKey(BOB)).resolves.toBeUndefined();
  });

  test('an account has one root key: a new one ends the old one', async () => {
    await keys.saveRoot('old', 'secret', ALICE);
    await keys.saveRoot('new', 'another', ALICE);
    await keys.saveRoot('new', 'changed', ALICE);
    await keys.saveRoot('of-bob', 'secret', BOB);
    await expect(keys.find('old')).resolves.toBeUndefined();
    await expect(keys.rootKey(ALICE)).resolves.toMatchObject({ id: 'new', secret: 'changed' });
    await expect(keys.rootKey(BOB)).resolves.toMatchObject({ id: 'of-bob' });
  });

  test('a key id is not taken from another account', async () => {
    await keys.saveRoot('shared', 'secret', ALICE);
    await keys.saveRoot('of-bob', 'secret', BOB);
    await expect(keys.saveRoot('shared', 'other', BOB)).rejects.toThrow(
      'access key shared belongs to another account',
    );
    await expect(keys.find('shared')).resolves.toMatchObject({ account: ALICE, secret: 'secret' });
    await expect(keys.rootKey(BOB)).resolves.toMatchObject({ id: 'of-bob' });
  });

  test('secrets do not lie in the file in clear', async () => {
    await keys.saveRoot('id', 'canary-secret-0123456789', ALICE);
    db.pragma('wal_checkpoint(TRUNCATE)');
    expect(readFileSync(path).includes('canary-secret')).toBe(false);
  });

  test('with another master key a secret is an error that says so, without the secret', async () => {
    await keys.saveRoot('id', 'canary-secret', ALICE);
    const others = new SqliteAccessKeys(db, new ManualClock(START), newSeal());
    await expect(others.find('id')).rejects.toThrow('was sealed with another master key');
    await expect(others.find('id')).rejects.not.toThrow('canary');
  });
});

describe('server facts', () => {
  test('are made once and kept', () => {
    const facts = new ServerFacts(db);
    expect(facts.get('account-id')).toBeUndefined();
    expect(facts.getOrMake('account-id', () => '1234567890123456')).toBe('1234567890123456');
    expect(new ServerFacts(db).getOrMake('account-id', () => 'another')).toBe('1234567890123456');
    facts.set('account-id', 'changed');
    expect(facts.get('account-id')).toBe('changed');
  });
});
