import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Recording } from '../test/speech/recordings.ts';
import { wordsOf } from '../test/speech/word-error-rate.ts';

/** Debian: asterisk-core-sounds-en-g722 and asterisk-core-sounds-en, CC-BY-SA 3.0, so not in this repository. */
const FOLDER = '/usr/share/asterisk/sounds/en_US_f_Allison';
const TEXTS = '/usr/share/doc/asterisk-core-sounds-en/core-sounds-en.txt.gz';

const SENTENCES = 60;
const FEWEST_WORDS = 4;

/**
 * 60 sentences spoken by a human for telephone systems, evenly over the alphabet; none where they are not installed.
 * @param folder where they are put as WAV files: nothing in a G.722 file says that it is one
 */
export function spokenPrompts(folder: string): Recording[] {
  if (!existsSync(TEXTS)) return [];
  const lines = gunzipSync(readFileSync(TEXTS)).toString('utf8').split('\n');
  const usable = lines.map(readLine).filter((prompt) => prompt !== undefined);
  const every = usable.length / SENTENCES;
  const chosen = usable.filter((_, index) => Math.floor(index / every) !== Math.floor((index - 1) / every));
  return chosen.map(({ name, path: prompt, words }, index) => {
    const path = join(folder, `prompt-${index}.wav`);
    execFileSync('ffmpeg', ['-v', 'error', '-f', 'g722', '-i', prompt, '-bitexact', path]);
    return { name, path, words };
  });
}

/** `name: What is said.` Texts with digits or with remarks in brackets do not say how they are spoken. */
function readLine(line: string): Recording | undefined {
  const [, name = '', text = ''] = /^([\w/-]+): (.*)$/.exec(line) ?? [];
  const path = join(FOLDER, `${name}.g722`);
  const words = wordsOf(text);
  if (/[\d[\]<>()]/.test(text) || words.length < FEWEST_WORDS || !existsSync(path)) return undefined;
  return { name, path, words };
}
