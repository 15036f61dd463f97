import { join } from 'node:path';
import type { ChartDrawing, DrawingNews } from './draw-segments.ts';
import { runDrawing } from './drawing-process.ts';
import { firstCause, type RenderFailure } from './render-failure.ts';
import { dealOut, type ChartSegment } from './segments.ts';

export type MissingSegments = {
  /** In the order of the video. */
  readonly missing: readonly ChartSegment[];
  /** Processes that draw at the same time. */
  readonly lanes: number;
  readonly drawing: Omit<ChartDrawing, 'segments'>;
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** Called in the order of the video, one after the other. What it throws ends the drawing and is thrown on. */
  readonly keep: ((segment: ChartSegment) => Promise<void>) | undefined;
  /** @param done of all missing frames, so many; never less than before */
  readonly onFrames: (done: number) => void;
};

/** `hashes` in the order of the video; `peakRss` of the largest process, in bytes. */
export type Drawn = { readonly kind: 'drawn'; readonly hashes: readonly string[]; readonly peakRss: number };

/** Draws what is missing, and the poster; when one process fails the others are ended. */
export async function drawMissing(work: MissingSegments): Promise<Drawn | RenderFailure> {
  const { missing, lanes, drawing, scratch, signal, onFrames } = work;
  const { poster, ...plain } = drawing;
  const dealt = dealOut(missing, lanes);
  // Where all is there but the poster, it has a process of its own; else the last lane draws it.
  const plans = dealt.length === 0 && poster !== undefined ? [[]] : dealt;
  const failed = new AbortController();
  const keeping = new KeptInOrder(work, () => failed.abort());
  const done = plans.map(() => 0);
  const hashes = new Map<number, readonly string[]>();
  let peakRss = 0;
  const onNews = (lane: number, news: DrawingNews): void => {
    if (news.kind === 'done') peakRss = Math.max(peakRss, news.peakRss);
    if (news.kind === 'frames') {
      done[lane] = news.done;
      onFrames(done.reduce((sum, one) => sum + one, 0));
    }
    if (news.kind === 'segment') {
      hashes.set(news.index, news.hashes);
      keeping.drawn(news.index);
    }
  };
  const outcomes = await Promise.all(
    plans.map(async (segments, lane) => {
      const outcome = await runDrawing({
        drawing: { ...plain, segments, ...(lane === plans.length - 1 && poster !== undefined && { poster }) },
        plan: join(scratch, `lane-${lane}.json`),
        ...{ scratch, signal: AbortSignal.any([signal, failed.signal]) },
        onNews: (news) => onNews(lane, news),
      });
      if (outcome !== undefined) failed.abort();
      return outcome;
    }),
  );
  await keeping.end();
  const failure = firstCause(outcomes.filter((outcome) => outcome !== undefined));
  return failure ?? { kind: 'drawn', hashes: missing.flatMap(({ index }) => hashes.get(index) ?? []), peakRss };
}

/** Segments become ready in any order, and are kept in theirs. */
class KeptInOrder {
  readonly #waiting: ChartSegment[];
  readonly #keep: (segment: ChartSegment) => Promise<void>;
  readonly #onFailure: () => void;
  readonly #ready = new Set<number>();
  #last: Promise<void> = Promise.resolve();

  constructor({ missing, keep }: Pick<MissingSegments, 'missing' | 'keep'>, onFailure: () => void) {
    this.#waiting = [...missing];
    this.#keep = keep ?? (async () => undefined);
    this.#onFailure = onFailure;
  }

  drawn(index: number): void {
    this.#ready.add(index);
    for (let next = this.#waiting[0]; next !== undefined && this.#ready.has(next.index); next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#last = this.#keepAfter(this.#last, next);
      this.#last.catch(this.#onFailure);
    }
  }

  async #keepAfter(before: Promise<void>, segment: ChartSegment): Promise<void> {
    await before;
    await this.#keep(segment);
  }

  /** Resolves when all that could be kept is; throws what keeping threw. */
  async end(): Promise<void> {
    await this.#last;
  }
}
