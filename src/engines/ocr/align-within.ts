/** Where a text fits best into a longer one: indices of the longer one's characters, `to` not included. */
export type Fit = { readonly similarity: number; readonly from: number; readonly to: number };

/**
 * Finds the part of `long` that is most like `short`, by the least number of characters to add, remove or change.
 * Time and memory grow with the product of the lengths: it is for sentences, not for books.
 */
export function alignWithin(short: string, long: string): Fit {
  // Row by row; a fit may begin anywhere, so the first row is free.
  let costs = Array.from({ length: long.length + 1 }, () => 0);
  let starts = Array.from({ length: long.length + 1 }, (_, index) => index);
  for (let at = 0; at < short.length; at += 1) {
    const nextCosts = [at + 1];
    const nextStarts = [0];
    for (let index = 0; index < long.length; index += 1) {
      const changed = (costs[index] ?? 0) + (short[at] === long[index] ? 0 : 1);
      const removed = (costs[index + 1] ?? 0) + 1;
      const added = (nextCosts[index] ?? 0) + 1;
      const least = Math.min(changed, removed, added);
      nextCosts.push(least);
      nextStarts.push(
        least === changed
          ? (starts[index] ?? 0)
          : least === removed
            ? (starts[index + 1] ?? 0)
            : (nextStarts[index] ?? 0),
      );
    }
    costs = nextCosts;
    starts = nextStarts;
  }
  const least = Math.min(...costs);
  const to = costs.indexOf(least);
  return { similarity: short.length === 0 ? 0 : 1 - least / short.length, from: starts[to] ?? 0, to };
}
