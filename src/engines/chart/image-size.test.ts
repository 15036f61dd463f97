import { createCanvas, type Canvas } from '@napi-rs/canvas';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadBackground } from './background-image.ts';
import { imageSizeOf } from './image-size.ts';

const SIZE = { width: 300, height: 17 };

function picture(): Canvas {
  const canvas = createCanvas(SIZE.width, SIZE.height);
  canvas.getContext('2d').fillRect(3, 3, 100, 9);
  return canvas;
}

/** A head of 54 bytes and rows of three bytes a pixel, from the top. */
function bmp(): Buffer {
  const file = Buffer.alloc(54 + SIZE.width * 3 * SIZE.height);
  file.write('BM', 'latin1');
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(SIZE.width, 18);
  file.writeInt32LE(-SIZE.height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  return file;
}

const FILES: readonly (readonly [string, () => Buffer])[] = [
  ['PNG', () => picture().toBuffer('image/png')],
  ['JPEG', () => picture().toBuffer('image/jpeg')],
  ['WebP', () => picture().toBuffer('image/webp')],
  ['WebP without loss', () => picture().toBuffer('image/webp', 100)],
  ['AVIF', () => picture().toBuffer('image/avif')],
  ['GIF', () => picture().toBuffer('image/gif')],
  ['BMP', bmp],
];

test.each(FILES)('a %s says its size in its head', (_kind, file) => {
  expect(imageSizeOf(file())).toEqual(SIZE);
});

test.each(FILES)(
  'a %s that ends in its head has none, and one that is damaged there is read to its end',
  (_kind, file) => {
    const whole = file();
    const found = Array.from({ length: 60 }, (_, length) => imageSizeOf(whole.subarray(0, length)));
    expect(found.map((size) => size ?? SIZE)).toEqual(found.map(() => SIZE));
    const noise = Buffer.concat([whole.subarray(0, 12), Buffer.alloc(4000, 0xff)]);
    expect(() => imageSizeOf(noise)).not.toThrow();
  },
);

test('text and SVG are no pictures', () => {
  expect(imageSizeOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBeUndefined();
  expect(imageSizeOf(Buffer.alloc(0))).toBeUndefined();
});

test('a picture that says it has gigabytes of pixels is refused before it is decoded', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'image-size-'));
  const path = join(folder, 'large');
  const large = picture().toBuffer('image/png');
  large.writeUInt32BE(60_000, 16);
  large.writeUInt32BE(60_000, 20);
  await writeFile(path, large);
  // Were it decoded, its head would be found damaged: the checksum is that of the small one.
  await expect(loadBackground(path)).rejects.toThrow('more than 50 megapixels');
  await writeFile(path, picture().toBuffer('image/avif'));
  await expect(loadBackground(path)).resolves.toMatchObject(SIZE);
  await rm(folder, { recursive: true });
});
