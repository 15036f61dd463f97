import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import type { Look } from './chart-look.ts';
import type { ChartRequest } from './chart-request.ts';
import type { ChartTable } from './chart-table.ts';
import type { NumberWriter } from './number-format.ts';
import type { Box } from './plot.ts';

/** What a type of chart is made from. */
export type MarksPlan = {
  readonly look: Look;
  readonly request: ChartRequest;
  /** The request's table with a value or null in each place. */
  readonly table: ChartTable;
  readonly box: Box;
  /** Seconds that the values move. */
  readonly seconds: number;
  readonly write: NumberWriter;
};

/** A chart as two things: what stands, drawn once, and what moves, drawn for each frame. */
export type Marks = {
  /** The axes, of the size of the video; absent where a chart has none. */
  readonly axes?: Canvas;
  /** What else stands (a legend), drawn with the axes. */
  readonly paintStill?: (context: SKRSContext2D) => void;
  /** @param part how much of the motion is over, 0 to 1; nothing else may decide what is drawn */
  readonly paint: (context: SKRSContext2D, part: number) => void;
};

/** A number between two rows; undefined where one of both is missing. */
export function valueAt(values: readonly (number | null)[], position: number): number | undefined {
  const row = Math.floor(position);
  const from = values[row];
  const to = values[Math.min(row + 1, values.length - 1)];
  if (from === null || from === undefined) return undefined;
  if (position === row) return from;
  return to === null || to === undefined ? undefined : from + (to - from) * (position - row);
}
