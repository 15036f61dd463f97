import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keyCommandWords } from './master-key-command.ts';
import { newMasterKey, readKeyFile, replaceKeyFile } from './master-key-file.ts';
import { loadMasterKey, parseMasterKey, type MasterKey, type MasterKeySource } from './master-key.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'master-key-'));
  file = join(folder, 'master.key');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const IN_FOLDER: MasterKeySource = { kind: 'data-folder' };

function load(source = IN_FOLDER, sealedBefore = false): MasterKey {
  const outcome = loadMasterKey(source, file, sealedBefore);
  if (outcome.kind !== 'ready') throw new Error(outcome.message);
  return outcome.keys[0];
}

describe('the master key of the data folder', () => {
  test('is made at the first start, 32 bytes in a file for its owner alone', () => {
    expect(load().symmetricKeySize).toBe(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('is the same at the second start, and another one elsewhere', () => {
    const first = load();
    expect(load(IN_FOLDER, true).equals(first)).toBe(true);
    rmSync(file);
    expect(load().equals(first)).toBe(false);
  });

  test('does not show when printed', () => {
    const key = load();
    const hex = readFileSync(file, 'latin1').trim();
    expect(hex).toHaveLength(64);
    expect(inspect(key, { depth: 9, showHidden: true }) + JSON.stringify(key)).not.toContain(hex);
  });

  test.each(['', 'abc', '0'.repeat(64), `${'z'.repeat(64)}\n`, `${'0'.repeat(64)}\n`.repeat(3)])(
    'a file with %j is refused and kept',
    (text) => {
      writeFileSync(file, text);
      expect(loadMasterKey(IN_FOLDER, file, false)).toMatchObject({
        kind: 'unusable',
        message: expect.stringContaining(`${file} holds no master key`),
      });
      expect(readFileSync(file, 'latin1')).toBe(text);
    },
  );

  test('is not made anew where secrets were sealed before', () => {
    expect(loadMasterKey(IN_FOLDER, file, true)).toMatchObject({
      kind: 'unusable',
      message: expect.stringContaining(`${file} is missing`),
    });
    expect(existsSync(file)).toBe(false);
  });

  test('leaves nothing else behind when it is made', () => {
    load();
    expect(readdirSync(folder)).toEqual(['master.key']);
  });

  test('stands beside the new one while it is rotated, in a file that is replaced at once', () => {
    const old = load();
    const fresh = newMasterKey();
    replaceKeyFile(file, [old, fresh]);
    const both = readKeyFile(file);
    expect(both.kind === 'keys' && both.keys.map((key) => [key.equals(old), key.equals(fresh)])).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['master.key']);
  });
});

describe('a master key kept elsewhere', () => {
  const bytes = randomBytes(32);
  const forms = [bytes.toString('hex'), bytes.toString('hex').toUpperCase(), bytes.toString('base64')];

  test.each([...forms, bytes.toString('base64url'), ` ${bytes.toString('base64')}\n`])(
    'is read from %j',
    (text) => {
      expect(parseMasterKey(text)?.export()).toEqual(bytes);
    },
  );

  test.each([
    '',
    'abc',
    bytes.toString('hex').slice(1),
    `${bytes.toString('hex')}0`,
    bytes.toString('base64').slice(2),
  ])('is not %j', (text) => {
    expect(parseMasterKey(text)).toBeUndefined();
  });

  test('comes from a setting, a file or a program, and leaves nothing in the data folder', () => {
    const text = bytes.toString('base64');
    const elsewhere = join(folder, 'elsewhere');
    writeFileSync(elsewhere, `${text}\n`);
    const print = [process.execPath, '-p', `'${text}'`];
    const sources: MasterKeySource[] = [
      { kind: 'text', text },
      { kind: 'file', path: elsewhere },
      { kind: 'command', words: print },
    ];
    for (const source of sources) expect(load(source).export()).toEqual(bytes);
    expect(existsSync(file)).toBe(false);
  });

  test.each<[MasterKeySource, string]>([
    [{ kind: 'file', path: '/nowhere/at/all' }, 'cannot be read'],
    [{ kind: 'command', words: ['no-such-program-here'] }, 'is not a program that can be found'],
    [{ kind: 'command', words: [process.execPath, '-e', 'process.exit(3)'] }, 'ended with exit code 3'],
    [{ kind: 'command', words: [process.execPath, '-p', "'canary'"] }, 'is not 64 hex digits'],
    [{ kind: 'command', words: [process.execPath, '-p', "'x'.repeat(100000)"] }, 'printed far more than a key'],
  ])('that cannot be had is one sentence without it: %j', (source, reason) => {
    const outcome = loadMasterKey(source, file, false);
    expect(outcome).toMatchObject({ kind: 'unusable', message: expect.stringContaining(reason) });
    expect(JSON.stringify(outcome)).not.toContain('canary');
  });

  test('is asked for without a shell and without the settings of the server', () => {
    vi.stubEnv('SMARTJOBS_ROOT_ACCESS_KEY_SECRET', 'canary-of-the-root');
    const script = `process.stdout.write((process.env.SMARTJOBS_ROOT_ACCESS_KEY_SECRET ?? '${forms[0]}') + process.argv.slice(1).join(''))`;
    const outcome = load({ kind: 'command', words: [process.execPath, '-e', script, '\n'] });
    expect(outcome.export()).toEqual(bytes);
  });
});

describe('the words of a command', () => {
  test.each([
    ['vault read -field=key x', ['vault', 'read', '-field=key', 'x']],
    ['  a   b ', ['a', 'b']],
    ['["a b","$HOME","*"]', ['a b', '$HOME', '*']],
    [`sh -c 'a b' $HOME; x`, ['sh', '-c', `'a`, `b'`, '$HOME;', 'x']],
  ])('%j are cut at white space alone', (text, words) => {
    expect(keyCommandWords(text)).toEqual(words);
  });

  test.each(['', '  ', '[]', '["a",1]', '["a"', '[""]'])('%j are none', (text) => {
    expect(keyCommandWords(text)).toBeUndefined();
  });
});
