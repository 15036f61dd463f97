import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { CLOUD_VOICES } from '../src/engines/tts/voices/cloud-voices.ts';
import { VOICES_FILE, voicesDocs } from '../scripts/voices-docs.ts';

test('docs/voices.md says who speaks for every id of the cloud; scripts/voices-docs.ts writes it anew', async () => {
  const page = await readFile(VOICES_FILE, 'utf8');
  expect(page).toBe(await voicesDocs(page));
  expect(CLOUD_VOICES.filter(({ id }) => !page.includes(`\`${id}\``))).toEqual([]);
});
