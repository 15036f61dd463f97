export type Span = { readonly from: number; readonly to: number };

/** Seconds. */
const BUCKET = 10;

/** Numbers of what stands in time, to be found by when it stands: among thousands, without looking at all of them. */
export class TimeIndex {
  readonly #buckets = new Map<number, number[]>();

  add(number: number, span: Span): void {
    for (const bucket of bucketsOf(span)) {
      const numbers = this.#buckets.get(bucket);
      if (numbers === undefined) this.#buckets.set(bucket, [number]);
      else numbers.push(number);
    }
  }

  /** @returns in rising order all whose spans touch this one, and some that are near it */
  near(span: Span): number[] {
    const found = new Set(bucketsOf(span).flatMap((bucket) => this.#buckets.get(bucket) ?? []));
    return [...found].toSorted((a, b) => a - b);
  }
}

function bucketsOf({ from, to }: Span): number[] {
  const first = Math.floor(from / BUCKET);
  return Array.from({ length: Math.max(1, Math.floor(to / BUCKET) - first + 1) }, (_, index) => first + index);
}
