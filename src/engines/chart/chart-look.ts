import { createCanvas, type Image } from '@napi-rs/canvas';
import { fontFamilies, registerFonts } from './chart-fonts.ts';
import { knownLanguage, wordsFor, type ChartWords } from './chart-language.ts';
import { evenSize, type ChartRequest } from './chart-request.ts';
import { STYLES, type ChartStyle } from './chart-style.ts';
import { between, checkedColour, contrast, opaque, rgbOf } from './colour.ts';
import { numberSigns } from './number-format.ts';
import { fontOf, type Measure } from './text-fit.ts';

/** What all parts of a chart are drawn by. Lengths in pixels. */
export type Look = {
  readonly style: ChartStyle;
  readonly width: number;
  readonly height: number;
  /** The size of plain text; all others are 1.25 to some power of it. */
  readonly base: number;
  /** Nothing that is to be read lies nearer to the edges: 5 % of each side. */
  readonly margin: { readonly x: number; readonly y: number };
  readonly language: string;
  readonly words: ChartWords;
  readonly families: string;
  readonly measure: Measure;
};

/** At the names of the axes of a scatter chart. */
export const ARROWS = { up: '↑', across: '→' } as const;

const MARGIN = 0.05;
/** Plain text of a video is one 36th of its shorter side: 20 pixels of 720. */
const BASE = 1 / 36;
/** How much of the style's paper lies over a picture, so that what stands on it can be read. */
export const VEIL = 0.62;
/** A series that stands out from its ground less than this is moved towards the ink. */
const LEAST_CONTRAST = 1.5;
/** Of texts; see contrast. The first is what each ground can have. */
const READABLE = 4.5;
const WELL_READABLE = 7;

/** The size of a text some steps of the type scale above (below, if negative) plain text. */
export function scaled(look: Pick<Look, 'base'>, steps: number): number {
  return Math.round(look.base * 1.25 ** steps);
}

/** The font of a text of ours, as CSS writes it. */
export function plainFont(look: Look, size: number, weight: 400 | 700 = 400): string {
  return fontOf({ weight, families: look.families }, Math.round(size));
}

export function lookOf(request: ChartRequest, image?: Image): Look {
  const { width, height } = evenSize(request);
  const texts = textsOf(request);
  const language = knownLanguage(request.language, texts);
  const words = wordsFor(language);
  const arrows = request.type === 'Scatter' ? Object.values(ARROWS) : [];
  registerFonts([...texts, ...Object.values(words), ...arrows, numberSigns(language)]);
  const short = Math.min(width, height);
  return {
    style: adapted(STYLES[request.style], groundOf(request, image)),
    width,
    height,
    base: Math.max(8, Math.round(short * BASE)),
    margin: { x: Math.round(width * MARGIN), y: Math.round(height * MARGIN) },
    language,
    words,
    families: fontFamilies(request.axes?.fontFile),
    measure: measurer(),
  };
}

function textsOf({ table, title, subtitle, unit, dataSource }: ChartRequest): string[] {
  const own = [title, subtitle, unit, dataSource].flatMap((text) => text?.text ?? []);
  return [...own, ...table.labels, ...table.series.map(({ name }) => name)];
}

/** Widths are asked for again and again, mostly of the same few texts. */
function measurer(): Measure {
  const context = createCanvas(1, 1).getContext('2d');
  const known = new Map<string, number>();
  return (text, font) => {
    const key = `${font}\n${text}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    context.font = font;
    const { width } = context.measureText(text);
    if (known.size > 5000) known.clear();
    known.set(key, width);
    return width;
  };
}

/** The caller's colour for the ground as it is seen: frames have nothing behind them that could shine through. */
export function givenGround({ background, style }: ChartRequest): string | undefined {
  const colour = checkedColour(background?.color);
  return colour === undefined ? undefined : opaque(colour, STYLES[style].paper[0]);
}

/** The colour that the chart stands on where the caller chose one, with pictures taken by their mean. */
function groundOf(request: ChartRequest, image: Image | undefined): string | undefined {
  const [plain, paper] = [givenGround(request), STYLES[request.style].paper[0]];
  if (image === undefined) return plain;
  const side = 24;
  const context = createCanvas(side, side).getContext('2d');
  context.fillStyle = plain ?? paper;
  context.fillRect(0, 0, side, side);
  context.drawImage(image, 0, 0, side, side);
  const { data } = context.getImageData(0, 0, side, side);
  const sums = [0, 0, 0];
  for (let at = 0; at < data.length; at += 4) {
    for (let part = 0; part < 3; part += 1) sums[part] = (sums[part] ?? 0) + (data[at + part] ?? 0);
  }
  const mean = sums.map((sum) =>
    Math.round(sum / side ** 2)
      .toString(16)
      .padStart(2, '0'),
  );
  return between(`#${mean.join('')}`, paper, VEIL);
}

/** The style on another ground: inks that can be read there, and series that can be seen. */
function adapted(style: ChartStyle, ground: string | undefined): ChartStyle {
  if (ground === undefined) return style;
  const on = (colour: string): number => contrast(rgbOf(colour), rgbOf(ground));
  const ink = inkOn(style, on);
  const seen = (colour: string): string => {
    let out = colour;
    for (let part = 0.2; on(out) < LEAST_CONTRAST && part < 1; part += 0.2) out = between(colour, ink, part);
    return out;
  };
  let muted = between(ground, ink, 0.68);
  for (let part = 0.76; on(muted) < READABLE && part < 1.05; part += 0.08) muted = between(ground, ink, part);
  return {
    ...style,
    ink,
    paper: [ground, ground],
    muted,
    rule: between(ground, ink, 0.16),
    palette: style.palette.map(seen),
  };
}

/** The style's own ink where it can be read well, else the soft black or white that can, on mid-greys the full one. */
function inkOn({ ink }: ChartStyle, on: (colour: string) => number): string {
  const better = (one: string, other: string): string => (on(one) >= on(other) ? one : other);
  if (on(ink) >= WELL_READABLE) return ink;
  const soft = better('#16181d', '#f5f7fb');
  return on(soft) >= WELL_READABLE ? soft : better('#000000', '#ffffff');
}
