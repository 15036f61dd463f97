import { editDistance } from '../edit-distance.ts';

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
