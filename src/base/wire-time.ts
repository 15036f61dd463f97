/**
 * The service's time format: UTC, whole seconds, `2026-01-02T03:04:05Z`. Fractions are cut, not rounded,
 * so a time never lies in the future.
 * @param milliseconds since the epoch
 */
export function wireTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** Requests that arrive together are dated alike: reading a time anew takes 1 µs. */
let lastRead = { text: '', milliseconds: 0 };

const WIRE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** Milliseconds since the epoch, or undefined where the text is not exactly `yyyy-MM-ddTHH:mm:ssZ` of a real day. */
export function parseWireTime(text: string): number | undefined {
  if (text === lastRead.text) return lastRead.milliseconds;
  if (!WIRE_TIME.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  // Date.parse makes 2 March of 30 February.
  if (Number.isNaN(milliseconds) || wireTime(milliseconds) !== text) return undefined;
  lastRead = { text, milliseconds };
  return milliseconds;
}
