import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { silentLogger } from '../base/logger.ts';
import type { AuditEntry } from './audit-entry.ts';
import { AuditLog } from './audit-log.ts';
import { readLine } from './audit-line.ts';
import { findAuditLines, type AuditQuery } from './audit-query.ts';
import { auditLines } from './read-audit.ts';
import { verifyAudit } from './verify-audit.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

let folder: string;
let clock: ManualClock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'smartjobs-audit-'));
  clock = new ManualClock(START);
});
afterEach(() => rmSync(folder, { recursive: true }));

function openLog(changes: { keepDays?: number; maxFileBytes?: number } = {}): AuditLog {
  return new AuditLog({ folder, clock, log: silentLogger, keepDays: 90, ...changes });
}

function entry(changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    requestId: 'REQUEST-1',
    source: '192.0.2.1',
    account: '1000000000000001',
    caller: 'root',
    accessKeyId: 'LTAI1',
    action: 'ice:SubmitASRJob',
    outcome: 'ok',
    ids: { JobId: 'job-1' },
    ...changes,
  };
}

async function found(query: AuditQuery = {}): Promise<string[]> {
  const ids: string[] = [];
  for await (const line of findAuditLines(folder, query)) ids.push(line.requestId);
  return ids;
}

async function texts(): Promise<string[]> {
  const all: string[] = [];
  for await (const { text } of auditLines(folder)) all.push(text);
  return all;
}

function soleFile(): string {
  const names = readdirSync(folder);
  expect(names).toHaveLength(1);
  return join(folder, names[0]!);
}

describe('the audit log', () => {
  test('has a line for each entry when record returns, with its time and place in the chain', async () => {
    const log = openLog();
    log.record(entry({ source: '::ffff:192.0.2.1' }));
    log.record(entry({ requestId: 'REQUEST-2' }));
    const [first, second] = (await texts()).map(readLine);
    expect(first).toEqual({ ...entry(), seq: 1, time: '2026-01-02T03:04:05.678Z', prev: '0'.repeat(64) });
    expect(second).toMatchObject({ seq: 2, prev: expect.stringMatching(/^[0-9a-f]{64}$/) });
    await log.stop();
  });

  test('goes on where the last process ended', async () => {
    for (const requestId of ['A', 'B', 'C']) {
      const log = openLog();
      log.record(entry({ requestId }));
      await log.stop();
    }
    await expect(verifyAudit(folder)).resolves.toMatchObject({ kind: 'intact', lines: 3, firstSeq: 1, lastSeq: 3 });
  });

  test('cuts off half a line that a killed process left', async () => {
    const log = openLog();
    log.record(entry());
    await log.stop();
    appendFileSync(soleFile(), '{"seq":2,"time":"2026-');
    await expect(verifyAudit(folder)).resolves.toMatchObject({ kind: 'intact', lines: 1 });
    const next = openLog();
    next.record(entry());
    await next.stop();
    await expect(verifyAudit(folder)).resolves.toMatchObject({ kind: 'intact', lines: 2 });
  });

  test('follows a file that was begun and has no line with the line before it', async () => {
    const log = openLog();
    log.record(entry());
    await log.stop();
    writeFileSync(join(folder, '000000000002-2026-01-03.jsonl'), '');
    clock.advance(DAY_MS);
    const next = openLog();
    next.record(entry());
    await next.stop();
    await expect(verifyAudit(folder)).resolves.toMatchObject({ kind: 'intact', lines: 2 });
  });

  test('begins a file each day and above its size, and removes the old ones', async () => {
    const log = openLog({ keepDays: 2, maxFileBytes: 500 });
    for (let day = 0; day < 6; day += 1) {
      log.record(entry());
      log.record(entry());
      clock.advance(DAY_MS);
    }
    log.record(entry());
    await log.stop();
    const days = readdirSync(folder).map((name) => name.slice(13, 23));
    expect([...new Set(days)].toSorted()).toEqual(['2026-01-06', '2026-01-07', '2026-01-08']);
    await expect(verifyAudit(folder)).resolves.toMatchObject({
      kind: 'intact',
      lines: 5,
      firstSeq: 9,
      lastSeq: 13,
    });
    const full = openLog({ keepDays: 2, maxFileBytes: 500 });
    for (let call = 0; call < 4; call += 1) full.record(entry());
    await full.stop();
    expect(readdirSync(folder).length).toBeGreaterThan(4);
  });

  test('writes printable ASCII alone, whatever a caller sends, and reads it back', async () => {
    const action = 'ice:\n\u001b[2J\u0085\u202e测😀"\\';
    const log = openLog();
    log.record(entry({ action, ids: { JobId: 'x'.repeat(10_000) } }));
    await log.stop();
    const text = readFileSync(soleFile(), 'utf8');
    expect(text).toMatch(/^[\u0020-\u007e]+\n$/);
    expect(readLine(text)).toMatchObject({ action, ids: { JobId: `${'x'.repeat(200)}...` } });
  });

  test('bounds what strangers can write, and says how much was left out', async () => {
    const log = openLog();
    for (let call = 0; call < 1000; call += 1) log.record(entry({ caller: '', outcome: 'SignatureDoesNotMatch' }));
    log.record(entry({ requestId: 'PROVEN' }));
    await log.stop();
    const lines = (await texts()).map(readLine);
    expect(lines).toHaveLength(601);
    expect(lines.at(-1)).toMatchObject({ requestId: 'PROVEN', unrecorded: 400 });
  });

  test('counts what it could not write, and goes on as soon as it can', async () => {
    const log = openLog();
    rmSync(folder, { recursive: true });
    log.record(entry());
    mkdirSync(folder);
    log.record(entry());
    await log.stop();
    const lines = (await texts()).map(readLine);
    expect(lines).toEqual([expect.objectContaining({ seq: 1, unrecorded: 1 })]);
  });
});

describe('verifying', () => {
  async function fiveLines(): Promise<string[]> {
    const log = openLog();
    for (const requestId of ['A', 'B', 'C', 'D', 'E']) log.record(entry({ requestId }));
    await log.stop();
    return texts();
  }

  function write(lines: readonly string[]): void {
    writeFileSync(soleFile(), lines.map((line) => `${line}\n`).join(''));
  }

  test.each([
    ['changed', (lines: string[]) => lines.with(2, lines[2]!.replace('"C"', '"X"')), 4],
    ['removed', (lines: string[]) => lines.toSpliced(2, 1), 3],
    ['removed at the beginning', (lines: string[]) => [lines[0]!, ...lines.slice(2)], 2],
    ['swapped', (lines: string[]) => [lines[1]!, lines[0]!, ...lines.slice(2)], 2],
    ['put between', (lines: string[]) => lines.toSpliced(2, 0, lines[1]!), 3],
    ['made unreadable', (lines: string[]) => lines.with(1, 'nothing'), 2],
  ])('a line that was %s shows', async (_name, tamper, place) => {
    write(tamper(await fiveLines()));
    const verdict = await verifyAudit(folder);
    expect(verdict).toMatchObject({ kind: 'broken', place: expect.stringMatching(new RegExp(`:${place}$`)) });
  });

  test('lines cut off at the end show by the hash of the last one', async () => {
    await fiveLines();
    const before = await verifyAudit(folder);
    truncateSync(soleFile(), readFileSync(soleFile(), 'latin1').lastIndexOf('{"seq":5'));
    const after = await verifyAudit(folder);
    expect(after).toMatchObject({ kind: 'intact', lines: 4 });
    expect(after).not.toMatchObject({ lastHash: (before as { lastHash: string }).lastHash });
  });

  test('no log is an intact one', async () => {
    await expect(verifyAudit(join(folder, 'none'))).resolves.toMatchObject({ kind: 'intact', lines: 0 });
  });
});

describe('asking the log', () => {
  beforeEach(async () => {
    const log = openLog();
    log.record(entry({ requestId: 'A' }));
    clock.advance(1000);
    log.record(entry({ requestId: 'B', action: 'ram:CreateUser', caller: 'user/ann', accessKeyId: 'LTAI2' }));
    clock.advance(1000);
    log.record(entry({ requestId: 'C', outcome: 'NoPermission', account: '1000000000000002' }));
    await log.stop();
  });

  test.each<[AuditQuery, string[]]>([
    [{}, ['A', 'B', 'C']],
    [{ since: START + 1000 }, ['B', 'C']],
    [{ until: START + 1000 }, ['A']],
    [{ action: 'ram:CreateUser' }, ['B']],
    [{ action: 'CreateUser' }, ['B']],
    [{ action: 'ice:*' }, ['A', 'C']],
    [{ action: 'Create*' }, ['B']],
    [{ action: 'User' }, []],
    [{ caller: 'user/ann' }, ['B']],
    [{ caller: 'LTAI2' }, ['B']],
    [{ caller: '1000000000000002' }, ['C']],
    [{ outcome: 'ok' }, ['A', 'B']],
    [{ outcome: 'refused' }, ['C']],
    [{ outcome: 'NoPermission', caller: 'root' }, ['C']],
    [{ requestId: 'b' }, ['B']],
  ])('%j finds %j', async (query, expected) => {
    await expect(found(query)).resolves.toEqual(expected);
  });
});
