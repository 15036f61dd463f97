import { describe, expect, test } from 'vitest';
import { sampleChart } from './sample-charts.ts';
import { CHART_STYLES, CHART_TYPES, type ChartRequest } from '../../src/engines/chart/chart-request.ts';
import { composeScene } from '../../src/engines/chart/scene.ts';

/* Segments of a video are drawn in processes of their own, and those that an earlier run kept are passed over. */

const SMALL = { width: 192, height: 128, frameRate: 10, duration: 4000 } as const;
/** Before, while and after texts, axes and values move. */
const FRAMES = [39, 4, 0, 22, 13, 2];

const GROUNDS: readonly (readonly [string, ChartRequest['background']])[] = [
  ['the paper of the style', undefined],
  ['a ground that can be seen through', { color: '#2060c040' }],
];

describe.each(CHART_TYPES)('%s', (type) => {
  test.each(CHART_STYLES.flatMap((style) => GROUNDS.map(([what, ground]) => [style, what, ground] as const)))(
    'in %s on %s has the same frames in any order',
    (style, _what, background) => {
      const request = sampleChart(type, style, { ...SMALL, ...(background !== undefined && { background }) });
      const drawn = (order: readonly number[]): ReadonlyMap<number, Buffer> => {
        const scene = composeScene(request);
        return new Map(
          order.map((frame) => {
            scene.draw(frame);
            return [frame, Buffer.from(scene.canvas.data())];
          }),
        );
      };
      const [scrambled, straight] = [drawn(FRAMES), drawn(FRAMES.toSorted((a, b) => a - b))];
      const wrong = FRAMES.filter(
        (frame) => scrambled.get(frame)?.equals(straight.get(frame) ?? Buffer.alloc(0)) !== true,
      );
      expect(wrong).toEqual([]);
    },
  );
});
