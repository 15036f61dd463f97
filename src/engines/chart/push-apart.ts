/**
 * Moves labels on a line so that none is nearer to the next than `gap`, each as little as can be, in their order, and
 * inside the ends where all have room.
 * @param wished positions in any order
 * @returns the new positions, at the same indexes
 */
export function pushApart(wished: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wished.map((_, index) => index).toSorted((a, b) => (wished[a] ?? 0) - (wished[b] ?? 0) || a - b);
  const room = Math.min(gap, order.length > 1 ? (high - low) / (order.length - 1) : gap);
  // Groups that touch stand around the mean of what their members wished.
  const groups: { sum: number; count: number }[] = [];
  const startOf = (group: { sum: number; count: number }): number =>
    Math.min(Math.max(group.sum / group.count, low), high - (group.count - 1) * room);
  for (const index of order) {
    let group = { sum: wished[index] ?? 0, count: 1 };
    for (let last = groups.at(-1); last !== undefined; last = groups.at(-1)) {
      if (startOf(last) + last.count * room <= startOf(group) + 1e-9) break;
      groups.pop();
      // A member's wish for the group's start: its own wish less its place in the group.
      group = { sum: last.sum + group.sum - group.count * last.count * room, count: last.count + group.count };
    }
    groups.push(group);
  }
  const places = groups.flatMap((group) =>
    Array.from({ length: group.count }, (_, at) => startOf(group) + at * room),
  );
  const moved = Array.from({ length: wished.length }, () => 0);
  order.forEach((index, at) => (moved[index] = places[at] ?? 0));
  return moved;
}
