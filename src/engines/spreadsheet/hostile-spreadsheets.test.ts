import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BIFF } from './biff-records.ts';
import { buildTable } from './build-table.ts';
import { readSheet } from './read-sheet.ts';
import { RefusedSpreadsheet } from './spreadsheet-refusal.ts';
import { HOSTILE_SPREADSHEETS } from './test-hostile.ts';
import { BIFF8, bytes, compoundFileOf, u16, u32, u8, xlsStream, type TestRecord } from './test-xls.ts';

/** What reading the file ends with: a code, or `read`. Any other error is a fault of ours and fails the test. */
function ending(file: Buffer): string {
  try {
    buildTable(readSheet(file, undefined));
    return 'read';
  } catch (error) {
    if (error instanceof RefusedSpreadsheet) return error.code;
    throw error;
  }
}

test.each(HOSTILE_SPREADSHEETS)('$name: $code', ({ make, code }) => {
  const file = make();
  const start = process.cpuUsage();
  expect(ending(file)).toBe(code);
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1e6).toBeLessThan(2);
});

describe('workbooks that were cut off or changed on their way are refused or read, and break nothing', () => {
  const fixtures = ['report.xls', 'report.xlsx', 'headers.xls', 'headers.xlsx'].map((name) => ({
    name,
    file: readFileSync(new URL(`./fixtures/${name}`, import.meta.url)),
  }));

  test.each(fixtures)('$name, cut off anywhere', ({ file }) => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: file.length - 600 }), (length) => {
        expect(ending(file.subarray(0, length))).toMatch(/^Spreadsheet(?:Unreadable|FormatUnsupported|Empty)$/);
      }),
      { numRuns: 60 },
    );
  });

  test.each(fixtures)('$name, with bytes changed', ({ file }) => {
    const change = fc.tuple(fc.nat(file.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 20 }), (changes) => {
        const changed = Buffer.from(file);
        for (const [at, byte] of changes) changed.writeUInt8(byte, at);
        expect(ending(changed)).toMatch(/^(?:read|Spreadsheet\w+)$/);
      }),
      { numRuns: 100 },
    );
  });
});

test('records of an .xls with any content break nothing', () => {
  const type = fc.constantFrom(...Object.values(BIFF).filter((value) => value !== BIFF.bof && value !== BIFF.eof));
  const record = fc.tuple(
    type,
    fc.uint8Array({ maxLength: 40 }).map((data) => Buffer.from(data)),
  );
  const records = fc.array(record, { maxLength: 12 });
  const name = bytes(u8(1, 0), Buffer.from('S'));
  fc.assert(
    fc.property(records, records, (globals, sheet) => {
      const stream = xlsStream(BIFF8, name, globals, sheet);
      expect(ending(compoundFileOf({ Workbook: stream }))).toMatch(/^(?:read|Spreadsheet\w+)$/);
    }),
    { numRuns: 300 },
  );
});

test('an .xls that announces a million texts gets room for those that are there', () => {
  const sst: TestRecord = [BIFF.sst, bytes(u32(0xffff_ffff, 0xffff_ffff), u16(1), u8(0), Buffer.from('a'))];
  const stream = xlsStream(
    BIFF8,
    bytes(u8(1, 0), Buffer.from('S')),
    [sst],
    [
      [BIFF.labelSst, bytes(u16(0, 0, 0), u32(0))],
      [BIFF.rk, bytes(u16(0, 1, 0), u32(6))],
    ],
  );
  expect(ending(compoundFileOf({ Workbook: stream }))).toBe('read');
});
