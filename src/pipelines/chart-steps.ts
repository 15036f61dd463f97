import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { assertNever } from '../base/assert-never.ts';
import { CHART_TYPES, EDITION, type ChartRequest } from '../engines/chart/chart-request.ts';
import { renderChart, type SegmentStore } from '../engines/chart/render-chart.ts';
import type { ChartSegment } from '../engines/chart/segments.ts';
import { readSpreadsheet } from '../engines/spreadsheet/read-spreadsheet.ts';
import { chartData } from './chart-data.ts';
import { readChartSettings } from './chart-settings.ts';
import type { ChartFetched, ChartRead, ChartRendered, ChartWork } from './chart-work.ts';
import { fetchFailure } from './fetch-input.ts';
import { fileFingerprint, fingerprint } from './fingerprint.ts';
import { keptFiles } from './kept-files.ts';
import { done, failed } from './step-outcomes.ts';
import type { Step } from './steps.ts';

/* From the spreadsheet to the video. */

export const fetchFiles: Step<ChartWork, ChartFetched> = {
  name: 'Fetching the spreadsheet',
  weight: 2,
  async run(work) {
    const { run, parts } = work;
    const { job, scratch, signal } = run;
    const type = CHART_TYPES.find((one) => one === job.parameters['ChartType']);
    if (type === undefined) throw new Error('the job has no chart type');
    const settings = readChartSettings(type, job.parameters);
    const sheetPath = join(scratch, 'sheet');
    const sheet = await parts.fetchSpreadsheet(job.account, job.inputFile, sheetPath, signal);
    if (sheet.kind !== 'fetched') return fetchFailure(sheet);
    const { backgroundImage } = settings;
    if (backgroundImage === undefined) return done({ ...work, settings, sheetPath, imagePath: undefined });
    const imagePath = join(scratch, 'background');
    const image = await parts.fetchImage(job.account, backgroundImage, imagePath, signal);
    if (image.kind !== 'fetched') return fetchFailure(image);
    return done({ ...work, settings, sheetPath, imagePath });
  },
};

export const readTheSheet: Step<ChartFetched, ChartRead> = {
  name: 'Reading the spreadsheet',
  weight: 3,
  async run(work) {
    const { run, settings, sheetPath } = work;
    const scratch = join(run.scratch, 'reading');
    await mkdir(scratch);
    const { sheet } = settings;
    const outcome = await readSpreadsheet({
      ...{ path: sheetPath, scratch, signal: run.signal },
      ...(sheet !== '' && { sheet }),
    });
    switch (outcome.kind) {
      case 'read':
        return done({ ...work, table: outcome.table });
      case 'refused':
        return failed(outcome.code, outcome.message);
      case 'failed':
        run.log.warn({ detail: outcome.detail }, 'the spreadsheet reader failed');
        return failed('EngineFailed', `${outcome.message} RetrySmartJob runs the job again.`);
      default:
        return assertNever(outcome);
    }
  },
};

export const renderTheChart: Step<ChartRead, ChartRendered> = {
  name: 'Drawing the chart',
  weight: 92,
  async run(work, onProgress) {
    const { run, parts, settings, table, imagePath } = work;
    const { backgroundColor, bitrate, poster, gif } = settings;
    const scratch = join(run.scratch, 'drawing');
    await mkdir(scratch);
    const background = {
      ...(backgroundColor !== undefined && { color: backgroundColor }),
      ...(imagePath !== undefined && { imagePath }),
    };
    const request = { ...chartData(settings, table), background };
    const { segmentSeconds } = parts;
    const kept = await keptSegments(work, request);
    const outcome = await renderChart(
      { request, bitrate, scratch, poster, gif, signal: run.signal, onProgress, kept, segmentSeconds },
      parts.media,
    );
    switch (outcome.kind) {
      case 'rendered':
        run.log.info({ frames: outcome.frames, kept: outcome.keptFrames, peakRss: outcome.peakRss }, 'chart drawn');
        return done({ ...work, rendered: outcome });
      case 'unusable':
        return failed('BackgroundImageUnreadable', outcome.reason);
      case 'failed':
        return failed('EngineFailed', `${outcome.reason} RetrySmartJob runs the job again.`);
      case 'unavailable':
        return failed('EngineUnavailable', outcome.message);
      default:
        return assertNever(outcome);
    }
  },
};

/** What a segment depends on, wherever the background picture lies. */
async function keptSegments(work: ChartRead, request: ChartRequest): Promise<SegmentStore> {
  const { run, parts, settings, imagePath } = work;
  const image = imagePath === undefined ? undefined : await fileFingerprint(imagePath);
  const { background, ...plain } = request;
  // Once: a table may have a million cells, and a video 150 segments.
  const whole = fingerprint(EDITION, plain, background?.color, image, settings.bitrate);
  const made = ({ from, to }: ChartSegment): string => fingerprint(whole, from, to);
  const kept = keptFiles(run, parts.workFiles, 'segment');
  return {
    fetch: (segment) => kept.fetch(segment.index, made(segment), segment.video),
    keep: (segment) => kept.keep(segment.index, made(segment), segment.video),
  };
}
