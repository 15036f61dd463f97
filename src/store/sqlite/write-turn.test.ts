import SQLite, { type Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryDatabase } from './test-database.ts';
import { WriteTurn } from './write-turn.ts';

let db: Database;
let turn: WriteTurn;
let path: string;
let remove: () => void;
beforeEach(() => {
  ({ db, path, remove } = temporaryDatabase());
  db.exec('CREATE TABLE note (text TEXT UNIQUE) STRICT');
  turn = new WriteTurn(db);
});
afterEach(() => remove());

function note(text: string): Promise<number> {
  return turn.write(() => db.prepare('INSERT INTO note (text) VALUES (?)').run(text).changes);
}

function notes(): unknown[] {
  return db.prepare('SELECT text FROM note ORDER BY text').pluck().all();
}

/** How many pages were written to the log since it was last emptied. */
function walFrames(): number {
  const [state] = db.pragma('wal_checkpoint(PASSIVE)') as { log: number }[];
  return state?.log ?? 0;
}

describe('writes of one turn of the event loop', () => {
  test('share one transaction, so that they write each page once', async () => {
    db.pragma('wal_checkpoint(TRUNCATE)');
    await Promise.all(Array.from({ length: 20 }, (_, index) => note(`one ${index}`)));
    const together = walFrames();
    db.pragma('wal_checkpoint(TRUNCATE)');
    for (let index = 0; index < 20; index += 1) await note(`two ${index}`);
    expect(together).toBeLessThan(5);
    expect(walFrames()).toBeGreaterThanOrEqual(20);
  });

  test('are committed, and seen by others, when their promises settle', async () => {
    const other = new SQLite(path, { readonly: true });
    const pending = note('a');
    expect(notes()).toEqual([]);
    await pending;
    expect(other.prepare('SELECT text FROM note').pluck().all()).toEqual(['a']);
    other.close();
  });

  test('fail alone', async () => {
    const outcomes = await Promise.allSettled([
      note('a'),
      note('b'),
      note('a'),
      turn.write(() => {
        throw new Error('a fault');
      }),
      note('c'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(notes()).toEqual(['a', 'b', 'c']);
    await expect(note('d')).resolves.toBe(1);
  });

  test('leave nothing behind where they fail half way', async () => {
    const half = turn.write(() => {
      db.exec("INSERT INTO note (text) VALUES ('half')");
      throw new Error('a fault');
    });
    await expect(half).rejects.toThrow('a fault');
    expect(notes()).toEqual([]);
  });
});
