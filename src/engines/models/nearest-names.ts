/** So many suggestions help; more are a list. */
const MOST = 3;

/** The names that somebody who typed this may have meant, the nearest first. */
export function nearestNames(typed: string, names: readonly string[]): string[] {
  const wanted = typed.toLowerCase();
  const scored = names.map((name) => ({ name, score: scoreOf(wanted, name.toLowerCase()) }));
  return scored
    .filter(({ score }) => score <= 0.5)
    .toSorted((a, b) => a.score - b.score)
    .slice(0, MOST)
    .map(({ name }) => name);
}

/** 0 for the same, 1 for nothing in common. A part of a name is near it: names are long. */
function scoreOf(typed: string, name: string): number {
  const changes = editDistance(typed, name) / Math.max(typed.length, name.length, 1);
  const isPart = typed.length > 2 && name.includes(typed);
  return isPart ? Math.min(changes, 0.3) : changes;
}

/** How many characters have to be added, removed or changed. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let above = 0; above < from.length; above += 1) {
    const next = [above + 1];
    for (let index = 0; index < to.length; index += 1) {
      const changed = (row[index] ?? 0) + (from[above] === to[index] ? 0 : 1);
      next.push(Math.min(changed, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
