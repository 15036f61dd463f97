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

/**
 * Search options for both versions: the weight of the language model in the second and third pass (defaults 8.5 and
 * 9.5). Picked among some 25 variants by the 71 words of assets/speech, where errors fall from 28.2 % to 19.7 %; so
 * that figure flatters. On 60 spoken prompts (599 words) that had the last word, they go from 23.5 % to 23.2 %: no
 * worse, and not more than that (bench/results/asr-out-of-the-box.json).
 */
export const SEARCH_OPTIONS: readonly string[] = ['-fwdflatlw', '7', '-bestpathlw', '8.5'];
