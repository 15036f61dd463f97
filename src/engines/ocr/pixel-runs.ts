/** Pixels that took on a grey together, kept it, and lost it together: a text with its outline, and nothing around it. */
export type StandingPixels = {
  /** Number of the first sample that shows them, and of the first that does not any more. */
  readonly from: number;
  readonly to: number;
  /** Indices into the picture, row by row. */
  readonly pixels: readonly number[];
  /** The grey of each of them. */
  readonly greys: readonly number[];
};

/** Greys that a pixel may wander off and still count as unchanged: compressed text flickers by 10 to 20. */
const TOLERANCE = 28;
/** Samples. What stands for less than that is not read by people either. */
const LEAST_RUN = 3;

/**
 * Follows each pixel of a video through time. A pixel of a subtitle keeps its grey from the sample on which the line
 * appears to the one on which it goes; what moves behind it does not. So thousands of pixels whose runs begin and end
 * on the same samples are a line of text, cut out of its background, whatever its colour and wherever it stands. (And
 * where the background stands still as well, the runs of its pixels are longer.)
 *
 * One comparison a pixel and sample: 1280 x 720 take 2 ms.
 */
export class PixelRuns {
  /** For each pixel: the sample on which its run began, and its grey then. */
  readonly #since: Int32Array;
  readonly #grey: Uint8Array;
  /** And of its run before, if that was long enough: when it began and ended. */
  readonly #sinceBefore: Int32Array;
  readonly #endBefore: Int32Array;
  readonly #leastPixels: number;
  #sample = 0;
  #ended: Ended = new Map();

  /** @param leastPixels groups of fewer are not reported */
  constructor(pixels: number, leastPixels: number) {
    this.#since = new Int32Array(pixels);
    this.#grey = new Uint8Array(pixels);
    this.#sinceBefore = new Int32Array(pixels);
    this.#endBefore = new Int32Array(pixels);
    this.#leastPixels = leastPixels;
  }

  /** @returns what went between the last sample but one and the last: a sample late, to catch what lags behind */
  add(frame: Uint8Array): StandingPixels[] {
    const since = this.#since;
    const grey = this.#grey;
    const sample = this.#sample;
    const ended: Ended = new Map();
    if (sample === 0) grey.set(frame);
    for (let pixel = 0; pixel < frame.length; pixel += 1) {
      const change = (frame[pixel] ?? 0) - (grey[pixel] ?? 0);
      if (change < TOLERANCE && change > -TOLERANCE) continue;
      if (sample - (since[pixel] ?? 0) >= LEAST_RUN) {
        push(ended, since[pixel] ?? 0, pixel, grey[pixel] ?? 0);
        this.#sinceBefore[pixel] = since[pixel] ?? 0;
        this.#endBefore[pixel] = sample;
      }
      since[pixel] = sample;
      grey[pixel] = frame[pixel] ?? 0;
    }
    this.#sample += 1;
    return this.#gather(ended);
  }

  /** @returns what went between the last two samples, and what stands on the last */
  end(): StandingPixels[] {
    const standing: Ended = new Map();
    this.#since.forEach((since, pixel) => {
      if (this.#sample - since >= LEAST_RUN) push(standing, since, pixel, this.#grey[pixel] ?? 0);
    });
    this.#sample += 1;
    const before = this.#gather(standing);
    this.#sample += 1;
    return [...before, ...this.#gather(new Map())];
  }

  /** Whether the pixel kept its grey between those samples, give or take one. `to` is one of the last two. */
  stood(pixel: number, from: number, to: number): boolean {
    if ((this.#since[pixel] ?? 0) <= from + 1) return true;
    return (this.#sinceBefore[pixel] ?? 0) <= from + 1 && (this.#endBefore[pixel] ?? 0) >= to - 1;
  }

  /**
   * Fading and compression spread one text's pixels over neighbouring samples, at either end. So a group takes what
   * began or ended a sample beside it, unless that is larger than the group: then it is something else.
   */
  #gather(now: Ended): StandingPixels[] {
    const before = this.#ended;
    this.#ended = now;
    const groups: StandingPixels[] = [];
    for (const [from, { pixels, greys }] of before) {
      if (pixels.length < this.#leastPixels) continue;
      const near = [from - 1, from + 1].map((since) => before.get(since));
      const late = [from, from - 1, from + 1].map((since) => now.get(since));
      const more = [...near, ...late].flatMap((other) =>
        other === undefined || other.pixels.length > pixels.length ? [] : [other],
      );
      groups.push({
        from,
        to: this.#sample - 2,
        pixels: pixels.concat(...more.map((other) => other.pixels)),
        greys: greys.concat(...more.map((other) => other.greys)),
      });
    }
    return groups;
  }
}

/** Runs that ended on one sample, by the sample on which they began. */
type Ended = Map<number, { readonly pixels: number[]; readonly greys: number[] }>;

function push(ended: Ended, since: number, pixel: number, grey: number): void {
  let group = ended.get(since);
  if (group === undefined) ended.set(since, (group = { pixels: [], greys: [] }));
  group.pixels.push(pixel);
  group.greys.push(grey);
}
