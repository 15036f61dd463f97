import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { REFERENCE_FILE, referenceDocs } from '../scripts/reference-docs.ts';

test('docs/reference.md says what the tables say; npm run docs writes it anew', async () => {
  expect(await readFile(REFERENCE_FILE, 'utf8')).toBe(await referenceDocs());
});
