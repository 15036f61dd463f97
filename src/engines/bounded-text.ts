/** Keeps the last part of a stream of text: what a failing program says last is what matters. */
export class BoundedText {
  readonly #limit: number;
  #text = '';

  /** @param limit UTF-16 code units to keep; up to twice as many are held for a moment */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(chunk: string): void {
    this.#text += chunk;
    if (this.#text.length > 2 * this.#limit) this.#text = this.#text.slice(-this.#limit);
  }

  get text(): string {
    return this.#text.slice(-this.#limit);
  }
}

/** Cuts a stream of text into lines. A line that grows past the limit is dropped up to its end. */
export class LineReader {
  readonly #limit: number;
  readonly #onLine: (line: string) => void;
  #rest = '';
  #tooLong = false;

  constructor(limit: number, onLine: (line: string) => void) {
    this.#limit = limit;
    this.#onLine = onLine;
  }

  add(chunk: string): void {
    const parts = (this.#rest + chunk).split('\n');
    this.#rest = parts.pop() ?? '';
    for (const line of parts) {
      if (!this.#tooLong && line.length <= this.#limit) this.#onLine(line);
      this.#tooLong = false;
    }
    if (this.#rest.length > this.#limit) {
      this.#rest = '';
      this.#tooLong = true;
    }
  }

  /** The stream is over: what is left without a newline is a line too. */
  end(): void {
    if (this.#rest !== '' && !this.#tooLong) this.#onLine(this.#rest);
    this.#rest = '';
  }
}
