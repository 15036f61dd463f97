import type { ByteRange } from '../objects/object-store.ts';

export type RangeOutcome =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly range: ByteRange }
  | { readonly kind: 'not-satisfiable' };

const WHOLE: RangeOutcome = { kind: 'whole' };

/**
 * What a Range header asks of an object of this size. As in the cloud, a range that does not lie within the object
 * is ignored, unless the caller asks for the behaviour of the HTTP standard; of several ranges the first counts.
 *
 * @param standard whether `x-oss-range-behavior: standard` was sent
 */
export function readRange(header: string | undefined, size: number, standard: boolean): RangeOutcome {
  const parts = /^bytes=(\d{0,15})-(\d{0,15})(?:,.*)?$/.exec(header?.trim() ?? '');
  const [, first = '', last = ''] = parts ?? [];
  if (first === '' && last === '') return WHOLE;
  const start = first === '' ? size - Number(last) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Number(last);
  if (end < start && first !== '' && last !== '') return WHOLE;
  if (start >= 0 && start <= end && end < size) return { kind: 'part', range: { start, end } };
  if (!standard) return WHOLE;
  if (start >= size || size === 0) return { kind: 'not-satisfiable' };
  return { kind: 'part', range: { start: Math.max(start, 0), end: Math.min(end, size - 1) } };
}
