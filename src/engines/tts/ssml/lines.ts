import type { Position } from './ssml-tree.ts';

/** Finds the line and column of offsets that mostly grow: each asks only for what lies behind the one before. */
export class Lines {
  readonly #source: string;
  #offset = 0;
  #line = 1;
  #column = 1;

  constructor(source: string) {
    this.#source = source;
  }

  position(offset: number): Position {
    if (offset < this.#offset) return new Lines(this.#source).position(offset);
    const between = this.#source.slice(this.#offset, offset);
    const lastBreak = between.lastIndexOf('\n');
    if (lastBreak >= 0) {
      this.#line += between.split('\n').length - 1;
      this.#column = 1;
    }
    this.#column += Array.from(between.slice(lastBreak + 1)).length;
    this.#offset = offset;
    return { line: this.#line, column: this.#column };
  }
}
