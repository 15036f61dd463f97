import { BrokenArchive } from './broken-archive.ts';

/** Bits of a stream, most significant first, out of the bytes that were fed so far. */
export class BitReader {
  #bytes: Uint8Array = new Uint8Array(0);
  #next = 0;
  /** The lowest `#count` bits are those that were taken from the bytes and not yet read. */
  #bits = 0;
  #count = 0;

  /** Whole bytes that were not touched. */
  get buffered(): number {
    return this.#bytes.length - this.#next;
  }

  feed(chunks: readonly Uint8Array[]): void {
    this.#bytes = Buffer.concat([this.#bytes.subarray(this.#next), ...chunks]);
    this.#next = 0;
  }

  /** @param width 1 to 24 */
  read(width: number): number {
    const value = this.peek(width);
    this.#count -= width;
    return value;
  }

  /** @param width 1 to 24 */
  peek(width: number): number {
    while (this.#count < width) {
      const byte = this.#bytes[this.#next];
      if (byte === undefined) throw new BrokenArchive('it is cut off');
      this.#next += 1;
      // What was read already drops out at the top: 24 bits and one byte more fit into 32.
      this.#bits = (this.#bits << 8) | byte;
      this.#count += 8;
    }
    return (this.#bits >>> (this.#count - width)) & ((1 << width) - 1);
  }

  /** After a `peek` of at least as many. */
  skip(width: number): void {
    this.#count -= width;
  }

  /** To the next byte of the stream. */
  align(): void {
    this.#count -= this.#count % 8;
  }

  /** Whether whole bytes follow; after `align`. */
  get hasMore(): boolean {
    return this.#count > 0 || this.buffered > 0;
  }
}
