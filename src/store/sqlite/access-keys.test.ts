import type { Database } from 'better-sqlite3';
import { createSecretKey, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CreatedKey } from '../../auth/identities.ts';
import { open, seal } from '../../auth/seal.ts';
import { ManualClock } from '../../base/clock.ts';
import { ALICE, BOB, START } from '../contract/sample-jobs.ts';
import { SqliteAccessKeys } from './access-keys.ts';
import { SqliteIdentityStore } from './identities/sqlite-identity-store.ts';
import { KeySecrets, type SecretSeal } from './key-secrets.ts';
import { KeyUses } from './key-uses.ts';
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
let clock: ManualClock;
let secrets: KeySecrets;
let uses: KeyUses;
let keys: SqliteAccessKeys;
let identities: SqliteIdentityStore;
beforeEach(() => {
  ({ db, path, remove } = temporaryDatabase());
  clock = new ManualClock(START);
  secrets = new KeySecrets(newSeal());
  uses = new KeyUses(db, clock);
  keys = new SqliteAccessKeys(db, clock, secrets, uses);
  identities = new SqliteIdentityStore({ db, clock, secrets, uses });
});
afterEach(() => remove());

/** Of a user of Alice's account. */
async function keyOf(name: string): Promise<CreatedKey> {
  await identities.users.create(ALICE, { name });
  const outcome = await identities.keys.create(ALICE, name);
  if (outcome.kind !== 'done') throw new Error(outcome.message);
  return outcome.value;
}

describe('access keys', () => {
  test('are found by their exact id, and as the root key of their account', async () => {
    await keys.saveRoot('LTAI5tAlice', 'secret-of-alice', ALICE);
    const active = { principal: { kind: 'root' }, status: 'Active' };
    const key = { id: 'LTAI5tAlice', secret: 'secret-of-alice', account: ALICE, ...active };
    await expect(keys.find('LTAI5tAlice')).resolves.toEqual({ key });
    await expect(keys.rootKey(ALICE)).resolves.toEqual(key);
    await expect(keys.find('ltai5talice')).resolves.toEqual({ key: undefined });
    await expect(keys.rootKey(BOB)).resolves.toBeUndefined();
  });

  test('an account has one root key: a new one ends the old one', async () => {
    await keys.saveRoot('old', 'secret', ALICE);
    await keys.saveRoot('new', 'another', ALICE);
    await keys.saveRoot('new', 'changed', ALICE);
    await keys.saveRoot('of-bob', 'secret', BOB);
    await expect(keys.find('old')).resolves.toEqual({ key: undefined });
    await expect(keys.rootKey(ALICE)).resolves.toMatchObject({ id: 'new', secret: 'changed' });
    await expect(keys.rootKey(BOB)).resolves.toMatchObject({ id: 'of-bob' });
  });

  test('a key id is not taken from another account', async () => {
    await keys.saveRoot('shared', 'secret', ALICE);
    await keys.saveRoot('of-bob', 'secret', BOB);
    await expect(keys.saveRoot('shared', 'other', BOB)).rejects.toThrow(
      'access key shared belongs to another account',
    );
    await expect(keys.find('shared')).resolves.toMatchObject({ key: { account: ALICE, secret: 'secret' } });
    await expect(keys.rootKey(BOB)).resolves.toMatchObject({ id: 'of-bob' });
  });

  test('secrets do not lie in the file in clear', async () => {
    await keys.saveRoot('id', 'canary-secret-0123456789', ALICE);
    db.pragma('wal_checkpoint(TRUNCATE)');
    expect(readFileSync(path).includes('canary-secret')).toBe(false);
  });

  test('with another master key a secret is an error that says so, without the secret', async () => {
    await keys.saveRoot('id', 'canary-secret', ALICE);
    const others = new SqliteAccessKeys(db, clock, new KeySecrets(newSeal()), uses);
    await expect(others.find('id')).rejects.toThrow('was sealed with another master key');
    await expect(others.find('id')).rejects.not.toThrow('canary');
  });
});

test('a root key whose master key is lost can be replaced under the same id', async () => {
  await keys.saveRoot('id', 'secret', ALICE);
  const others = new SqliteAccessKeys(db, clock, new KeySecrets(newSeal()), uses);
  await others.saveRoot('id', 'another', ALICE);
  await expect(others.find('id')).resolves.toMatchObject({ key: { secret: 'another' } });
});

describe('access keys of users', () => {
  test('speak for their user, by its name of now', async () => {
    const { id, secret } = await keyOf('alice');
    const { key: found } = await keys.find(id);
    const principal = { kind: 'user', userId: expect.stringMatching(/^2\d{17}$/), userName: 'alice' };
    expect(found).toEqual({ id, secret, account: ALICE, status: 'Active', principal });
    await identities.users.update(ALICE, 'alice', { name: 'alice.b' });
    await expect(keys.find(id)).resolves.toEqual({
      key: { ...found, principal: { ...found?.principal, userName: 'alice.b' } },
    });
  });

  test('are disabled, enabled and deleted for the next request', async () => {
    const { id } = await keyOf('alice');
    await keys.find(id);
    await identities.keys.setStatus(ALICE, 'alice', id, 'Inactive');
    await expect(keys.find(id)).resolves.toMatchObject({ key: { status: 'Inactive' } });
    await identities.keys.setStatus(ALICE, 'alice', id, 'Active');
    await expect(keys.find(id)).resolves.toMatchObject({ key: { status: 'Active' } });
    await identities.keys.delete(ALICE, 'alice', id);
    await expect(keys.find(id)).resolves.toEqual({ key: undefined });
  });

  test('are not taken for the root key, nor replaced by one', async () => {
    const { id, secret } = await keyOf('alice');
    await expect(keys.rootKey(ALICE)).resolves.toBeUndefined();
    await expect(keys.saveRoot(id, 'other', ALICE)).rejects.toThrow('belongs to a user of the account');
    await keys.saveRoot('root', 'root-secret', ALICE);
    await expect(keys.find(id)).resolves.toMatchObject({ key: { secret, principal: { kind: 'user' } } });
  });

  test('their secrets do not lie in the file in clear', async () => {
    const { secret } = await keyOf('alice');
    db.pragma('wal_checkpoint(TRUNCATE)');
    expect(readFileSync(path).includes(secret)).toBe(false);
  });

  test('a sealed secret that was put into the row of another key opens nothing', async () => {
    const [one, other] = [await keyOf('alice'), await keyOf('bob')];
    await keys.find(one.id);
    const copy =
      'UPDATE access_key SET secret_sealed = (SELECT secret_sealed FROM access_key WHERE id = ?) WHERE id = ?';
    db.prepare(copy).run(one.id, other.id);
    await expect(keys.find(other.id)).rejects.toThrow('was sealed with another master key');
  });
});

test('an id that nobody has takes the work of one that somebody has', async () => {
  const { id } = await keyOf('alice');
  const opening = vi.spyOn(secrets, 'open');
  await keys.find(id);
  expect(opening).toHaveBeenCalledTimes(1);
  await expect(keys.find('LTAInobody')).resolves.toEqual({ key: undefined });
  expect(opening).toHaveBeenCalledTimes(2);
});

describe('opened secrets', () => {
  test('are opened once, and again when others took their place', () => {
    const openSealed = vi.fn<SecretSeal['open']>((_context, sealed) => sealed.toUpperCase());
    const few = new KeySecrets({ seal: (_context, secret) => secret, open: openSealed }, 2);
    for (const id of ['a', 'a', 'b', 'a', 'b']) expect(few.open(id, id)).toBe(id.toUpperCase());
    expect(openSealed).toHaveBeenCalledTimes(2);
    few.open('c', 'c');
    few.open('b', 'b');
    expect(openSealed).toHaveBeenCalledTimes(3);
    few.open('a', 'a');
    expect(openSealed).toHaveBeenCalledTimes(4);
  });

  test('are opened anew where the key was sealed anew', async () => {
    await keys.saveRoot('root', 'one', ALICE);
    await keys.find('root');
    await keys.saveRoot('root', 'other', ALICE);
    await expect(keys.find('root')).resolves.toMatchObject({ key: { secret: 'other' } });
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
