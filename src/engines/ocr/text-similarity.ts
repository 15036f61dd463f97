import { editDistance } from '../edit-distance.ts';

/** Letters and digits alone, in lower case: what two readings of one text share, whatever was made of its points. */
export function bareText(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

/** 1 = the same letters, 0 = nothing in common. */
export function textSimilarity(one: string, other: string): number {
  const [a, b] = [bareText(one), bareText(other)];
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 1 : 1 - editDistance(a, b) / longest;
}
