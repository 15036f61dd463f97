const AGO = /^(\d{1,9})([smhd])$/;
const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z)?$/;

/**
 * `2026-01-02`, `2026-01-02T03:04:05Z` (UTC) or how long ago, `30m`, `24h`, `7d`, in milliseconds since the epoch.
 * @param now the same
 */
export function parsePastTime(text: string, now: number): number | undefined {
  const [, count = '', unit = ''] = AGO.exec(text) ?? [];
  if (count !== '') return now - Number(count) * (UNITS[unit] ?? 0);
  const time = ISO.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse makes 2 March of 30 February.
  const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text.slice(0, 10));
  return isDay ? time : undefined;
}
