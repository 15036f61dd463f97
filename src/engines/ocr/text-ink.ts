import type { Grey, PixelBox } from './pixel-box.ts';

/** What is known of a picture in which a text stands. */
export type StandingPicture = {
  /** 1 = came and went with the text. */
  readonly mask: Grey;
  /** Grey of the pixels in the mask. */
  readonly greys: Uint8Array;
  /** The picture itself, while the text stands in it. */
  readonly seen: Uint8Array;
  /** Whether a pixel kept its grey all that time, whenever it took it on. */
  readonly stood: (index: number) => boolean;
};

/** The text in a box: 1 = a letter's pixel. `level` is the letters' grey, 0 to 255. */
export type Ink = {
  readonly box: PixelBox;
  readonly pixels: Uint8Array;
  /** How dark they are to be printed, with soft edges: 0 = paper, 255 = a letter. */
  readonly darkness: Uint8Array;
  readonly level: number;
};

/** Fewer pixels of one kind, of all, are the soft edges of the other. */
const LEAST_SHARE = 0.12;
/** Greys between letters and outline, at least. */
const LEAST_CONTRAST = 50;
const NEAR_LEVEL = 40;
/** Of the rim in one grey: with less than this the other may be the outline as well. */
const RIM_TELLS = 0.6;

/**
 * Tells letters from their outline, shadow or box. What came and went with the text is made of one or two greys; where
 * there are two, the one on the rim, next to what does not belong to the text, is the outline. Where the rim does not
 * tell, both may be the letters: two results, of which reading one makes no sense.
 */
export function inksOf(picture: StandingPicture, box: PixelBox): Ink[] {
  const greys = new Int16Array(box.width * box.height).fill(-1);
  const histogram = new Uint32Array(256);
  for (let at = 0; at < greys.length; at += 1) {
    const index = inPicture(at, box, picture.mask.width);
    if (picture.mask.pixels[index] !== 1) continue;
    const grey = picture.greys[index] ?? 0;
    greys[at] = grey;
    histogram[grey] = (histogram[grey] ?? 0) + 1;
  }
  const kinds = twoKinds(histogram);
  if (kinds === undefined) return [];
  const { split, low, high } = kinds;
  if (kinds.isOne) return [printed(picture, box, greys, { level: high, other: high, isInk: () => true })];
  const dark = darkOfRim(greys, box, split);
  const bright = { level: fullLevel(histogram, high, true), other: low, isInk: (grey: number) => grey > split };
  const black = { level: fullLevel(histogram, low, false), other: high, isInk: (grey: number) => grey <= split };
  const likely = [...(dark > 1 - RIM_TELLS ? [bright] : []), ...(dark < RIM_TELLS ? [black] : [])];
  return likely.map((letters) => printed(picture, box, greys, letters));
}

type Letters = { readonly level: number; readonly other: number; readonly isInk: (grey: number) => boolean };

function printed(
  { mask, seen, stood }: StandingPicture,
  box: PixelBox,
  greys: Int16Array,
  { level, other, isInk }: Letters,
): Ink {
  const pixels = new Uint8Array(greys.length);
  greys.forEach((grey, at) => (pixels[at] = grey >= 0 && isInk(grey) ? 1 : 0));
  const darkness = new Uint8Array(greys.length);
  const ink: Ink = { box, pixels, darkness, level };
  fillHoles(ink, greys, (at) => {
    const index = inPicture(at, box, mask.width);
    return Math.abs((seen[index] ?? 0) - level) < NEAR_LEVEL && stood(index);
  });
  pixels.forEach((one, at) => {
    if (other === level) darkness[at] = one * 255;
    else if (one === 1 || (greys[at] ?? -1) >= 0) {
      const part = ((seen[inPicture(at, box, mask.width)] ?? 0) - other) / (level - other);
      darkness[at] = 255 * Math.max(0, Math.min(1, part));
    }
  });
  return ink;
}

function inPicture(at: number, box: PixelBox, width: number): number {
  return (box.top + Math.floor(at / box.width)) * width + box.left + (at % box.width);
}

type Kinds = { readonly split: number; readonly low: number; readonly high: number; readonly isOne: boolean };

/** Otsu's threshold, and the mean grey on either side of it. */
function twoKinds(histogram: Uint32Array): Kinds | undefined {
  let [count, sum] = [0, 0];
  histogram.forEach((pixels, grey) => {
    count += pixels;
    sum += pixels * grey;
  });
  if (count === 0) return undefined;
  let best = { between: -1, split: 127, low: sum / count, high: sum / count, share: 0 };
  let [below, belowSum] = [0, 0];
  for (let split = 0; split < 255; split += 1) {
    below += histogram[split] ?? 0;
    belowSum += (histogram[split] ?? 0) * split;
    if (below === 0 || below === count) continue;
    const low = belowSum / below;
    const high = (sum - belowSum) / (count - below);
    const between = below * (count - below) * (high - low) ** 2;
    if (between > best.between) best = { between, split, low, high, share: Math.min(below, count - below) / count };
  }
  const { split, low, high, share } = best;
  const isOne = share < LEAST_SHARE || high - low < LEAST_CONTRAST;
  const mean = sum / count;
  return isOne ? { split, low: mean, high: mean, isOne } : { split, low, high, isOne };
}

/** The mean grey of what is further out than the mean: thin letters have more soft edge than full colour. */
function fullLevel(histogram: Uint32Array, mean: number, bright: boolean): number {
  let [count, sum] = [0, 0];
  histogram.forEach((pixels, grey) => {
    if (bright ? grey < mean : grey > mean) return;
    count += pixels;
    sum += pixels * grey;
  });
  return count === 0 ? mean : sum / count;
}

/** Of the pixels next to what does not belong to the text, the part that is below the split. */
function darkOfRim(greys: Int16Array, { width }: PixelBox, split: number): number {
  let [dark, bright] = [0, 0];
  greys.forEach((grey, at) => {
    if (grey < 0) return;
    const isRim = [at - 1, at + 1, at - width, at + width].some((near) => (greys[near] ?? -1) < 0);
    if (!isRim) return;
    if (grey > split) bright += 1;
    else dark += 1;
  });
  return dark / Math.max(1, dark + bright);
}

/**
 * Two lines that follow each other have pixels in common, where strokes of both lie: their grey did not change between
 * them, so they belong to neither's mask. They are found again as small gaps in the strokes that have the letters'
 * grey and are shut in by the text.
 */
function fillHoles({ box, pixels }: Ink, greys: Int16Array, looksLikeInk: (at: number) => boolean): void {
  const { width } = box;
  const seen = new Uint8Array(pixels.length);
  for (let first = 0; first < pixels.length; first += 1) {
    if (seen[first] === 1 || (greys[first] ?? 0) >= 0 || !looksLikeInk(first)) continue;
    const hole = [first];
    let [rim, closed] = [0, 0];
    seen[first] = 1;
    for (let next = 0; next < hole.length; next += 1) {
      const at = hole[next] ?? 0;
      for (const near of [at - 1, at + 1, at - width, at + width]) {
        if (near < 0 || near >= pixels.length || seen[near] === 1) continue;
        if ((greys[near] ?? 0) >= 0) {
          rim += 1;
          closed += 1;
        } else if (looksLikeInk(near)) {
          seen[near] = 1;
          hole.push(near);
        } else rim += 1;
      }
    }
    if (closed * 2 >= rim) for (const at of hole) pixels[at] = 1;
  }
}
