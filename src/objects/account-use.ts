/**
 * How much of its quota an account uses: the bytes of its objects and those that are on their way in. One upload is
 * turned away as soon as the bytes that are there by then do not fit; what it had taken is free again.
 */
export class AccountUse {
  readonly #maxBytes: number;
  #stored: number;
  #arriving = 0;

  constructor(stored: number, maxBytes: number) {
    this.#stored = stored;
    this.#maxBytes = maxBytes;
  }

  /** Objects that came in by another way. */
  add(bytes: number): void {
    this.#stored += bytes;
  }

  /** @param replaced the bytes of the object that is overwritten: nobody else writes it until the upload ends */
  begin(replaced: number): Upload {
    let arrived = 0;
    let refused = false;
    const take = (bytes: number): boolean => {
      const fits = this.#stored - replaced + this.#arriving + bytes <= this.#maxBytes;
      refused ||= !fits;
      if (fits) {
        arrived += bytes;
        this.#arriving += bytes;
      }
      return fits;
    };
    return {
      fits: (bytes) => this.#stored - replaced + this.#arriving + bytes <= this.#maxBytes,
      counted: (body) => counted(body, take),
      isRefused: () => refused,
      end: (stored) => {
        this.#arriving -= arrived;
        if (stored !== undefined) this.#stored += stored - replaced;
      },
    };
  }
}

export type Upload = {
  /** Whether so many bytes would fit now; takes none. */
  fits(bytes: number): boolean;
  /** The body, broken off where it does not fit. */
  counted(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  isRefused(): boolean;
  /** @param stored the bytes of the object that is there now; undefined where the upload came to nothing */
  end(stored: number | undefined): void;
};

async function* counted(
  body: AsyncIterable<Uint8Array>,
  take: (bytes: number) => boolean,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    if (!take(chunk.byteLength)) throw new Error('The object does not fit into the quota of its account.');
    yield chunk;
  }
}
