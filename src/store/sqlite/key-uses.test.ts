import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ManualClock } from '../../base/clock.ts';
import { START } from '../contract/sample-jobs.ts';
import { KeyUses } from './key-uses.ts';
import { temporaryDatabase } from './test-database.ts';

let db: Database;
let remove: () => void;
let clock: ManualClock;
let uses: KeyUses;
beforeEach(() => {
  vi.useFakeTimers();
  ({ db, remove } = temporaryDatabase());
  clock = new ManualClock(START);
  uses = new KeyUses(db, clock);
  for (const id of ['one', 'other']) {
    db.prepare("INSERT INTO access_key VALUES (?, ?, NULL, 'Active', '', 0, NULL)").run(id, `account of ${id}`);
  }
});
afterEach(() => {
  vi.useRealTimers();
  remove();
});

const written = (): unknown[] => db.prepare('SELECT last_used_at FROM access_key ORDER BY id').pluck().all();

describe('the last use of a key', () => {
  test('is written a second later, all uses of the second at once', () => {
    uses.note('one');
    clock.advance(300);
    uses.note('other');
    expect(written()).toEqual([null, null]);
    expect(uses.unwritten('one')).toBe(START);
    vi.advanceTimersByTime(1000);
    expect(written()).toEqual([START, START + 300]);
    expect(uses.unwritten('one')).toBeUndefined();
  });

  test('is written once a minute for a key that is used all the time', () => {
    const seen = new Set<unknown>();
    for (let second = 0; second <= 120; second += 1) {
      uses.note('one');
      vi.advanceTimersByTime(1000);
      seen.add(written()[0]);
      clock.advance(1000);
    }
    expect([...seen]).toEqual([START, START + 60_000, START + 120_000]);
  });

  test('is written at once where the store closes', () => {
    uses.note('one');
    uses.flush();
    expect(written()).toEqual([START, null]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('goes on where the clock was set back', () => {
    uses.note('one');
    clock.advance(-3_600_000);
    uses.note('one');
    uses.flush();
    expect(written()[0]).toBe(START - 3_600_000);
  });

  test('waits where the disk fails, and is not lost', () => {
    db.pragma('query_only = ON');
    uses.note('one');
    expect(() => vi.advanceTimersByTime(1000)).not.toThrow();
    db.pragma('query_only = OFF');
    expect(written()).toEqual([null, null]);
    uses.note('other');
    vi.advanceTimersByTime(1000);
    expect(written()).toEqual([START, START]);
  });
});
