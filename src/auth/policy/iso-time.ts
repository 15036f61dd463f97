const ISO_TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d{1,3})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/**
 * Milliseconds since the epoch of a time such as `2026-01-02T03:04:05Z` or `2026-01-02T11:04:05+08:00`, or undefined
 * where the text is not of that form or names a day or hour that does not exist.
 */
export function readIsoTime(text: string): number | undefined {
  const local = ISO_TIME.exec(text)?.[1];
  if (local === undefined) return undefined;
  // Date.parse moves 30 February into March; read as UTC and written again, such a day does not come back.
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc) || new Date(asUtc).toISOString().slice(0, local.length) !== local) return undefined;
  return Date.parse(text);
}
