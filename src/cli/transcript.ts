/** A stretch of speech; from and to in seconds of the recording. */
export type Segment = { readonly content: string; readonly from: number; readonly to: number };

/** The segments of an ASR job's AiResult, or undefined where the text is something else. */
export function parseTranscript(aiResult: string): readonly Segment[] | undefined {
  let document: unknown;
  try {
    document = JSON.parse(aiResult);
  } catch {
    return undefined;
  }
  return Array.isArray(document) && document.every(isSegment) ? document : undefined;
}

function isSegment(value: unknown): value is Segment {
  const { content, from, to } = (value ?? {}) as Partial<Record<keyof Segment, unknown>>;
  return typeof content === 'string' && typeof from === 'number' && typeof to === 'number';
}

/** `0:01.2`, and `1:02:03.4` from an hour on. Tenths are cut, as a player's clock cuts them. */
export function clockTime(seconds: number): string {
  const tenths = Math.floor(seconds * 10 + 1e-6);
  const whole = Math.floor(tenths / 10);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [hours = 0, minutes = 0, rest = 0] = parts;
  const end = `${String(rest).padStart(2, '0')}.${tenths % 10}`;
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${end}` : `${minutes}:${end}`;
}
