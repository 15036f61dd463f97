import type { Grey, PixelBox } from './pixel-box.ts';
import { PixelRuns, type StandingPixels } from './pixel-runs.ts';
import { textBlocks } from './text-blocks.ts';
import { inksOf, type Ink } from './text-ink.ts';
import { looksLikeText } from './text-likeness.ts';

/**
 * Something that may be a text, and how long it stood, in samples: the first that shows it, the first that does not.
 * `score`: 0.25 to 1, the likelier a text the higher.
 */
export type StandingText = {
  readonly from: number;
  readonly to: number;
  readonly ink: Ink;
  readonly score: number;
};

/** Pixels of the shorter side of the whole picture that a cell of the search for blocks has. */
const CELLS = 90;
/** A letter differs from what is this many cells beside it ... */
const REACH = 0.6;
/** ... by this much: greys. */
const CONTRAST = 45;
/** Texts on the busiest backgrounds have 0.58 and 0.7; nine tenths of what is none have less. */
const STANDING_SHARE = 0.5;
const CONTRAST_SHARE = 0.5;
/** Letters within a still scene: their grey, how much darker their outline is, and how near, in cells. */
const OUTLINED = { grey: 190, contrast: 120, reach: 1 };
/** Pixels in a text, at least, in squared cells: two letters. */
const LEAST_CELLS = 4;
/** Cells. */
const ROW_HEIGHT = { least: 1.5, most: 24 };
const WIDTH_LEAST = 2;

/**
 * Finds what stands in a video that is given sample by sample, and cuts it out of its background.
 */
export class StandingTextFinder {
  readonly #width: number;
  readonly #cell: number;
  readonly #runs: PixelRuns;
  readonly #mask: Grey;
  readonly #greys: Uint8Array;
  /** The last samples, the latest first. */
  #recent: Uint8Array[] = [];

  /** @param shortSide of the whole picture, of which this may be a part, in the same pixels */
  constructor(width: number, height: number, shortSide: number) {
    this.#width = width;
    this.#cell = Math.max(2, Math.round(shortSide / CELLS));
    this.#runs = new PixelRuns(width * height, LEAST_CELLS * this.#cell ** 2);
    this.#mask = { width, height, pixels: new Uint8Array(width * height) };
    this.#greys = new Uint8Array(width * height);
  }

  /** @param frame is kept: a new one for each sample */
  add(frame: Uint8Array): StandingText[] {
    const gone = this.#runs.add(frame);
    // What went a sample ago was last seen two samples ago.
    const seen = this.#recent[1];
    this.#recent = [frame, ...this.#recent].slice(0, 2);
    return seen === undefined ? [] : gone.flatMap((group) => this.#textsOf(group, seen));
  }

  end(): StandingText[] {
    const [seen] = this.#recent;
    return seen === undefined ? [] : this.#runs.end().flatMap((group) => this.#textsOf(group, seen));
  }

  #textsOf(group: StandingPixels, seen: Uint8Array): StandingText[] {
    const sharp = group.pixels.filter((pixel, index) => this.#isSharp(pixel, group.greys[index] ?? 0, seen));
    if (sharp.length < LEAST_CELLS * this.#cell ** 2) return [];
    const blocks = textBlocks(sharp, this.#mask, this.#cell);
    const texts = this.#read(blocks, group, seen);
    if (!blocks.some((block) => this.#isScene(block))) return texts;
    const outlined = this.#outlined(group, seen);
    return [...texts, ...this.#read(textBlocks(outlined.pixels, this.#mask, this.#cell), outlined, seen)];
  }

  #read(blocks: readonly PixelBox[], group: StandingPixels, seen: Uint8Array): StandingText[] {
    const sized = blocks.filter((block) => this.#isOfTextSize(block));
    if (sized.length === 0) return [];
    const mask = this.#mask.pixels;
    group.pixels.forEach((pixel, index) => {
      mask[pixel] = 1;
      this.#greys[pixel] = group.greys[index] ?? 0;
    });
    const texts = sized.flatMap((block) => {
      const found = this.#inksOf(block, group, seen);
      return found.map(({ ink, score }) => ({ from: group.from, to: group.to, ink, score }));
    });
    for (const pixel of group.pixels) mask[pixel] = 0;
    return texts;
  }

  /**
   * What is left of a picture that came and went with its text, as a still scene does from one cut to the next: bright
   * strokes between dark ones, as letters with an outline are.
   */
  #outlined({ from, to, pixels, greys }: StandingPixels, seen: Uint8Array): StandingPixels {
    const strokes = { from, to, pixels: [] as number[], greys: [] as number[] };
    pixels.forEach((pixel, index) => {
      const grey = greys[index] ?? 0;
      if (grey < OUTLINED.grey) return;
      if (!this.#isBetweenDark(pixel, 1, grey, seen) && !this.#isBetweenDark(pixel, this.#width, grey, seen))
        return;
      strokes.pixels.push(pixel);
      strokes.greys.push(grey);
    });
    return strokes;
  }

  #isBetweenDark(pixel: number, step: number, grey: number, seen: Uint8Array): boolean {
    const reach = Math.round(OUTLINED.reach * this.#cell);
    const isDark = (way: number): boolean => {
      for (let away = 1; away <= reach; away += 1) {
        if (grey - (seen[pixel + way * away * step] ?? 255) >= OUTLINED.contrast) return true;
      }
      return false;
    };
    return isDark(1) && isDark(-1);
  }

  #isScene({ height }: PixelBox): boolean {
    return height > ROW_HEIGHT.most * this.#cell;
  }

  #inksOf(block: PixelBox, group: StandingPixels, seen: Uint8Array): Pick<StandingText, 'ink' | 'score'>[] {
    const stood = (pixel: number): boolean => this.#runs.stood(pixel, group.from, group.to);
    const standing = this.#standingShare(block, seen, stood);
    if (standing < STANDING_SHARE) return [];
    const inks = inksOf({ mask: this.#mask, greys: this.#greys, seen, stood }, block);
    return inks
      .filter((ink) => looksLikeText(ink))
      .map((ink) => ({ ink, score: standing * this.#contrastShare(ink, seen) }))
      .filter(({ score }) => score >= standing * CONTRAST_SHARE);
  }

  /** Whether it is near an edge, as all of a letter is: what is not are planes that changed together. */
  #isSharp(pixel: number, grey: number, seen: Uint8Array): boolean {
    const across = Math.max(1, Math.round(REACH * this.#cell));
    const down = across * this.#width;
    return (
      Math.abs((seen[pixel - across] ?? grey) - grey) >= CONTRAST ||
      Math.abs((seen[pixel + across] ?? grey) - grey) >= CONTRAST ||
      Math.abs((seen[pixel - down] ?? grey) - grey) >= CONTRAST ||
      Math.abs((seen[pixel + down] ?? grey) - grey) >= CONTRAST
    );
  }

  /** Of the sharp pixels in a block, how many stood: where a text stands, most edges are its own. */
  #standingShare(block: PixelBox, seen: Uint8Array, stood: (pixel: number) => boolean): number {
    let [all, own] = [0, 0];
    for (let y = block.top; y < block.top + block.height; y += 1) {
      for (let x = block.left; x < block.left + block.width; x += 1) {
        const pixel = y * this.#width + x;
        if (!this.#isSharp(pixel, seen[pixel] ?? 0, seen)) continue;
        all += 1;
        if (this.#mask.pixels[pixel] === 1 || stood(pixel)) own += 1;
      }
    }
    return own / Math.max(1, all);
  }

  /** Of what is around the letters, how much differs from them: a text can be read because it stands out. */
  #contrastShare({ box, pixels, level }: Ink, seen: Uint8Array): number {
    let [all, own] = [0, 0];
    pixels.forEach((isInk, at) => {
      if (isInk === 1) return;
      const pixel = (box.top + Math.floor(at / box.width)) * this.#width + box.left + (at % box.width);
      all += 1;
      if (Math.abs((seen[pixel] ?? 0) - level) >= CONTRAST) own += 1;
    });
    return own / Math.max(1, all);
  }

  #isOfTextSize({ width, height }: PixelBox): boolean {
    const cell = this.#cell;
    // A cell of margin on each side.
    const inner = height - 2 * cell;
    return inner >= ROW_HEIGHT.least * cell && inner <= ROW_HEIGHT.most * cell && width > (WIDTH_LEAST + 2) * cell;
  }
}
