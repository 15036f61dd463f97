import type { DriftRow } from './dub-request.ts';

/** What lies closer is in time for everybody: seconds. */
const IN_TIME = 0.2;

/** How the dubbed lines lie against their sources, all in all. Names as they are shown; seconds to the millisecond. */
export function driftSummary(report: readonly DriftRow[]): Record<string, number> {
  const drifts = report
    .map(({ sourceStart, dubStart }) => Math.abs(dubStart - sourceStart))
    .toSorted((a, b) => a - b);
  const inTime = drifts.filter((drift) => drift <= IN_TIME + 1e-9).length;
  return {
    Lines: report.length,
    InTime: inTime,
    MedianDrift: toMillisecond(drifts[Math.floor((drifts.length - 1) / 2)] ?? 0),
    MaxDrift: toMillisecond(drifts.at(-1) ?? 0),
    MaxTempo: toMillisecond(Math.max(1, ...report.map(({ tempo }) => tempo))),
    Overflowing: report.filter(({ overflow }) => overflow > 0).length,
    Shortened: report.filter(({ shortened }) => shortened !== undefined).length,
    Cut: report.filter(({ cut }) => cut > 0).length,
  };
}

function toMillisecond(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
