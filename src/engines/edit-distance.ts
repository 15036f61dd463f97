/**
 * How many characters (UTF-16 units) have to be added, removed or changed.
 * @param most where there are more, any number above it is the answer, and it comes sooner
 */
export function editDistance(from: string, to: string, most = Infinity): number {
  if (Math.abs(from.length - to.length) > most) return Math.abs(from.length - to.length);
  let row = Uint32Array.from({ length: to.length + 1 }, (_, index) => index);
  let next = new Uint32Array(to.length + 1);
  for (let above = 0; above < from.length; above += 1) {
    const character = from.charCodeAt(above);
    let least = (next[0] = above + 1);
    for (let index = 0; index < to.length; index += 1) {
      const changed = (row[index] ?? 0) + (character === to.charCodeAt(index) ? 0 : 1);
      const cost = Math.min(changed, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1);
      next[index + 1] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return least;
    [row, next] = [next, row];
  }
  return row[to.length] ?? 0;
}
