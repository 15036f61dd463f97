import { SPEECH_BYTES_PER_SECOND } from '../media/speech-wav.ts';
import type { SpeechSegment } from '../vad/speech-segments.ts';

/** Seconds. Across longer pauses nothing is sent: models of the whisper kind make up words in silence. */
const LONGEST_PAUSE = 5;
/** Seconds. A window is held in memory, and is lost whole where the server fails at its end. */
const LONGEST_WINDOW = 1800;
/** Seconds. Less is not worth a request; a server that refuses this refuses something else. */
export const SHORTEST_WINDOW = 5;
/** What OpenAI takes in one request, and so most servers of the convention. */
const USUAL_LIMIT = 25_000_000;
/** The other fields of the form, and its header. */
const FORM_BYTES = 65_536;

/** Seconds of audio that fit into a request of so many bytes: 13 minutes of 16 kHz WAV into 25 MB. */
export function longestWindow(maxUploadBytes: number = USUAL_LIMIT): number {
  const seconds = Math.floor((maxUploadBytes - FORM_BYTES) / SPEECH_BYTES_PER_SECOND);
  return Math.min(LONGEST_WINDOW, Math.max(SHORTEST_WINDOW, seconds));
}

/**
 * The stretches of the recording to send, each from the first to the last speech inside it.
 * @param longest seconds a stretch; longer speech without a pause is cut into equal parts
 */
export function uploadWindows(speech: readonly SpeechSegment[], longest: number): SpeechSegment[] {
  const windows: SpeechSegment[] = [];
  for (const segment of speech.flatMap((whole) => cutIfTooLong(whole, longest))) {
    const current = windows.at(-1);
    const joins =
      current !== undefined && segment.from - current.to <= LONGEST_PAUSE && segment.to - current.from <= longest;
    if (joins) windows[windows.length - 1] = { from: current.from, to: segment.to };
    else windows.push(segment);
  }
  return windows;
}

/** The speech that lies in a stretch, cut at its ends. */
export function speechWithin(speech: readonly SpeechSegment[], { from, to }: SpeechSegment): SpeechSegment[] {
  return speech
    .map((segment) => ({ from: Math.max(from, segment.from), to: Math.min(to, segment.to) }))
    .filter((segment) => segment.to > segment.from);
}

function cutIfTooLong({ from, to }: SpeechSegment, longest: number): SpeechSegment[] {
  const parts = Math.ceil((to - from) / longest - 1e-9);
  const length = (to - from) / parts;
  return Array.from({ length: parts }, (_, index) => ({
    from: from + index * length,
    to: index === parts - 1 ? to : from + (index + 1) * length,
  }));
}
