import type { TimedWord } from '../engines/asr/asr-engine.ts';
import type { Sentence } from './segment-transcript.ts';

/** What the result files tell. All times are seconds of the original recording, to the millisecond. */
export type Transcript = TranscriptFacts & { readonly segments: readonly TranscribedSegment[] };

export type TranscriptFacts = {
  readonly jobId: string;
  readonly engine: string;
  readonly model?: string;
  /** BCP 47; absent where nobody said it and nothing heard it. */
  readonly language?: string;
  /** The part of the recording that was recognized. */
  readonly from: number;
  readonly to: number;
};

/** As in AiResult. Words lie inside, in order, but for a recognizer's own overlaps. */
export type TranscribedSegment = {
  readonly content: string;
  readonly from: number;
  readonly to: number;
  /** `Speaker 1`, `Speaker 2`, … in the order in which they are first heard; absent where nobody asked. */
  readonly speaker?: string;
  readonly words: readonly TimedWord[];
};

/** @param sentences whose words are in seconds of the recognized part */
export function transcriptOf(sentences: readonly Sentence[], facts: TranscriptFacts): Transcript {
  const names = speakerNames(sentences);
  const segments = sentences.map(({ content, from, to, speaker, words }) => {
    const inside = (seconds: number): number => milliseconds(Math.min(to, Math.max(from, facts.from + seconds)));
    const name = speaker === undefined ? undefined : names.get(speaker);
    return {
      ...{ content, from, to },
      ...(name !== undefined && { speaker: name }),
      words: words.map((word) => ({
        ...{ text: word.text, from: inside(word.from), to: inside(word.to) },
        ...(word.confidence !== undefined && { confidence: milliseconds(word.confidence) }),
      })),
    };
  });
  return { ...facts, from: milliseconds(facts.from), to: milliseconds(facts.to), segments };
}

/** How many people speak; 0 where nobody asked. */
export function speakerCount({ segments }: Pick<Transcript, 'segments'>): number {
  return new Set(segments.flatMap(({ speaker }) => speaker ?? [])).size;
}

function speakerNames(sentences: readonly Sentence[]): ReadonlyMap<number, string> {
  const heard = new Set(sentences.flatMap(({ speaker }) => speaker ?? []));
  return new Map([...heard].map((speaker, index) => [speaker, `Speaker ${index + 1}`]));
}

function milliseconds(value: number): number {
  return Math.round(value * 1000) / 1000;
}
