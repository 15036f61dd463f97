import type { SKRSContext2D } from '@napi-rs/canvas';
import { fontFamilies } from './chart-fonts.ts';
import { readsFromRight } from './chart-language.ts';
import { scaled, type Look } from './chart-look.ts';
import type { ChartRequest, ChartText } from './chart-request.ts';
import { hueOf } from './chart-style.ts';
import { checkedColour } from './colour.ts';
import { fitText, type FittedText } from './text-fit.ts';
import { DELAYS } from './timeline.ts';

type Align = 'left' | 'center' | 'right';

type TextBlock = FittedText & {
  readonly x: number;
  /** The baseline of the first line. */
  readonly y: number;
  readonly leading: number;
  readonly align: Align;
  readonly colour: string;
  /** Seconds behind the title's start. */
  readonly delay: number;
};

/** The texts around the chart, and the room that they leave. */
export type Header = {
  readonly blocks: readonly TextBlock[];
  readonly ornament: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** Where the chart may begin and must end, in pixels. */
  readonly top: number;
  readonly bottom: number;
};

type Place = {
  readonly size: number;
  readonly weight: number;
  readonly lines: number;
  readonly colour: string;
  readonly delay: number;
  /** All texts stand on the side where the title begins. */
  readonly fromRight: boolean;
};

/** What an ornament takes left of the title, in sizes of plain text. */
const MARK = { none: 0, rule: 0, bar: 0.9, leaf: 1.35 } as const;
/** How much of that the ornament itself is wide. */
const MARK_WIDTH = { bar: 0.31, leaf: 0.62 } as const;
const LEADING = 1.25;
/** From the top of a line to its baseline, and of a line below it. */
const ASCENT = 0.82;
const DESCENT = 0.26;
/** Header texts may take this much of the height; larger font sizes are brought down. */
const MOST_HEIGHT = 0.34;

export function layOutHeader(look: Look, request: ChartRequest): Header {
  const { style, margin } = look;
  const blocks: TextBlock[] = [];
  const fromRight = readsFromRight(request.title?.text ?? request.subtitle?.text ?? '');
  const mark = Math.round(look.base * MARK[style.ornament]);
  let y = margin.y;
  const add = (text: ChartText | undefined, place: Place): void => {
    if (text === undefined || text.text.trim() === '') return;
    const block = layOut(look, text, place, y, mark);
    blocks.push(block);
    y = block.y + (block.lines.length - 1) * block.leading + block.size * DESCENT;
  };
  add(request.title, { size: scaled(look, 4), weight: 700, lines: 2, colour: style.ink, delay: 0, fromRight });
  const titleBottom = y;
  if (blocks.length > 0) y += look.base * 0.3;
  add(request.subtitle, {
    size: scaled(look, 1),
    weight: 400,
    lines: 2,
    colour: style.muted,
    delay: DELAYS.subtitle,
    fromRight,
  });
  const beside =
    fromRight && (style.ornament === 'bar' || style.ornament === 'leaf')
      ? look.width - margin.x - Math.round(look.base * MARK_WIDTH[style.ornament])
      : margin.x;
  const ornament = { x: beside, y: margin.y, width: mark, height: titleBottom - margin.y };
  if (blocks.length > 0) y += look.base * style.air * (style.ornament === 'rule' ? 1.75 : 1);
  const top = y;
  const bottom = addSource(look, request.dataSource, blocks, fromRight);
  return {
    blocks,
    ornament: style.ornament === 'rule' ? { ...ornament, y: top - look.base } : ornament,
    top,
    bottom,
  };
}

function addSource(look: Look, source: ChartText | undefined, blocks: TextBlock[], fromRight: boolean): number {
  const bottom = look.height - look.margin.y;
  if (source === undefined || source.text.trim() === '') return bottom;
  const place = {
    size: scaled(look, -1),
    weight: 400,
    lines: 1,
    colour: look.style.muted,
    delay: DELAYS.source,
    fromRight,
  };
  const block = layOut(look, source, place, 0, 0);
  blocks.push({ ...block, y: bottom - block.size * DESCENT });
  return bottom - block.size * LEADING - look.base * 0.5;
}

function layOut(look: Look, text: ChartText, place: Place, top: number, mark: number): TextBlock {
  const inset = look.style.align === 'center' ? 0 : mark;
  const most = (look.height * MOST_HEIGHT) / (place.lines * LEADING * 2);
  const size = Math.min(text.fontSize ?? place.size, Math.max(most, look.base));
  const families = fontFamilies(text.fontFile);
  const room = { width: look.width - 2 * look.margin.x - inset, lines: place.lines, size, least: size * 0.6 };
  const fitted = fitText(text.text, { weight: place.weight, families }, room, look.measure);
  const align = look.style.align === 'center' ? 'center' : place.fromRight ? 'right' : 'left';
  const x = { left: look.margin.x + inset, center: look.width / 2, right: look.width - look.margin.x - inset }[
    align
  ];
  return {
    ...fitted,
    x,
    y: top + fitted.size * ASCENT,
    leading: fitted.size * LEADING,
    align,
    colour: checkedColour(text.fontColor) ?? place.colour,
    delay: place.delay,
  };
}

/**
 * Draws the texts as far as they have appeared: they come up from a little below, one after the other.
 * @param shown 0 to 1 for something that begins so many seconds behind the title
 */
export function paintHeader(
  context: SKRSContext2D,
  look: Look,
  header: Header,
  shown: (delay: number) => number,
): void {
  paintOrnament(context, look, header, shown(0));
  for (const { lines, font, x, y, leading, align, colour, delay } of header.blocks) {
    const part = shown(delay);
    if (part <= 0) continue;
    context.globalAlpha = part;
    context.font = font;
    context.fillStyle = colour;
    context.textAlign = align;
    lines.forEach((line, at) => context.fillText(line, x, y + at * leading + (1 - part) * look.base * 0.7));
  }
  context.globalAlpha = 1;
  context.textAlign = 'left';
}

function paintOrnament(context: SKRSContext2D, look: Look, { ornament, blocks }: Header, part: number): void {
  if (blocks.length === 0 || part <= 0) return;
  const { x, y, height } = ornament;
  const thick = Math.max(2, look.base * 0.22);
  context.fillStyle = hueOf(look.style, 0);
  if (look.style.ornament === 'rule') {
    context.fillStyle = look.style.rule;
    context.fillRect(x, y, (look.width - 2 * x) * part, Math.max(1, look.base * 0.06));
    context.fillStyle = hueOf(look.style, 0);
    context.fillRect(x, y, look.base * 4 * part, Math.max(2, look.base * 0.14));
  }
  if (height <= 0) return;
  if (look.style.ornament === 'bar') {
    context.beginPath();
    context.roundRect(x, y + height * 0.08, thick * 1.4, height * 0.84 * part, thick);
    context.fill();
  }
  if (look.style.ornament === 'leaf') paintLeaf(context, x, y, look.base * 0.62, look.base * 1.5 * part);
}

function paintLeaf(context: SKRSContext2D, x: number, y: number, width: number, height: number): void {
  const top = y + width * 0.3;
  context.beginPath();
  context.moveTo(x, top + height);
  context.bezierCurveTo(x - width * 0.35, top + height * 0.35, x + width * 0.2, top, x + width, top);
  context.bezierCurveTo(x + width * 1.1, top + height * 0.6, x + width * 0.7, top + height, x, top + height);
  context.fill();
}
