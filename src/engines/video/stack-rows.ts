/** Rows that stand together: when, in seconds, and where, in pixels from the top of the picture. */
export type RowBlock = {
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly height: number;
};

/** The way out for what finds another text in its place. */
export type Away = 'up' | 'down';

/**
 * Moves texts that stand at the same time apart: one that comes later goes beyond those that are there, which stay.
 * Where the picture has no room for that, it stands where it would alone.
 * @param blocks in order of `from`, each where it would stand alone
 * @param pictureHeight pixels
 * @returns where each of them begins, pixels from the top
 */
export function stackRows(blocks: readonly RowBlock[], away: Away, pictureHeight: number): number[] {
  let standing: RowBlock[] = [];
  return blocks.map((block) => {
    standing = standing.filter(({ to }) => to > block.from);
    const top = freeTop(block, standing, away);
    if (top < 0 || top + block.height > pictureHeight) return block.top;
    standing.push({ ...block, top });
    return top;
  });
}

function freeTop({ top: alone, height }: RowBlock, standing: readonly RowBlock[], away: Away): number {
  // From the side that it comes from: what it has left behind is not met again.
  const met = standing.toSorted((a, b) => (away === 'up' ? b.top - a.top : a.top - b.top));
  let top = alone;
  for (const other of met) {
    const isApart = top + height <= other.top || top >= other.top + other.height;
    if (!isApart) top = away === 'up' ? other.top - height : other.top + other.height;
  }
  return top;
}
