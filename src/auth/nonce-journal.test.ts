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

function use(journal: NonceJournal, nonce: string, key = 'key'): boolean {
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
  test('takes a nonce once, for each key on its own', () => {
    const journal = new NonceJournal(folder, clock);
    expect(use(journal, 'n')).toBe(true);
    expect(use(journal, 'n')).toBe(false);
    expect(use(journal, 'n', 'other')).toBe(true);
  });

  test('tells long and odd nonces apart by their last character', () => {
    const journal = new NonceJournal(folder, clock);
    for (const head of ['x'.repeat(100_000), 'line\nfeed ', '测试 😀', '\0']) {
      expect(use(journal, `${head}1`)).toBe(true);
      expect(use(journal, `${head}2`)).toBe(true);
      expect(use(journal, `${head}1`)).toBe(false);
    }
    expect(readFileSync(onlyFile(), 'latin1').split('\n')).toHaveLength(1 + 8);
  });

  test('knows the nonces of a process that was killed', () => {
    expect(use(new NonceJournal(folder, clock), 'n')).toBe(true);
    const afterKill = new NonceJournal(folder, clock);
    expect(use(afterKill, 'n')).toBe(false);
    expect(use(afterKill, 'm')).toBe(true);
    const afterSecondKill = new NonceJournal(folder, clock);
    expect(use(afterSecondKill, 'n')).toBe(false);
    expect(use(afterSecondKill, 'm')).toBe(false);
  });

  test('knows the nonces of a process that was stopped, and stops twice', async () => {
    const journal = new NonceJournal(folder, clock);
    use(journal, 'n');
    await journal.stop();
    await journal.stop();
    expect(use(new NonceJournal(folder, clock), 'n')).toBe(false);
  });

  test('reads a journal whose last record is torn: the others count, the torn one does not', () => {
    const journal = new NonceJournal(folder, clock);
    use(journal, 'whole');
    use(journal, 'torn');
    truncateSync(onlyFile(), readFileSync(onlyFile()).length - 1);
    const reloaded = new NonceJournal(folder, clock);
    expect(use(reloaded, 'whole')).toBe(false);
    expect(use(reloaded, 'torn')).toBe(true);
  });

  test('reads the records behind a torn one', () => {
    const journal = new NonceJournal(folder, clock);
    use(journal, 'before');
    appendFileSync(onlyFile(), '\nmhx');
    use(journal, 'behind');
    const reloaded = new NonceJournal(folder, clock);
    expect(use(reloaded, 'before')).toBe(false);
    expect(use(reloaded, 'behind')).toBe(false);
  });

  test('knows a nonce for its 31 minutes, across generations and a restart', () => {
    const journal = new NonceJournal(folder, clock);
    const until = clock.now() + NONCE_LIFE_MS;
    use(journal, 'n');
    for (let minute = 1; clock.now() + MINUTE < until; minute += 1) {
      clock.advance(MINUTE);
      expect(use(journal, `other ${minute}`)).toBe(true);
      expect(journal.remember('key', 'n', until)).toBe(false);
    }
    expect(files().length).toBeGreaterThan(1);
    expect(new NonceJournal(folder, clock).remember('key', 'n', until)).toBe(false);
  });

  test('keeps no more than some fifty minutes of nonces, in memory and on disk', () => {
    const journal = new NonceJournal(folder, clock);
    use(journal, 'n');
    let most = 0;
    for (let minute = 1; minute <= 300; minute += 1) {
      clock.advance(MINUTE);
      use(journal, `other ${minute}`);
      most = Math.max(most, files().length);
    }
    expect(most).toBeLessThanOrEqual(6);
    const records = files().map((file) => readFileSync(file, 'latin1').split('\n').length - 1);
    expect(records.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(52);
    expect(use(journal, 'n')).toBe(true);
  });

  test('removes expired files at the start and leaves files that are not its own', () => {
    use(new NonceJournal(folder, clock), 'n');
    appendFileSync(join(folder, 'notes.txt'), 'mine');
    clock.advance(NONCE_LIFE_MS);
    const journal = new NonceJournal(folder, clock);
    expect(files()).toEqual([join(folder, 'notes.txt')]);
    expect(use(journal, 'n')).toBe(true);
  });

  test('goes on to rotate when the clock was set back', () => {
    const journal = new NonceJournal(folder, clock);
    use(journal, 'n');
    clock.advance(-60 * MINUTE);
    expect(use(journal, 'm')).toBe(true);
    expect(use(journal, 'n')).toBe(false);
    expect(files()).toHaveLength(2);
  });

  test('keeps in memory what it cannot write, says so once, and writes it down as soon as it can', () => {
    const troubles: string[] = [];
    const journal = new NonceJournal(folder, clock, ({ message }) => troubles.push(message));
    rmSync(folder, { recursive: true });
    expect(use(journal, 'n')).toBe(true);
    expect(use(journal, 'm')).toBe(true);
    expect(use(journal, 'n')).toBe(false);
    expect(troubles).toEqual([expect.stringContaining('ENOENT')]);
    mkdirSync(folder);
    expect(use(journal, 'o')).toBe(true);
    const afterKill = new NonceJournal(folder, clock);
    for (const nonce of ['n', 'm', 'o']) expect(use(afterKill, nonce)).toBe(false);
  });
});
