import { createCanvas, type Canvas, type Image } from '@napi-rs/canvas';
import { barMarks } from './bars.ts';
import { lookOf, plainFont, scaled, type Look } from './chart-look.ts';
import type { ChartRequest, ChartType } from './chart-request.ts';
import { evenTable, extentOf } from './chart-table.ts';
import { easeOut } from './easing.ts';
import { layOutHeader, paintHeader } from './header.ts';
import { lineMarks } from './lines.ts';
import type { Marks, MarksPlan } from './marks.ts';
import { valueWriter } from './number-format.ts';
import { drawPaper } from './paper.ts';
import { pieMarks } from './pie.ts';
import { raceMarks } from './bar-race.ts';
import { scatterMarks } from './scatter.ts';
import { ALL_TEXTS, APPEARANCE, passed, timelineOf } from './timeline.ts';
import { layOutUnit } from './unit.ts';

/** A video as a function of the frame's number: no frame depends on another, nor on a clock. */
export type Scene = {
  readonly canvas: Canvas;
  readonly frames: number;
  /** Draws a frame onto the canvas. */
  readonly draw: (frame: number) => void;
  /** Whether a frame looks exactly as the one before it, so that it need not be drawn. */
  readonly repeats: (frame: number) => boolean;
};

const MAKERS: Readonly<Record<ChartType, (plan: MarksPlan) => Marks>> = {
  Line: lineMarks,
  Area: lineMarks,
  Histogram: barMarks,
  StackedBar: barMarks,
  Pie: pieMarks,
  BarRace: raceMarks,
  Scatter: scatterMarks,
};

/** @param image the background picture, decoded */
export function composeScene(request: ChartRequest, image?: Image): Scene {
  const look = lookOf(request, image);
  const timeline = timelineOf(request);
  const table = evenTable(request.table);
  const header = layOutHeader(look, request);
  const unit = layOutUnit(look, request.unit, header.top);
  const empty = table.labels.length === 0 || extentOf(table.series.map(({ values }) => values)) === undefined;
  const plan: MarksPlan = {
    look,
    request,
    table,
    box: {
      left: look.margin.x,
      right: look.width - look.margin.x,
      top: header.top + unit.height,
      bottom: header.bottom,
    },
    seconds: Math.max(0.1, timeline.end - timeline.start),
    write: valueWriter(table.series, look.language),
  };
  const marks = empty ? noMarks(look, plan) : MAKERS[request.type](plan);
  const paper = drawPaper(look, request, image);
  const still = drawStill(look, marks, unit.paint);
  const settled = settle(paper, still, (canvas) => paintHeader(canvas.getContext('2d'), look, header, () => 1));
  const canvas = createCanvas(look.width, look.height);
  const context = canvas.getContext('2d');
  const timeOf = (frame: number): number => Math.min(frame / request.frameRate, timeline.end);
  const { title, pace } = timeline;
  const titled = (time: number): number => passed(time, title, ALL_TEXTS * pace);
  const risen = (time: number): number => passed(time, timeline.axes, timeline.axesTime);
  const moved = (time: number): number => passed(time, timeline.start, timeline.end - timeline.start);
  return {
    canvas,
    frames: timeline.frames,
    draw: (frame) => {
      const time = timeOf(frame);
      if (titled(time) === 1 && risen(time) === 1) context.drawImage(settled, 0, 0);
      else {
        context.drawImage(paper, 0, 0);
        context.globalAlpha = easeOut(risen(time));
        if (context.globalAlpha > 0) context.drawImage(still, 0, 0);
        context.globalAlpha = 1;
        paintHeader(context, look, header, (delay) =>
          easeOut(passed(time, title + delay * pace, APPEARANCE * pace)),
        );
      }
      if (time >= timeline.start) marks.paint(context, moved(time));
    },
    repeats: (frame) =>
      frame > 0 &&
      [titled, risen, moved].every((part) => part(timeOf(frame)) === part(timeOf(frame - 1))) &&
      timeOf(frame) < timeline.start === timeOf(frame - 1) < timeline.start,
  };
}

function drawStill(
  look: Look,
  marks: Marks,
  paintUnit: (context: ReturnType<Canvas['getContext']>) => void,
): Canvas {
  const canvas = createCanvas(look.width, look.height);
  const context = canvas.getContext('2d');
  if (marks.axes !== undefined) context.drawImage(marks.axes, 0, 0);
  marks.paintStill?.(context);
  paintUnit(context);
  return canvas;
}

/** Everything that stands, in one picture. */
function settle(paper: Canvas, still: Canvas, paintTexts: (canvas: Canvas) => void): Canvas {
  const canvas = createCanvas(paper.width, paper.height);
  const context = canvas.getContext('2d');
  context.drawImage(paper, 0, 0);
  context.drawImage(still, 0, 0);
  paintTexts(canvas);
  return canvas;
}

/** A table without a number has a message in the place of a chart. */
function noMarks(look: Look, { box }: MarksPlan): Marks {
  return {
    paint: (context, part) => {
      context.globalAlpha = Math.min(1, part * 10);
      context.font = plainFont(look, scaled(look, 2));
      context.fillStyle = look.style.muted;
      context.textAlign = 'center';
      context.fillText(look.words.noData, (box.left + box.right) / 2, (box.top + box.bottom) / 2);
      context.textAlign = 'left';
      context.globalAlpha = 1;
    },
  };
}
