import type { SherpaTranscript } from '../sherpa/sherpa-addon.ts';
import type { SpeechSegment } from '../vad/speech-segments.ts';
import type { TimedWord } from './asr-engine.ts';
import { piecesOf, spreadText } from './timed-text.ts';

/** What SenseVoice writes about the speech into it: `<|zh|>`, `<|HAPPY|>`, `<|Speech|>`. */
const TAG = /<\|[^|]*\|>/g;
/** Seconds. Models say where a token begins; where nothing follows soon, it ends after this long. */
const LONGEST_TOKEN = 0.4;
/** Letters between two tokens that belong to tokens which could not be found in the text. */
const FARTHEST = 16;

type Token = { readonly at: number; readonly from: number; readonly to: number; readonly probability?: number };

/**
 * The words of what a recognizer made of a segment, in the recording's time. The text says what the words are; the
 * tokens, which may be parts of words or of characters, say when. Where there are no token times, the words are spread
 * over what the model gives as its stretches of speech, or over the segment.
 */
export function wordsOfTranscript(transcript: SherpaTranscript, segment: SpeechSegment): TimedWord[] {
  const text = transcript.text.replaceAll(TAG, '').trim();
  if (text === '') return [];
  const tokens = findTokens(text, transcript, segment);
  if (tokens.length > 0) return timedPieces(text, tokens, segment);
  return phrases(transcript, segment) ?? spreadText(text, [segment]);
}

/** `zh` of `<|zh|>` and of `zh`; undefined where the model says nothing. */
export function languageOfTranscript({ lang }: Pick<SherpaTranscript, 'lang'>): string | undefined {
  const language = lang.replaceAll(/[<|>]/g, '').toLowerCase();
  return /^[a-z]{2,3}$/.test(language) ? language : undefined;
}

/** Where in the text each token stands, in order. Parts of characters (`<0xE4>`) and tags stand nowhere. */
function findTokens(text: string, transcript: SherpaTranscript, segment: SpeechSegment): Token[] {
  const { tokens, timestamps, durations, ys_log_probs: logs } = transcript;
  if (timestamps.length !== tokens.length) return [];
  const found: Token[] = [];
  let behind = 0;
  for (const [index, token] of tokens.entries()) {
    const letters = token
      .replace(/^[▁Ġ\s]+/u, '')
      .replace(/@@$/, '')
      .trim();
    const at = letters === '' ? -1 : text.indexOf(letters, behind);
    if (at < 0 || at - behind > FARTHEST) continue;
    behind = at + letters.length;
    const start = timestamps[index] ?? 0;
    const duration = durations[index] ?? 0;
    const end = start + (duration > 0 ? duration : LONGEST_TOKEN);
    const next = timestamps[index + 1] ?? Infinity;
    const log = logs.length === tokens.length ? logs[index] : undefined;
    found.push({
      at,
      from: inside(start, segment),
      to: inside(Math.max(start, Math.min(end, next)), segment),
      ...(log !== undefined && { probability: Math.min(1, Math.exp(log)) }),
    });
  }
  return found;
}

function inside(seconds: number, { from, to }: SpeechSegment): number {
  return Math.min(to, from + Math.max(0, seconds));
}

/** Each piece of the text from its first token to its last; pieces that share a token share its time. */
function timedPieces(text: string, tokens: readonly Token[], segment: SpeechSegment): TimedWord[] {
  const groups: { begin: number; end: number; own: Token[] }[] = [];
  let end = 0;
  let next = 0;
  for (const piece of piecesOf(text)) {
    const begin = text.indexOf(piece, end);
    end = begin + piece.length;
    const own: Token[] = [];
    for (let token = tokens[next]; token !== undefined && token.at < end; token = tokens[next]) {
      own.push(token);
      next += 1;
    }
    const before = groups.at(-1);
    if (before === undefined || (own.length > 0 && before.own.length > 0)) groups.push({ begin, end, own });
    else groups[groups.length - 1] = { begin: before.begin, end, own: [...before.own, ...own] };
  }
  let last = segment.from;
  return groups.flatMap((group) => {
    const from = Math.max(last, group.own[0]?.from ?? last);
    last = Math.max(from, group.own.at(-1)?.to ?? from);
    const sure = confidence(group.own);
    return spreadText(text.slice(group.begin, group.end), [{ from, to: last }]).map((word) =>
      Object.assign(word, sure),
    );
  });
}

function confidence(tokens: readonly Token[]): Pick<TimedWord, 'confidence'> {
  const known = tokens.flatMap(({ probability }) => probability ?? []);
  if (known.length === 0) return {};
  const mean = known.reduce((sum, probability) => sum + probability, 0) / known.length;
  return { confidence: Math.round(mean * 1000) / 1000 };
}

/** Whisper's own phrases, each with its time. */
function phrases(transcript: SherpaTranscript, segment: SpeechSegment): TimedWord[] | undefined {
  const { segment_texts: texts, segment_timestamps: starts = [], segment_durations: lengths = [] } = transcript;
  if (texts === undefined || texts.length === 0) return undefined;
  return texts.flatMap((text, index) => {
    const start = starts[index] ?? 0;
    const from = inside(start, segment);
    return spreadText(text, [{ from, to: inside(start + (lengths[index] ?? 0), segment) }]);
  });
}
