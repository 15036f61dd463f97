import type { ChartOutcome } from '../engines/chart/render-chart.ts';
import type { MediaTools } from '../engines/media/media-tools.ts';
import type { ChartTable } from '../engines/spreadsheet/chart-table.ts';
import type { WorkFiles } from '../objects/work-files.ts';
import type { ChartSettings } from './chart-settings.ts';
import type { FetchInput } from './fetch-input.ts';
import type { PipelineRun } from './pipeline.ts';
import type { PublishParts } from './publish-output.ts';

/** What the steps work with; the server composes it. */
export type ChartParts = PublishParts & {
  /** Both refuse files that are too large to be looked at. */
  readonly fetchSpreadsheet: FetchInput;
  readonly fetchImage: FetchInput;
  readonly media: MediaTools;
  readonly workFiles: Pick<WorkFiles, 'keep' | 'fetch' | 'remove'>;
  /** Seconds of video in a segment at most; absent = by its size. */
  readonly segmentSeconds?: number;
};

/* The values that the steps hand on; each adds what it found out. */

export type ChartWork = { readonly run: PipelineRun; readonly parts: ChartParts };

export type ChartFetched = ChartWork & {
  readonly settings: ChartSettings;
  readonly sheetPath: string;
  readonly imagePath: string | undefined;
};

export type ChartRead = ChartFetched & { readonly table: ChartTable };

export type ChartRendered = ChartRead & { readonly rendered: Extract<ChartOutcome, { kind: 'rendered' }> };
