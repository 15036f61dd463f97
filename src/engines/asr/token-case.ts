import { readFile } from 'node:fs/promises';
import type { InstalledModel } from '../models/model.ts';
import type { TimedWord } from './asr-engine.ts';

/** Whether a model writes in capitals alone, as many trained on LibriSpeech and GigaSpeech do. */
export async function writesCapitals({ files }: InstalledModel): Promise<boolean> {
  try {
    const tokens = await readFile(files['tokens'] ?? '', 'utf8');
    // Special tokens such as <blk> are no text.
    const text = tokens.replaceAll(/^<.*$/gm, '');
    return /\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text);
  } catch {
    // A file that is gone is what loading the model will say.
    return false;
  }
}

/** Capitals all over are hard to read, and what comes after takes them for names; of English, `I` keeps its own. */
export function inSmallLetters(words: readonly TimedWord[]): TimedWord[] {
  return words.map((word) => {
    const text = word.text.toLowerCase();
    return { ...word, text: /^i(?:'|$)/.test(text) ? `I${text.slice(1)}` : text };
  });
}
