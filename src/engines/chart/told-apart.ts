import { clamp } from './timeline.ts';

/**
 * How visible each of several labels is, 0 to 1, while some of them pass through one another: of two that come nearer
 * than they are high, the later one in the list gives way until they are apart again.
 * @param places in units of a label's height
 */
export function toldApart(places: readonly number[]): number[] {
  const seen: number[] = [];
  places.forEach((place, index) => {
    let visible = 1;
    for (let other = 0; other < index; other += 1) {
      if ((seen[other] ?? 0) <= 0.5) continue;
      visible = Math.min(visible, clamp((Math.abs(place - (places[other] ?? 0)) - NEAR) / (APART - NEAR), 0, 1));
    }
    seen.push(visible);
  });
  return seen;
}

/** Nearer than this a label is gone; from here on it is all there. */
const NEAR = 0.74;
const APART = 0.94;
