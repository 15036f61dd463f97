import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ParameterTable } from './parameter-table.ts';
import { readParameters } from './read-parameters.ts';

const table = {
  Name: { kind: 'text', required: true, maxBytes: 6, description: '' },
  Size: { kind: 'integer', min: 1, max: 100, default: 10, description: '' },
  Offset: { kind: 'integer', min: 0, max: 5, description: '' },
  Colour: { kind: 'choice', allowed: ['red', 'blue'], description: '' },
  Start: { kind: 'clock-time', description: '' },
  Since: { kind: 'time', description: '' },
  Config: {
    kind: 'json',
    schema: z.looseObject({ Deep: z.object({ Max: z.int('4-50').max(50, '4-50') }).optional() }, 'a JSON object'),
    description: '',
  },
  Overwrite: { kind: 'boolean', description: '' },
  Keep: { kind: 'boolean', default: true, description: '' },
  Old: { kind: 'ignored', description: '' },
} as const satisfies ParameterTable;

const read = (given: Record<string, string>): unknown => {
  const outcome = readParameters(table, new Map(Object.entries({ Name: 'n', ...given })));
  return outcome.kind === 'values' ? outcome.values : outcome.message;
};

test('gives defaults, and leaves out what is ignored or unknown', () => {
  expect(read({ Old: '1', RegionId: 'cn-shanghai' })).toEqual({
    Name: 'n',
    Size: 10,
    Offset: undefined,
    Colour: undefined,
    Start: '',
    Since: undefined,
    Config: '',
    Overwrite: false,
    Keep: true,
  });
});

test('hands texts and JSON on as they were written', () => {
  expect(read({ Config: '{ "Unknown" : 1 }', Start: '01:02:03', Size: '007' })).toMatchObject({
    Config: '{ "Unknown" : 1 }',
    Start: '01:02:03',
    Size: 7,
  });
});

test('reads times as milliseconds since the epoch', () => {
  expect(read({ Since: '2026-01-02T03:04:05Z' })).toMatchObject({ Since: Date.UTC(2026, 0, 2, 3, 4, 5) });
});

test('reads true and false as clients of all languages write them', () => {
  for (const Overwrite of ['true', 'True', 'TRUE']) expect(read({ Overwrite })).toMatchObject({ Overwrite: true });
  for (const Overwrite of ['false', 'False', '']) expect(read({ Overwrite })).toMatchObject({ Overwrite: false });
});

test('what is true by itself is false where that is said', () => {
  expect(read({ Keep: 'False' })).toMatchObject({ Keep: false });
  expect(read({ Keep: 'true' })).toMatchObject({ Keep: true });
});

describe('names field, value and range', () => {
  test.each([
    [{ Name: '' }, 'Name is mandatory for this action.'],
    [{ Name: '测试长' }, "'Name' is invalid, input: 测试长, value range: at most 6 bytes of UTF-8, this has 9"],
    [{ Size: '0' }, "'Size' is invalid, input: 0, value range: 1-100"],
    [{ Size: '1e1' }, "'Size' is invalid, input: 1e1, value range: 1-100"],
    [{ Overwrite: '1' }, "'Overwrite' is invalid, input: 1, value range: true, false"],
    [{ Colour: 'green' }, "'Colour' is invalid, input: green, value range: red, blue"],
    [{ Start: '1:2:3' }, "'Start' is invalid, input: 1:2:3, value range: HH:MM:SS, 00:00:00 to 99:59:59"],
    [{ Start: '00:60:00' }, "'Start' is invalid, input: 00:60:00, value range: HH:MM:SS, 00:00:00 to 99:59:59"],
    [
      { Since: '2026-02-30T00:00:00Z' },
      "'Since' is invalid, input: 2026-02-30T00:00:00Z, value range: yyyy-MM-ddTHH:mm:ssZ in UTC, of a day that exists",
    ],
    [{ Config: '[]' }, "'Config' is invalid, input: [], value range: a JSON object"],
    [{ Config: '{"Deep":{"Max":60}}' }, "'Config.Deep.Max' is invalid, input: 60, value range: 4-50"],
    [{ Config: '{"Deep":{"Max":"x"}}' }, "'Config.Deep.Max' is invalid, input: x, value range: 4-50"],
  ])('%j', (given, message) => {
    expect(read(given)).toBe(message);
  });

  test('and what is wrong with text that is not JSON', () => {
    expect(read({ Config: '{' })).toMatch(/^'Config' is invalid, input: {, value range: JSON text \(.+\)$/);
  });

  test('showing no more than the head of a long value', () => {
    expect(read({ Size: '9'.repeat(500) })).toBe(
      `'Size' is invalid, input: ${'9'.repeat(64)}…, value range: 1-100`,
    );
  });
});
