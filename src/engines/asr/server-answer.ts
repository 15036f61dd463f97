import type { SegmentScores } from './invented-segment.ts';
import type { RoughlyTimed } from './placed-words.ts';

export type ServerWord = RoughlyTimed & {
  /** 0 to 1. */
  readonly confidence: number | undefined;
};

export type ServerSegment = RoughlyTimed & { readonly words: readonly ServerWord[] } & SegmentScores;

/** The answer of POST /v1/audio/transcriptions, as far as it can be read. */
export type ServerAnswer = {
  readonly text: string;
  readonly words: readonly ServerWord[];
  readonly segments: readonly ServerSegment[];
  /** As the server calls it. */
  readonly language: string | undefined;
};

/**
 * Reads the answer of any server. Servers differ, and have faults: whatever is no number is no time, whatever has no
 * text is no word, and the rest still counts. Undefined where it is no such answer at all.
 */
export function readServerAnswer(json: unknown): ServerAnswer | undefined {
  const { text, words, segments, language } = asObject(json);
  if (typeof text !== 'string' && !Array.isArray(words) && !Array.isArray(segments)) return undefined;
  return {
    text: typeof text === 'string' ? text : '',
    words: asList(words).flatMap(readWord),
    segments: asList(segments).flatMap(readSegment),
    language: typeof language === 'string' ? language : undefined,
  };
}

function readWord(value: unknown): ServerWord[] {
  const { word, text, start, end, probability, confidence, score } = asObject(value);
  const shown = typeof word === 'string' ? word : text;
  if (typeof shown !== 'string' || shown.trim() === '') return [];
  const sure = [probability, confidence, score].map(asNumber).find((one) => one !== undefined);
  return [
    {
      text: shown.trim(),
      start: asNumber(start),
      end: asNumber(end),
      confidence: sure === undefined || sure < 0 || sure > 1 ? undefined : sure,
    },
  ];
}

function readSegment(value: unknown): ServerSegment[] {
  const { text, start, end, words, no_speech_prob: noSpeech, avg_logprob: meanLog } = asObject(value);
  const found = asList(words).flatMap(readWord);
  if ((typeof text !== 'string' || text.trim() === '') && found.length === 0) return [];
  return [
    {
      text: typeof text === 'string' ? text : found.map((word) => word.text).join(' '),
      start: asNumber(start),
      end: asNumber(end),
      words: found,
      noSpeech: asNumber(noSpeech),
      meanLogProbability: asNumber(meanLog),
    },
  ];
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Numbers too that came as texts; NaN and infinite ones are none. */
function asNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
