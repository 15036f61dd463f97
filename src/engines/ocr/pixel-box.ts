/** A rectangle of whole pixels. */
export type PixelBox = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

/** A picture of one byte a pixel, row by row. */
export type Grey = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };
