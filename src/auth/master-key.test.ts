import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadMasterKey, type MasterKey } from './master-key.ts';

const FIRST_START = { mayBeMade: true };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'master-key-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function load(): MasterKey {
  const outcome = loadMasterKey(folder, FIRST_START);
  if (outcome.kind !== 'ready') throw new Error(outcome.message);
  return outcome.key;
}

describe('the master key', () => {
  test('is made at the first start, 32 bytes in a file for its owner alone', () => {
    expect(load().symmetricKeySize).toBe(32);
    expect(statSync(join(folder, 'master.key')).mode & 0o777).toBe(0o600);
  });

  test('is the same at the second start, and another one elsewhere', () => {
    const first = load();
    expect(load().equals(first)).toBe(true);
    rmSync(join(folder, 'master.key'));
    expect(load().equals(first)).toBe(false);
  });

  test('does not show when printed', () => {
    const key = load();
    const hex = readFileSync(join(folder, 'master.key'), 'latin1').trim();
    expect(hex).toHaveLength(64);
    expect(inspect(key, { depth: 9, showHidden: true }) + JSON.stringify(key)).not.toContain(hex);
  });

  test.each(['', 'abc', '0'.repeat(64), `${'z'.repeat(64)}\n`])('a file with %j is refused and kept', (text) => {
    const file = join(folder, 'master.key');
    writeFileSync(file, text);
    expect(loadMasterKey(folder, FIRST_START)).toMatchObject({
      kind: 'unusable',
      message: expect.stringContaining(`${file} holds no master key`),
    });
    expect(readFileSync(file, 'latin1')).toBe(text);
  });

  test('that is missing where there is a database already is asked for, and not made', () => {
    expect(loadMasterKey(folder, { mayBeMade: false })).toMatchObject({
      kind: 'unusable',
      message: expect.stringContaining('master.key is missing'),
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('leaves nothing else behind when it is made', () => {
    load();
    expect(readdirSync(folder)).toEqual(['master.key']);
  });
});
