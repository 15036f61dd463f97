import { cleanText, isSpeakable } from '../text/clean-text.ts';
import { splitSentences } from '../text/split-sentences.ts';
import type { Atom } from './flatten-document.ts';

/** What of a sentence is left to say or to wait. */
export type SentenceAtom = Exclude<Atom, { kind: 'edge' } | { kind: 'beyond' }>;

export type Sentence = { readonly atoms: readonly SentenceAtom[]; readonly end: 'sentence' | 'paragraph' };

/** Puts atoms together to sentences: a sentence may begin in one text, hold tags and end in another. */
export function groupSentences(atoms: readonly Atom[]): Sentence[] {
  const sentences: Sentence[] = [];
  let open: SentenceAtom[] = [];
  const close = (end: Sentence['end']): void => {
    if (open.length > 0) sentences.push({ atoms: open, end });
    open = [];
  };
  for (const atom of atoms) {
    if (atom.kind === 'edge') {
      close('sentence');
    } else if (atom.kind === 'text') {
      for (const part of splitSentences(cleanText(atom.text))) {
        const ended = open.every(isSilent) && !isSpeakable(part.text);
        // A line end, or closing marks alone, belong to what was said before.
        if (ended && part.end === 'paragraph') lengthenLast(sentences, open);
        else open.push({ kind: 'text', text: part.text });
        if (part.end !== 'open') close(part.end);
      }
    } else if (atom.kind !== 'beyond') {
      open.push(atom);
    }
  }
  close('sentence');
  return sentences;
}

function lengthenLast(sentences: Sentence[], open: readonly SentenceAtom[]): void {
  const last = sentences.at(-1);
  if (last !== undefined && open.length === 0) sentences.splice(-1, 1, { atoms: last.atoms, end: 'paragraph' });
}

function isSilent(atom: SentenceAtom): boolean {
  return atom.kind === 'pause' || (atom.kind === 'text' && !isSpeakable(atom.text));
}
