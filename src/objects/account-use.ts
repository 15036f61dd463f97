/**
 * How much of its quota an account uses: the bytes of its objects and those of uploads that are under way. An upload
 * reserves what it announces, and the rest as it comes; what does not fit is turned away, and its bytes are free
 * again at once.
 */
export class AccountUse {
  readonly #maxBytes: number;
  #stored: number;
  #reserved = 0;

  constructor(stored: number, maxBytes: number) {
    this.#stored = stored;
    this.#maxBytes = maxBytes;
  }

  /** Objects that came in by another way, or went: then fewer than none. */
  add(bytes: number): void {
    this.#stored += bytes;
  }

  /**
   * @param replaced the bytes of the object that is overwritten: nobody else writes it until the upload ends
   * @param announced bytes; 0 where the upload does not say how long it is
   */
  begin(replaced: number, announced: number): Upload {
    let reserved = 0;
    let refused = false;
    const release = (): void => {
      this.#reserved -= reserved;
      reserved = 0;
    };
    /** Whether the upload may have so many bytes in all. */
    const reserve = (bytes: number): boolean => {
      const more = Math.max(0, bytes - reserved);
      refused ||= this.#stored - replaced + this.#reserved + more > this.#maxBytes;
      if (refused) release();
      else {
        reserved += more;
        this.#reserved += more;
      }
      return !refused;
    };
    reserve(announced);
    return {
      isRefused: () => refused,
      counted: (body) => counted(body, reserve),
      end: (stored) => {
        release();
        if (stored !== undefined) this.#stored += stored - replaced;
      },
    };
  }
}

export type Upload = {
  isRefused(): boolean;
  /** The body, broken off where it does not fit. */
  counted(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** @param stored the bytes of the object that is there now; undefined where the upload came to nothing */
  end(stored: number | undefined): void;
};

async function* counted(
  body: AsyncIterable<Uint8Array>,
  reserve: (bytes: number) => boolean,
): AsyncGenerator<Uint8Array> {
  let arrived = 0;
  for await (const chunk of body) {
    arrived += chunk.byteLength;
    if (!reserve(arrived)) throw new Error('The object does not fit into the quota of its account.');
    yield chunk;
  }
}
