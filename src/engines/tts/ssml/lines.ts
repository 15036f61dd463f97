import type { Position } from './ssml-tree.ts';

/** Finds the line and column of an offset. */
export class Lines {
  readonly #source: string;
  /** The offset at which each line begins. */
  readonly #starts: number[] = [0];

  constructor(source: string) {
    this.#source = source;
    for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  position(offset: number): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const before = this.#source.slice(this.#starts[low], offset);
    return { line: low + 1, column: [...before].length + 1 };
  }
}
