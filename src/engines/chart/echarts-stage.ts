import { createCanvas, type Canvas } from '@napi-rs/canvas';
import { GridComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

/** A drawing of ECharts that stands still. */
export type Stage = {
  readonly canvas: Canvas;
  /** Pixels of a point of the axes: x is a category's number or a value, y a value. */
  readonly pixel: (x: number, y: number) => readonly [number, number];
};

let ready = false;

/** ECharts takes the width of this character for the height of a line; only some charts have a font that has it. */
const SQUARE = '国';
const ruler = createCanvas(1, 1).getContext('2d');

function measureText(text: string, font: string): { readonly width: number } {
  if (text === SQUARE) return { width: Number(/([\d.]+)px/.exec(font)?.[1] ?? 12) };
  ruler.font = font;
  return ruler.measureText(text);
}

/**
 * Lets ECharts lay out and draw, once. What moves is not drawn by it: setting the data anew for each frame lays all
 * of the axes out again and was measured at 5 to 12 ms a frame, against less than 1 ms for the marks alone.
 */
export function drawStage(option: echarts.EChartsCoreOption, width: number, height: number): Stage {
  if (!ready) {
    echarts.use([GridComponent, CanvasRenderer]);
    // Without a DOM it measures texts on canvases of ours. The cast: its types know only the browser's.
    echarts.setPlatformAPI({ createCanvas: () => createCanvas(1, 1) as never, measureText });
    ready = true;
  }
  const canvas = createCanvas(width, height);
  const chart = echarts.init(canvas, null, { width, height, devicePixelRatio: 1 });
  chart.setOption({ animation: false, backgroundColor: 'transparent', ...option });
  chart.getZr().flush();
  return {
    canvas,
    pixel: (x, y) => chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [x, y]) as [number, number],
  };
}
