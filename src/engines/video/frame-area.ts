/** A rectangle of the picture in fractions of its width and height: 0 to 1, from the top left corner. */
export type FrameArea = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};
