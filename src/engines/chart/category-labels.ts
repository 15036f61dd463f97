import { ellipsized, fontOf, type Measure } from './text-fit.ts';

type Align = 'left' | 'center' | 'right';

/** How the labels of a category axis are written so that none touches another. */
export type CategoryLabels = {
  readonly texts: readonly string[];
  /** Centred under its category; at the ends of the axis beside it, where the label would leave the picture. */
  readonly aligns: readonly Align[];
  readonly size: number;
  /** Every n-th is written. */
  readonly every: number;
  /** Degrees, counter-clockwise. */
  readonly rotate: 0 | 35;
  /** Pixels that they take below the axis. */
  readonly height: number;
};

export type CategoryRoom = {
  readonly labels: readonly string[];
  /** Pixels between two categories. */
  readonly band: number;
  readonly size: number;
  /** Every n-th as the caller asked, or 0. */
  readonly every: number;
  /** Pixels that slanted labels may take at most. */
  readonly tallest: number;
  /** Pixels from the safe edge to the middle of the first category: where its label ends on the left. */
  readonly ahead: number;
  /** Pixels from the middle of the last category to the other safe edge. */
  readonly behind: number;
  readonly families: string;
  /** Each category is its own thing and wants its name; points of a line can do without some. */
  readonly all: boolean;
  readonly measure: Measure;
};

/** More labels than this are not measured one by one: the longest of a sample is near enough, and is cut. */
const SAMPLE = 400;
const LEAST_SHRINK = 0.76;
const SLANT = Math.sin((35 * Math.PI) / 180);
const REACH = Math.cos((35 * Math.PI) / 180);

/** Level if they fit, then smaller, then slanted or fewer, and cut with … at the last. */
export function fitCategoryLabels(room: CategoryRoom): CategoryLabels {
  const { labels, band, measure } = room;
  const step = Math.ceil(labels.length / SAMPLE);
  const sample = labels.filter((_, index) => index % step === 0);
  const widest = (size: number): number => {
    const font = fontOf({ weight: 400, families: room.families }, size);
    return sample.reduce((most, label) => Math.max(most, measure(label.slice(0, 80), font)), 0);
  };
  const given = room.every > 0 ? room.every : 1;
  const least = room.all ? Math.max(7, Math.floor(room.size * LEAST_SHRINK)) : room.size;
  for (let size = room.size; size >= least; size -= 1) {
    if (widest(size) + size * 0.5 <= band * given) return fewer(room, size, given);
  }
  const slanted = band * given >= room.size * 1.45;
  if (room.all && slanted) return slant(room, least + (room.size - least) / 2, given);
  const { size } = room;
  const widestCut = Math.min(widest(size), band * labels.length * 0.3);
  const every = Math.max(given, Math.ceil((widestCut + size) / band));
  return fewer(room, size, every);
}

/** Level ones, so many of them that those at the ends, which stand beside their categories, do not touch the next. */
function fewer(room: CategoryRoom, size: number, every: number): CategoryLabels {
  for (let least = every; ; least += Math.max(1, least >> 3)) {
    const labels = level(room, size, least);
    if (least >= room.labels.length || !touch(room, labels)) return labels;
  }
}

function level(room: CategoryRoom, size: number, every: number): CategoryLabels {
  const width = room.band * every - size * 0.4;
  const { texts } = cut(room, size, () => width, every);
  const font = fontOf({ weight: 400, families: room.families }, size);
  const aligns = texts.map((text, index): Align => {
    if (text === '') return 'center';
    const half = room.measure(text, font) / 2;
    if (half > room.ahead + index * room.band + 1) return 'left';
    return half > (texts.length - 1 - index) * room.band + room.behind + 1 ? 'right' : 'center';
  });
  return { texts, aligns, size, every, rotate: 0, height: size * 1.3 };
}

function touch(room: CategoryRoom, { texts, aligns, size }: CategoryLabels): boolean {
  const font = fontOf({ weight: 400, families: room.families }, size);
  let end = -Infinity;
  return texts.some((text, index) => {
    if (text === '') return false;
    const width = room.measure(text, font);
    const start = index * room.band - width * { left: 0, center: 0.5, right: 1 }[aligns[index] ?? 'center'];
    const touches = start < end + size * 0.3;
    end = start + width;
    return touches;
  });
}

function slant(room: CategoryRoom, wished: number, every: number): CategoryLabels {
  const size = Math.round(wished);
  const font = fontOf({ weight: 400, families: room.families }, size);
  const tallest = room.tallest / SLANT - size;
  const width = (index: number): number => Math.min(tallest, (room.ahead + index * room.band) / REACH - size);
  const { texts } = cut(room, size, width, every);
  const longest = texts.reduce((most, text) => Math.max(most, room.measure(text, font)), 0);
  return { texts, aligns: [], size, every, rotate: 35, height: longest * SLANT + size * 1.1 };
}

function cut(
  room: CategoryRoom,
  size: number,
  width: (index: number) => number,
  every: number,
): Pick<CategoryLabels, 'texts'> {
  const font = fontOf({ weight: 400, families: room.families }, size);
  const texts = room.labels.map((label, index) =>
    index % every === 0 ? ellipsized(label, width(index), font, room.measure) : '',
  );
  return { texts };
}
