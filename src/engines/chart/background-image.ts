import { open, readFile } from 'node:fs/promises';
import { loadImage, type Image } from '@napi-rs/canvas';

/** 50 megapixels are 200 MB while they are decoded; a frame of 4K has 8. */
const MOST_PIXELS = 50_000_000;
const HEAD = 16;

/** Formats by their first bytes. SVG is a program of sorts and is not among them. */
const KINDS: readonly RegExp[] = [
  /^\u0089PNG\r\n/,
  /^\u00ff\u00d8\u00ff/,
  /^GIF8[79]a/,
  /^BM/,
  /^RIFF[^]{4}WEBP/,
  /^[^]{4}ftypavi[fs]/,
];

/** The picture under a chart. Throws one sentence where there is none that can be drawn. */
export async function loadBackground(path: string | undefined): Promise<Image | undefined> {
  if (path === undefined) return undefined;
  const file = await open(path, 'r');
  const start = Buffer.alloc(HEAD);
  try {
    await file.read(start, 0, HEAD, 0);
  } finally {
    await file.close();
  }
  const head = start.toString('latin1');
  if (!KINDS.some((kind) => kind.test(head))) {
    throw new Error('the background image is not PNG, JPEG, WebP, GIF, BMP or AVIF');
  }
  const image = await loadImage(await readFile(path)).catch(() => undefined);
  if (image === undefined || image.width === 0 || image.height === 0) {
    throw new Error('the background image cannot be decoded');
  }
  if (image.width * image.height > MOST_PIXELS) {
    throw new Error(`the background image has more than ${MOST_PIXELS / 1e6} megapixels`);
  }
  return image;
}
