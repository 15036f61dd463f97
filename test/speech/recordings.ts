import { readFileSync } from 'node:fs';
import { assetPath } from '../../src/engines/asset-path.ts';
import { wordsOf } from './word-error-rate.ts';

export type Recording = { readonly name: string; readonly path: string; readonly words: readonly string[] };

/** The recordings of assets/speech with what is said in them. */
export function recordings(): Recording[] {
  const lines = readFileSync(assetPath('speech/transcription'), 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [, text = '', name = ''] = /^<s> (.*) <\/s> \((.*)\)$/.exec(line) ?? [];
    return { name, path: assetPath(`speech/${name}.wav`), words: wordsOf(text) };
  });
}
