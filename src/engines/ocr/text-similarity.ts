import { editDistance } from '../edit-distance.ts';

/** Letters and digits alone, in lower case: what two readings of one text share, whatever was made of its points. */
export function bareText(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

/**
 * Whether two texts have so many letters in common.
 * @param least of the longer one's letters: 1 = all, 0 = none
 */
export function resembles(one: string, other: string, least: number): boolean {
  return bareResembles(bareText(one), bareText(other), least);
}

/** The same of bare texts: to compare many with many. */
export function bareResembles(one: string, other: string, least: number): boolean {
  const longest = Math.max(one.length, other.length);
  // The product of the share and the length is rounded as the quotient of the two would be.
  const most = Math.floor((1 - least) * longest + 1e-9);
  return editDistance(one, other, most) <= most;
}
