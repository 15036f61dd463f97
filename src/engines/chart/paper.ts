import { createCanvas, type Canvas, type Image } from '@napi-rs/canvas';
import { givenGround, VEIL, type Look } from './chart-look.ts';
import { STYLES } from './chart-style.ts';
import type { ChartRequest } from './chart-request.ts';
import { faded } from './colour.ts';

/** What lies under everything: colour, or the picture that fills the frame, under a veil of the style's paper. */
export function drawPaper(look: Look, request: ChartRequest, image: Image | undefined): Canvas {
  const canvas = createCanvas(look.width, look.height);
  const context = canvas.getContext('2d');
  const fill = (style: typeof context.fillStyle): void => {
    context.fillStyle = style;
    context.fillRect(0, 0, look.width, look.height);
  };
  const [top, bottom] = look.style.paper;
  const gradient = context.createLinearGradient(0, 0, 0, look.height);
  gradient.addColorStop(0, top);
  gradient.addColorStop(1, bottom);
  fill(top === bottom ? top : gradient);
  if (image !== undefined) {
    const veil = STYLES[request.style].paper[0];
    fill(givenGround(request) ?? veil);
    const scale = Math.max(look.width / image.width, look.height / image.height);
    const [width, height] = [image.width * scale, image.height * scale];
    context.drawImage(image, (look.width - width) / 2, (look.height - height) / 2, width, height);
    fill(faded(veil, VEIL));
  }
  return canvas;
}
