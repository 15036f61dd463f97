import type { FrameSize } from './compose-request.ts';

export type Alignment = `${'Top' | 'Center' | 'Bottom'}${'Left' | 'Center' | 'Right'}`;

/** How callers want subtitles to look: the keys of a subtitle clip. What is absent is ours to choose. */
export type SubtitleStyle = {
  /** A family name; one that is not installed is replaced by a font of ours. */
  readonly font?: string;
  /** Pixels of the canvas: the height of a Chinese character. 0: no subtitles. */
  readonly fontSize?: number;
  /** `#rrggbb`, `#rgb` or `#rrggbbaa`. */
  readonly fontColor?: string;
  /** 0 to 1. */
  readonly fontColorOpacity?: number;
  /** From the left: 1 or less is a fraction of the width, more are pixels of the canvas. */
  readonly x?: number;
  /** From the top: 1 or less is a fraction of the height, more are pixels of the canvas. */
  readonly y?: number;
  /** 1 or less is a fraction of the width, more are pixels of the canvas. Above 0. */
  readonly textWidth?: number;
  /** Which point of the text stands on X and Y, and where in the picture it stands without them. */
  readonly alignment?: Alignment;
  /** 1: an outline; 3: a box behind the text. */
  readonly borderStyle?: 1 | 3;
  /** Pixels of the canvas. */
  readonly outline?: number;
  readonly outlineColor?: string;
};

/** The same in pixels of the picture that is drawn on. */
export type SubtitleLook = {
  readonly fontSize: number;
  /** As ASS has them: `&HAABBGGRR`. */
  readonly fontColor: string;
  readonly outlineColor: string;
  readonly outline: number;
  readonly borderStyle: 1 | 3;
  /** As on a number pad: 1 bottom left, 5 the middle, 9 top right. */
  readonly anchor: number;
  /** Where the anchor lies. */
  readonly x: number;
  readonly y: number;
  /** At most so wide are rows. */
  readonly rowWidth: number;
};

/** Of the height of a wide picture, of the width of a high one. */
const FONT_SIZE = 0.055;
const OUTLINE = 1 / 16;
const MARGIN = 0.05;
const TEXT_WIDTH = 0.9;
const LEAST_FONT = 6;

/**
 * Undefined where subtitles are hidden.
 * @param size of the picture that is drawn on
 * @param canvas the picture that pixels of the style were meant for; where its shape is another one, text is scaled to
 *   fit both ways
 */
export function subtitleLook(
  style: SubtitleStyle,
  size: FrameSize,
  canvas: FrameSize = size,
): SubtitleLook | undefined {
  if (style.fontSize === 0) return undefined;
  const [across, down] = [size.width / canvas.width, size.height / canvas.height];
  const scale = Math.min(across, down);
  const wished = (style.fontSize ?? 0) * scale || FONT_SIZE * Math.min(size.height, size.width * 1.2);
  const fontSize = Math.min(Math.max(LEAST_FONT, wished), size.height / 2);
  const { vertical, horizontal } = sides(style);
  const x = place(style.x, across, size.width, horizontal);
  const y = place(style.y, down, size.height, vertical);
  const wanted = lengthOf(style.textWidth, across, size.width) ?? TEXT_WIDTH * size.width;
  const { borderStyle = 1 } = style;
  return {
    ...{ fontSize, x, y, borderStyle },
    fontColor: assColour(style.fontColor ?? '#ffffff', style.fontColorOpacity ?? 1),
    outlineColor: assColour(style.outlineColor ?? '#000000', borderStyle === 3 ? BOX_OPACITY : 1),
    outline: style.outline === undefined ? fontSize * OUTLINE : style.outline * scale,
    anchor: 3 * [1, 0.5, 0].indexOf(vertical) + [0, 0.5, 1].indexOf(horizontal) + 1,
    rowWidth: Math.max(fontSize, Math.min(wanted, roomAt(x, size.width, horizontal))),
  };
}

/** A box that lets something of the picture through. */
const BOX_OPACITY = 0.75;

/** 0: top or left; 0.5: the middle; 1: bottom or right. */
type Side = 0 | 0.5 | 1;

/** Text that is given a place and no alignment stands around it; without a place it stands at the bottom. */
function sides({ alignment, y }: SubtitleStyle): { readonly vertical: Side; readonly horizontal: Side } {
  const stated = alignment ?? (y === undefined ? 'BottomCenter' : 'CenterCenter');
  const vertical = stated.startsWith('Top') ? 0 : stated.startsWith('Bottom') ? 1 : 0.5;
  return { vertical, horizontal: stated.endsWith('Left') ? 0 : stated.endsWith('Right') ? 1 : 0.5 };
}

/**
 * A place of 0 with a text that is centred, or stands on the other side, is none: clips with TopCenter carry X 0.
 * Without a place, text keeps a margin to its side.
 */
function place(given: number | undefined, scale: number, whole: number, side: Side): number {
  if (given !== undefined && !(given === 0 && side > 0)) return lengthOf(given, scale, whole) ?? 0;
  return side === 0.5 ? whole / 2 : whole * (side === 0 ? MARGIN : 1 - MARGIN);
}

function lengthOf(given: number | undefined, scale: number, whole: number): number | undefined {
  if (given === undefined) return undefined;
  return Math.min(given <= 1 ? given * whole : given * scale, whole);
}

/** Between the edges of the picture, for rows that begin, end, or have their middle there. */
function roomAt(x: number, width: number, side: Side): number {
  if (side === 0.5) return 2 * Math.min(x, width - x);
  return side === 0 ? width - x : x;
}

function assColour(colour: string, opacity: number): string {
  const digits = colour.slice(1);
  const wide = digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits;
  const [red, green, blue] = [wide.slice(0, 2), wide.slice(2, 4), wide.slice(4, 6)];
  const own = wide.length === 8 ? Number.parseInt(wide.slice(6), 16) / 255 : 1;
  const transparency = Math.round(255 * (1 - own * Math.min(1, Math.max(0, opacity))));
  return `&H${transparency.toString(16).padStart(2, '0')}${blue}${green}${red}`.toUpperCase();
}
