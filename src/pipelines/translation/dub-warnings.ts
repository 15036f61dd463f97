import type { JobFailureCode } from '../../jobs/job-failure.ts';
import { clockText } from '../asr-parameters.ts';
import type { DubLine } from './dub-request.ts';

/** Why a line is not spoken; `reason` is for the caller. */
export type WhyLeft = { readonly code: JobFailureCode; readonly reason: string };

/** As many moments as are worth naming. */
const MOST_NAMED = 5;

/** The lines that could not be spoken and keep their original sound. */
export class LeftLines {
  readonly #lines: readonly DubLine[];
  readonly #reasons = new Map<string, number[]>();
  #last: WhyLeft | undefined;

  constructor(lines: readonly DubLine[]) {
    this.#lines = lines;
  }

  add(index: number, why: WhyLeft): void {
    const indices = this.#reasons.get(why.reason);
    if (indices === undefined) this.#reasons.set(why.reason, [index]);
    else indices.push(index);
    this.#last = why;
  }

  /** Why the last of them is not; undefined where all could be spoken. */
  get last(): WhyLeft | undefined {
    return this.#last;
  }

  /** A sentence for each reason: a thousand lines of an engine that is gone are one. */
  warnings(): string[] {
    return [...this.#reasons].map(([reason, indices]) => {
      const count = indices.length === 1 ? 'A line keeps its' : `${indices.length} lines keep their`;
      return `${count} original sound (at ${this.#moments(indices)}). ${reason}`;
    });
  }

  #moments(indices: readonly number[]): string {
    const named = indices.slice(0, MOST_NAMED).map((index) => clockText(this.#lines[index]?.from ?? 0));
    return [...named, ...(indices.length > MOST_NAMED ? ['…'] : [])].join(', ');
  }
}
