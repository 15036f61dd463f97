import { assignSpeakers } from '../engines/diarization/assign-speakers.ts';
import type { Recognized, Segmented } from './asr-work.ts';
import { endsClause, endsSentence } from '../engines/subtitles/sentence-break.ts';
import { segmentTranscript } from './segment-transcript.ts';
import { done } from './step-outcomes.ts';
import type { Step } from './steps.ts';

/** Where the engine gave bare words, and there is a model for their language. Bare words are better than none. */
export const punctuateWords: Step<Recognized, Recognized> = {
  name: 'Setting punctuation',
  weight: 1,
  async run(work) {
    const { run, parts, words, language } = work;
    const { punctuator } = parts;
    const bare = !words.some(({ text }) => endsSentence(text) || endsClause(text));
    if (!bare || punctuator === undefined || !punctuator.supports(language)) return done(work);
    const outcome = await punctuator.punctuate(words, run.signal);
    if (outcome.kind === 'punctuated') return done({ ...work, words: outcome.words });
    run.log.warn({ detail: outcome.kind === 'failed' ? outcome.detail : '' }, outcome.message);
    return done(work);
  },
};

export const cutIntoSentences: Step<Recognized, Segmented> = {
  name: 'Cutting into sentences',
  weight: 1,
  async run(work) {
    const { words, turns, start, seconds, parameters } = work;
    const range = { from: start, to: start + seconds };
    return done({ ...work, sentences: segmentTranscript(assignSpeakers(words, turns), { ...parameters, range }) });
  },
};
