import type { SKRSContext2D } from '@napi-rs/canvas';
import { fontFamilies } from './chart-fonts.ts';
import { scaled, type Look } from './chart-look.ts';
import type { ChartText } from './chart-request.ts';
import { checkedColour } from './colour.ts';
import { fitText } from './text-fit.ts';

/** What the numbers are counted in, over the upper end of the value axis. */
export function layOutUnit(
  look: Look,
  unit: ChartText | undefined,
  top: number,
): { readonly height: number; readonly paint: (context: SKRSContext2D) => void } {
  if (unit === undefined || unit.text.trim() === '') return { height: 0, paint: () => undefined };
  const size = Math.min(unit.fontSize ?? scaled(look, 0), look.base * 2);
  const room = { width: look.width - 2 * look.margin.x, lines: 1, size, least: size * 0.6 };
  const fitted = fitText(unit.text, { weight: 400, families: fontFamilies(unit.fontFile) }, room, look.measure);
  return {
    height: fitted.size * 1.5,
    paint: (context) => {
      context.font = fitted.font;
      context.fillStyle = checkedColour(unit.fontColor) ?? look.style.muted;
      context.textAlign = 'left';
      context.fillText(fitted.lines[0] ?? '', look.margin.x, top + fitted.size * 0.8);
    },
  };
}
