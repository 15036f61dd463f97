import type { DetextArea } from './detext-areas.ts';

/** The picture as it is shown, in pixels. */
export type PictureSize = { readonly width: number; readonly height: number };

/**
 * A chain of ffmpeg video filters, one input, one output, made of our own numbers only. It can be long (60 kB for two
 * hours of lines): it belongs into a file (`-filter_complex_script`), not onto a command line.
 * @returns `null` (the filter that does nothing) where there is nothing to paint over
 */
export function paintOver(_areas: readonly DetextArea[], _size: PictureSize): string {
  return 'null';
}
