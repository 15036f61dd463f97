import type { SpeechSegment } from '../vad/speech-segments.ts';

/** Seconds. Common servers refuse uploads over 25 MB, which is 13 minutes of 16 kHz WAV. */
const LONGEST_WINDOW = 600;
/** Seconds. Across longer pauses nothing is sent: models of the whisper kind make up words in silence. */
const LONGEST_PAUSE = 5;

/** The stretches of the recording to send, each from the first to the last speech inside it. */
export function uploadWindows(speech: readonly SpeechSegment[]): SpeechSegment[] {
  const windows: SpeechSegment[] = [];
  for (const segment of speech) {
    const current = windows.at(-1);
    const joins =
      current !== undefined &&
      segment.from - current.to <= LONGEST_PAUSE &&
      segment.to - current.from <= LONGEST_WINDOW;
    if (joins) windows[windows.length - 1] = { from: current.from, to: segment.to };
    else windows.push(segment);
  }
  return windows;
}
