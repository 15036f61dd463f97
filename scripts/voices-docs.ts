/**
 * Writes the table of docs/voices.md: which voice of a machine with flite and espeak-ng speaks for which id of the
 * cloud. `npx tsx scripts/voices-docs.ts` runs it; a test fails when the table is out of date.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { chooseVoice } from '../src/engines/tts/voices/choose-voice.ts';
import { CLOUD_VOICE_GROUPS } from '../src/engines/tts/voices/cloud-voices.ts';
import type { CloudVoiceGroup } from '../src/engines/tts/voices/cloud-voice.ts';
import { DEFAULT_MACHINE } from '../src/engines/tts/voices/test-voices.ts';

export const VOICES_FILE = fileURLToPath(new URL('../docs/voices.md', import.meta.url));

const BEGIN = '<!-- Made by scripts/voices-docs.ts from here -->';
const END = '<!-- to here -->';

/** The page with its table made anew; everything else as it is. */
export async function voicesDocs(page: string): Promise<string> {
  const [before, rest] = [page.slice(0, page.indexOf(BEGIN)), page.slice(page.indexOf(END))];
  const head = ['| Group | Ids of the cloud | Spoken by | What is not as named |', '| --- | --- | --- | --- |'];
  const table = [...head, ...CLOUD_VOICE_GROUPS.flatMap(groupRows)].join('\n');
  const options = (await resolveConfig(VOICES_FILE)) ?? {};
  return await format(`${before}${BEGIN}\n\n${table}\n\n${rest}`, { ...options, parser: 'markdown' });
}

/** A row for each voice that speaks for some of the group. */
function groupRows({ type, voices }: CloudVoiceGroup): string[] {
  const rows = new Map<string, string[]>();
  for (const { id } of voices) {
    const choice = chooseVoice(id, DEFAULT_MACHINE);
    if (choice.kind !== 'voice') throw new Error(choice.message);
    const differs = choice.standsIn?.differs ?? 'nothing';
    const higher = choice.pitchFactor === 1 ? '' : `a child: ${choice.pitchFactor} times as high`;
    const notes = [differs === 'nothing' ? '' : differs, higher].filter((note) => note !== '').join('; ');
    const end = `\`${choice.voice.id}\` | ${notes} |`;
    rows.set(end, [...(rows.get(end) ?? []), `\`${id}\``]);
  }
  return [...rows].map(([end, ids]) => `| ${type} | ${ids.join(', ')} | ${end}`);
}

if (process.argv[1] === import.meta.filename) {
  await writeFile(VOICES_FILE, await voicesDocs(await readFile(VOICES_FILE, 'utf8')));
}
