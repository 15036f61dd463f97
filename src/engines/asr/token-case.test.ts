import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inSmallLetters, writesCapitals } from './token-case.ts';

test.each([
  ['<blk> 0\n▁THE 1\nS 2\n', true],
  ['<blk> 0\n▁the 1\nS 2\n', false],
  ['<blk> 0\n你 1\n好 2\n', false],
  ['<blk> 0\n你 1\n▁HE 2\n', true],
])('tokens %j: capitals alone: %s', async (tokens, capitals) => {
  const folder = await mkdtemp(join(tmpdir(), 'token-case-'));
  const path = join(folder, 'tokens.txt');
  await writeFile(path, tokens);
  const model = { name: 'm', task: 'asr', family: 'transducer', languages: [], folder } as const;
  expect(await writesCapitals({ ...model, files: { tokens: path } })).toBe(capitals);
  expect(await writesCapitals({ ...model, files: {} })).toBe(false);
  await rm(folder, { recursive: true });
});

test('words become small, but for I', () => {
  const words = ['I', "I'M", 'IN', 'PARIS', '你'].map((text) => ({ text, from: 0, to: 1 }));
  expect(inSmallLetters(words).map(({ text }) => text)).toEqual(['I', "I'm", 'in', 'paris', '你']);
});
