import type { SpeechSegment } from './speech-segments.ts';

/** A line of the detector's process: a stretch of speech, or how many seconds it has read. */
export type DetectorNews = (SpeechSegment & { readonly sure: boolean }) | { readonly seconds: number };

/** Undefined for half a line, which is what a process leaves that is killed while it writes. */
export function detectorNews(line: string): DetectorNews | undefined {
  try {
    return JSON.parse(line) as DetectorNews;
  } catch {
    return undefined;
  }
}
