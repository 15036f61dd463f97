import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { NonceJournal } from './nonce-journal.ts';
import { NONCE_LIFE_MS } from './nonce-memory.ts';

const MINUTE = 60_000;

let folder: string;
let clock: ManualClock;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'nonces-')), 'nonces');
  clock = new ManualClock(Date.UTC(2026, 0, 2));
});

afterEach(() => {
  rmSync(join(folder, '..'), { recursive: true });
});

function use(journal: NonceJournal, nonce: string, key = 'key'): Promise<boolean> {
  return journal.remember(key, nonce, clock.now() + NONCE_LIFE_MS);
}

function files(): string[] {
  return readdirSync(folder).map((name) => join(folder, name));
}

function onlyFile(): string {
  const [file, ...others] = files();
  expect(others).toEqual([]);
  return file ?? '';
}

describe('the nonce journal', () => {
  test('takes a nonce once, for each key on its own', async () => {
    const journal = new NonceJournal(folder, clock);
    expect(await use(journal, 'n')).toBe(true);
    expect(await use(journal, 'n')).toBe(false);
    expect(await use(journal, 'n', 'other')).toBe(true);
  });

  test('writes the nonces of one turn before any of them is answered, and takes each of them once', async () => {
    const journal = new NonceJournal(folder, clock);
    const answers = ['n', 'm', 'n'].map(async (nonce) => [await use(journal, nonce), files().length]);
    expect(files()).toEqual([]);
    expect(await Promise.all(answers)).toEqual([
      [true, 1],
      [true, 1],
      [false, 0],
    ]);
    const afterKill = new NonceJournal(folder, clock);
    for (const nonce of ['n', 'm']) expect(await use(afterKill, nonce)).toBe(false);
  });

  test('tells long and odd nonces apart by their last character', async () => {
    const journal = new NonceJournal(folder, clock);
    for (const head of ['x'.repeat(100_000), 'line\nfeed ', '测试 😀', '\0']) {
      expect(await use(journal, `${head}1`)).toBe(true);
      expect(await use(journal, `${head}2`)).toBe(true);
      expect(await use(journal, `${head}1`)).toBe(false);
    }
    expect(readFileSync(onlyFile(), 'latin1').split('\n')).toHaveLength(1 + 8);
  });

  test('knows the nonces of a process that was killed', async () => {
    expect(await use(new NonceJournal(folder, clock), 'n')).toBe(true);
    const afterKill = new NonceJournal(folder, clock);
    expect(await use(afterKill, 'n')).toBe(false);
    expect(await use(afterKill, 'm')).toBe(true);
    const afterSecondKill = new NonceJournal(folder, clock);
    expect(await use(afterSecondKill, 'n')).toBe(false);
    expect(await use(afterSecondKill, 'm')).toBe(false);
  });

  test('knows the nonces of a process that was stopped, and stops twice', async () => {
    const journal = new NonceJournal(folder, clock);
    await use(journal, 'n');
    await journal.stop();
    await journal.stop();
    expect(await use(new NonceJournal(folder, clock), 'n')).toBe(false);
  });

  test('reads a journal whose last record is torn: the others count, the torn one does not', async () => {
    const journal = new NonceJournal(folder, clock);
    await use(journal, 'whole');
    await use(journal, 'torn');
    truncateSync(onlyFile(), readFileSync(onlyFile()).length - 1);
    const reloaded = new NonceJournal(folder, clock);
    expect(await use(reloaded, 'whole')).toBe(false);
    expect(await use(reloaded, 'torn')).toBe(true);
  });

  test('reads the records behind a torn one', async () => {
    const journal = new NonceJournal(folder, clock);
    await use(journal, 'before');
    appendFileSync(onlyFile(), '\nmhx');
    await use(journal, 'behind');
    const reloaded = new NonceJournal(folder, clock);
    expect(await use(reloaded, 'before')).toBe(false);
    expect(await use(reloaded, 'behind')).toBe(false);
  });

  test('knows a nonce for its 31 minutes, across generations and a restart', async () => {
    const journal = new NonceJournal(folder, clock);
    const until = clock.now() + NONCE_LIFE_MS;
    await use(journal, 'n');
    for (let minute = 1; clock.now() + MINUTE < until; minute += 1) {
      clock.advance(MINUTE);
      expect(await use(journal, `other ${minute}`)).toBe(true);
      expect(await journal.remember('key', 'n', until)).toBe(false);
    }
    expect(files().length).toBeGreaterThan(1);
    expect(await new NonceJournal(folder, clock).remember('key', 'n', until)).toBe(false);
  });

  test('keeps no more than some fifty minutes of nonces, in memory and on disk', async () => {
    const journal = new NonceJournal(folder, clock);
    await use(journal, 'n');
    let most = 0;
    for (let minute = 1; minute <= 300; minute += 1) {
      clock.advance(MINUTE);
      await use(journal, `other ${minute}`);
      most = Math.max(most, files().length);
    }
    expect(most).toBeLessThanOrEqual(6);
    const records = files().map((file) => readFileSync(file, 'latin1').split('\n').length - 1);
    expect(records.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(52);
    expect(await use(journal, 'n')).toBe(true);
  });

  test('removes expired files at the start and leaves files that are not its own', async () => {
    await use(new NonceJournal(folder, clock), 'n');
    appendFileSync(join(folder, 'notes.txt'), 'mine');
    clock.advance(NONCE_LIFE_MS);
    const journal = new NonceJournal(folder, clock);
    expect(files()).toEqual([join(folder, 'notes.txt')]);
    expect(await use(journal, 'n')).toBe(true);
  });

  test('goes on to rotate when the clock was set back', async () => {
    const journal = new NonceJournal(folder, clock);
    await use(journal, 'n');
    clock.advance(-60 * MINUTE);
    expect(await use(journal, 'm')).toBe(true);
    expect(await use(journal, 'n')).toBe(false);
    expect(files()).toHaveLength(2);
  });

  test('keeps in memory what it cannot write, says so once, and writes it down as soon as it can', async () => {
    const troubles: string[] = [];
    const journal = new NonceJournal(folder, clock, ({ message }) => troubles.push(message));
    rmSync(folder, { recursive: true });
    expect(await use(journal, 'n')).toBe(true);
    expect(await use(journal, 'm')).toBe(true);
    expect(await use(journal, 'n')).toBe(false);
    expect(troubles).toEqual([expect.stringContaining('ENOENT')]);
    mkdirSync(folder);
    expect(await use(journal, 'o')).toBe(true);
    const afterKill = new NonceJournal(folder, clock);
    for (const nonce of ['n', 'm', 'o']) expect(await use(afterKill, nonce)).toBe(false);
  });
});
