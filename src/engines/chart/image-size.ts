/** Pixels. */
export type ImageSize = { readonly width: number; readonly height: number };

/**
 * The size that a picture's head says, before anything is decoded: a file of a megabyte can say that it has gigabytes
 * of pixels, and decoders believe it. Undefined for what is no PNG, JPEG, WebP, GIF, BMP or AVIF, or has no whole head.
 */
export function imageSizeOf(file: Buffer): ImageSize | undefined {
  const head = file.toString('latin1', 0, 16);
  const reader = READERS.find(([kind]) => kind.test(head))?.[1];
  try {
    return reader?.(file);
  } catch (error) {
    // It ends within its head.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Formats by their first bytes. SVG is a program of sorts and is not among them. */
const READERS: readonly (readonly [RegExp, (file: Buffer) => ImageSize | undefined])[] = [
  [/^\u0089PNG\r\n/, (file) => ({ width: file.readUInt32BE(16), height: file.readUInt32BE(20) })],
  [/^\u00ff\u00d8\u00ff/, jpegSize],
  [/^GIF8[79]a/, gifSize],
  [/^BM/, bmpSize],
  [/^RIFF[^]{4}WEBP/, webpSize],
  [/^[^]{4}ftypavi[fs]/, avifSize],
];

/** From segment to segment up to the one that begins a frame. */
function jpegSize(file: Buffer): ImageSize | undefined {
  for (let at = 2; ;) {
    while (file.readUInt8(at) !== 0xff) at += 1;
    while (file.readUInt8(at) === 0xff) at += 1;
    const marker = file.readUInt8(at);
    // C4, C8 and CC are tables and an extension.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { height: file.readUInt16BE(at + 4), width: file.readUInt16BE(at + 6) };
    }
    const alone = marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8);
    at += alone ? 1 : 1 + file.readUInt16BE(at + 1);
  }
}

function gifSize(file: Buffer): ImageSize {
  return { width: file.readUInt16LE(6), height: file.readUInt16LE(8) };
}

/** The oldest heads have sizes of 16 bits; a height below zero is of rows from the top. */
function bmpSize(file: Buffer): ImageSize {
  if (file.readUInt32LE(14) === 12) return { width: file.readUInt16LE(18), height: file.readUInt16LE(20) };
  return { width: Math.abs(file.readInt32LE(18)), height: Math.abs(file.readInt32LE(22)) };
}

function webpSize(file: Buffer): ImageSize | undefined {
  const kind = file.toString('latin1', 12, 16);
  if (kind === 'VP8X') return { width: 1 + file.readUIntLE(24, 3), height: 1 + file.readUIntLE(27, 3) };
  if (kind === 'VP8 ') return { width: file.readUInt16LE(26) & 0x3fff, height: file.readUInt16LE(28) & 0x3fff };
  if (kind !== 'VP8L') return undefined;
  const bits = file.readUInt32LE(21);
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
}

/** The largest of the pictures in it: previews and planes of transparency have sizes too. */
function avifSize(file: Buffer): ImageSize | undefined {
  let largest: ImageSize | undefined;
  for (let at = file.indexOf('ispe'); at >= 0; at = file.indexOf('ispe', at + 4)) {
    if (file.readUInt32BE(at - 4) !== 20) continue;
    const size = { width: file.readUInt32BE(at + 8), height: file.readUInt32BE(at + 12) };
    if (largest === undefined || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}
