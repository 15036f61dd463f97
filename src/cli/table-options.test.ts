import { describe, expect, test } from 'vitest';
import type { ParameterTable } from '../gateway/parameter-table.ts';
import { optionNames, tableOptions } from './table-options.ts';

const table = {
  InputFile: { kind: 'text', required: true, maxBytes: 10, description: 'The input.' },
  StartTime: { kind: 'clock-time', description: 'Where to begin.' },
  PageSize: { kind: 'integer', min: 1, max: 7, default: 3, description: 'How many.' },
  SortBy: { kind: 'choice', allowed: ['Time:Asc', 'Time:Desc'], default: 'Time:Desc', description: 'The order.' },
  Overwrite: { kind: 'boolean', description: 'Whether to overwrite.' },
  Keep: { kind: 'boolean', default: true, description: 'Whether to keep.' },
  Old: { kind: 'ignored', description: 'Nothing.' },
} as const satisfies ParameterTable;

describe('options from a parameter table', () => {
  const options = tableOptions(table, optionNames(table, ['InputFile']));

  test('are named after the parameters; ignored ones and those left out have none', () => {
    expect(options.options.map(({ flags }) => flags)).toEqual([
      '--start-time <HH:MM:SS>',
      '--page-size <number>',
      '--sort-by <value>',
      '--overwrite',
      '--no-keep',
    ]);
  });

  test('say what the table says', () => {
    expect(options.options.map(({ description }) => description)).toEqual([
      'Where to begin.',
      'How many. (1 to 7; default: 3)',
      'The order. (Time:Asc, Time:Desc; default: Time:Desc)',
      'Whether to overwrite.',
      'Whether to keep. (default: true)',
    ]);
  });

  test('turn off what is on by itself', () => {
    const keep = (given: boolean): unknown => options.read({ keep: given }, { InputFile: 'a' });
    expect(keep(false)).toEqual({ kind: 'parameters', values: { InputFile: 'a', Keep: 'false' } });
    expect(keep(true)).toEqual({ kind: 'parameters', values: { InputFile: 'a' } });
  });

  test('become wire parameters, only those that were given', () => {
    const read = options.read({ startTime: '00:00:01', sortBy: 'ASC', overwrite: true }, { InputFile: 'a' });
    expect(read).toEqual({
      kind: 'parameters',
      values: { InputFile: 'a', StartTime: '00:00:01', SortBy: 'Time:Asc', Overwrite: 'true' },
    });
  });

  test('are refused by the rules of the table', () => {
    for (const [given, named] of [
      [{ pageSize: '8' }, 'PageSize'],
      [{ startTime: '1:00' }, 'StartTime'],
      [{ sortBy: 'Up' }, 'SortBy'],
    ] as const) {
      const failure = { kind: 'failure', exit: 2, message: expect.stringContaining(`'${named}'`) };
      expect(options.read(given, { InputFile: 'a' })).toMatchObject(failure);
    }
    expect(options.read({})).toMatchObject({ kind: 'failure', code: 'MissingInputFile' });
    expect(options.read({}, { InputFile: 'é'.repeat(6) })).toMatchObject({ kind: 'failure' });
  });
});
