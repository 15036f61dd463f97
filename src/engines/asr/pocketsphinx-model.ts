import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where the packages of Debian, Fedora, Homebrew and a build from source put the en-us model. */
const MODEL_FOLDERS = [
  '/usr/share/pocketsphinx/model/en-us',
  '/usr/local/share/pocketsphinx/model/en-us',
  '/opt/homebrew/share/pocketsphinx/model/en-us',
];

export const POCKETSPHINX_REMEDY =
  'Install it (Debian, Ubuntu: apt-get install pocketsphinx pocketsphinx-en-us), ' +
  'or set SMARTJOBS_ASR_URL to a speech server.';

/** What the adapters of both versions need: the program, and the options that name the model. */
export type PocketSphinxCall = { readonly program: string; readonly model: readonly string[] };

/** The options that name the acoustic model, language model and dictionary, or undefined where they are missing. */
export function modelArguments(folders: readonly string[] = MODEL_FOLDERS): readonly string[] | undefined {
  for (const folder of folders) {
    const [acoustic, words, pronunciations] = ['en-us', 'en-us.lm.bin', 'cmudict-en-us.dict'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    if (existsSync(join(acoustic, 'mdef')) && existsSync(words) && existsSync(pronunciations)) {
      return ['-hmm', acoustic, '-lm', words, '-dict', pronunciations];
    }
  }
  return undefined;
}
