import { readFile } from 'node:fs/promises';
import { loadImage, type Image } from '@napi-rs/canvas';
import { imageSizeOf } from './image-size.ts';

/** 50 megapixels are 200 MB while they are decoded; a frame of 4K has 8. */
const MOST_PIXELS = 50_000_000;

/** The picture under a chart. Throws one sentence where there is none that can be drawn. */
export async function loadBackground(path: string | undefined): Promise<Image | undefined> {
  if (path === undefined) return undefined;
  const file = await readFile(path);
  const said = imageSizeOf(file);
  if (said === undefined) throw new Error('the background image is not PNG, JPEG, WebP, GIF, BMP or AVIF');
  refuseLarge(said);
  const image = await loadImage(file).catch(() => undefined);
  if (image === undefined || image.width === 0 || image.height === 0) {
    throw new Error('the background image cannot be decoded');
  }
  refuseLarge(image);
  return image;
}

function refuseLarge({ width, height }: { readonly width: number; readonly height: number }): void {
  if (width * height <= MOST_PIXELS) return;
  throw new Error(`the background image has more than ${MOST_PIXELS / 1e6} megapixels`);
}
