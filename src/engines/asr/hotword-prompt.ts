import type { Hotword } from './asr-engine.ts';

/** Whisper keeps the last 224 tokens of a prompt. Its tokenizer is not here, so that the estimate leaves room. */
const TOKENS = 200;

/**
 * The words as a prompt in the convention of whisper, whose decoder takes it for what was said before and so writes
 * names as they stand there. It knows no weights: where not all words have room, the heaviest have; and they stand
 * last, where the decoder looks first. '' where there are none.
 */
export function promptOf(hotwords: readonly Hotword[]): string {
  let left = TOKENS;
  const taken: string[] = [];
  for (const { text } of hotwords.toSorted((a, b) => b.weight - a.weight)) {
    left -= tokens(text);
    if (left < 0) break;
    taken.push(text);
  }
  return taken.length === 0 ? '' : `${taken.toReversed().join(', ')}.`;
}

/** A rare name takes a token for two or three letters, a character of Chinese up to two; and one for the comma. */
function tokens(text: string): number {
  const wide = text.match(/[^\p{ASCII}]/gu)?.length ?? 0;
  return 1 + Math.ceil((text.length - wide) / 2.5) + 2 * wide;
}
