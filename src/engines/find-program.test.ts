import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findProgram } from './find-program.ts';

test('a name is found on PATH, a path is taken as it is', () => {
  const sh = findProgram('sh');
  expect(sh).toMatch(/^\/.*\/sh$/);
  expect(findProgram(sh ?? '')).toBe(sh);
});

test('neither a folder nor a file that may not be run is a program', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'find-program-'));
  const file = join(folder, 'plain');
  await writeFile(file, 'text', { mode: 0o644 });
  expect([findProgram(folder), findProgram(file), findProgram(join(folder, 'none'))]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  await rm(folder, { recursive: true });
});
