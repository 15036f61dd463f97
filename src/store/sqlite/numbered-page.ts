import type { CountedFilter, JobOrder } from '../../jobs/job-query.ts';
import { countBetween } from './count-between.ts';
import { BLOCK_BITS } from './job-counters.ts';
import { keysOf, type JobKey, type KeyRange } from './job-key.ts';
import { blockSql, isUnfiltered, keyInBlockSql } from './page-statements.ts';
import type { Statements } from './statements.ts';

/** So many matching jobs behind the beginning of a range. */
export type PagePlace = { readonly range: KeyRange; readonly skip: number };

/**
 * Skipping rows one by one is cheap up to here: in an index, the size of the smallest block; in the table, which an
 * unfiltered list is read from, some pages of it.
 */
const SKIP_LIMIT = { inIndex: 2 ** 10, inTable: 2 ** 6 };

type NumberedList = { readonly filter: CountedFilter; readonly order: JobOrder; readonly within: KeyRange };

/**
 * The place that lies so many matching jobs behind the first of the range, or undefined where the account has not as
 * many: those before the range are counted and passed over too.
 * Walks the counters: of the large blocks to the right one, of its small blocks to the right one. What is left to
 * skip lies within that small block, so a page costs the same at any depth.
 */
export function placeBehind(
  statements: Statements,
  accountNumber: number,
  { filter, order, within }: NumberedList,
  count: number,
): PagePlace | undefined {
  const keys = keysOf(accountNumber);
  // The keys that are still in question: the first one, and the first one behind them.
  let first = keys.above;
  let end = keys.below;
  const outside =
    order === 'Asc'
      ? { above: keys.above, below: within.above + 1 }
      : { above: within.below - 1, below: keys.below };
  const [passed = 0] = countBetween(statements, outside, [filter]);
  let skip = passed + count;
  const skipLimit = isUnfiltered(filter) ? SKIP_LIMIT.inTable : SKIP_LIMIT.inIndex;
  for (const bits of BLOCK_BITS) {
    if (skip < skipLimit) break;
    const size = 2 ** bits;
    const blocks = statements.walk<BlockCount>(blockSql(bits, filter, order), first / size, end / size);
    const found = blockHolding(blocks, skip);
    if (found === undefined) return undefined;
    first = found.block * size;
    end = first + size;
    skip = found.skip;
  }
  if (skip >= SKIP_LIMIT.inTable && isUnfiltered(filter)) {
    const [[key] = []] = statements.rows<[JobKey]>(keyInBlockSql(order), first - 1, end, skip);
    if (key === undefined) return undefined;
    [first, end, skip] = [key, key + 1, 0];
  }
  // A page may reach beyond its block.
  const range = order === 'Asc' ? { above: first - 1, below: within.below } : { above: within.above, below: end };
  return { range, skip };
}

type BlockCount = [block: number, matching: number];

function blockHolding(blocks: Iterable<BlockCount>, count: number): { block: number; skip: number } | undefined {
  let skip = count;
  for (const [block, matching] of blocks) {
    if (skip < matching) return { block, skip };
    skip -= matching;
  }
  return undefined;
}
