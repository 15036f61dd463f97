/** Where a text fits best into a longer one: indices of the longer one's characters, `to` not included. */
export type Fit = { readonly similarity: number; readonly from: number; readonly to: number };

/**
 * Finds the part of `long` that is most like `short`, by the least number of characters to add, remove or change.
 * Time and memory grow with the product of the lengths: it is for sentences, not for books.
 */
export function alignWithin(short: string, long: string): Fit {
  // Row by row; a fit may begin anywhere, so the first row is free.
  let [costs, nextCosts] = [new Uint32Array(long.length + 1), new Uint32Array(long.length + 1)];
  let starts = Uint32Array.from(costs, (_, index) => index);
  let nextStarts = new Uint32Array(long.length + 1);
  for (let at = 0; at < short.length; at += 1) {
    [nextCosts[0], nextStarts[0]] = [at + 1, 0];
    for (let index = 0; index < long.length; index += 1) {
      const changed = (costs[index] ?? 0) + (short.charCodeAt(at) === long.charCodeAt(index) ? 0 : 1);
      const removed = (costs[index + 1] ?? 0) + 1;
      const added = (nextCosts[index] ?? 0) + 1;
      const least = Math.min(changed, removed, added);
      nextCosts[index + 1] = least;
      nextStarts[index + 1] =
        (least === changed ? starts[index] : least === removed ? starts[index + 1] : nextStarts[index]) ?? 0;
    }
    [costs, nextCosts, starts, nextStarts] = [nextCosts, costs, nextStarts, starts];
  }
  const least = costs.reduce((lowest, cost) => Math.min(lowest, cost));
  const to = costs.indexOf(least);
  return { similarity: short.length === 0 ? 0 : 1 - least / short.length, from: starts[to] ?? 0, to };
}
