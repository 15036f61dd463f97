import { parseSpeechText } from '../ssml/parse-speech-text.ts';
import type { Position, SpeakAttributes, SpeechDocument } from '../ssml/ssml-tree.ts';
import { cleanText, isSpeakable } from '../text/clean-text.ts';
import { languageContext } from '../text/language-runs.ts';
import { flattenDocument, plainTextOf, type Atom } from './flatten-document.ts';
import { groupSentences, type Sentence } from './group-sentences.ts';
import { speakSentence, type SentencePiece } from './speak-sentence.ts';
import type { Pause, SpeechAbility, SpeechChunk, SpeechFault, SpeechFaultCode, SpeechPlan } from './speech-plan.ts';

export type ReadSpeech =
  { readonly kind: 'read'; readonly document: SpeechDocument; readonly attributes: SpeakAttributes } | SpeechFault;

export type PlannedSpeech = { readonly kind: 'planned'; readonly plan: SpeechPlan } | SpeechFault;

export type PlanOptions = {
  /** The language of the voice (primary tag), where a voice was named that has one. */
  readonly language?: string;
  /** What can be done beyond words; nothing by default. */
  readonly abilities?: readonly SpeechAbility[];
};

/** Characters of text without tags, as the cloud counts them. */
const SPEECH_TEXT_LIMIT = 10_000;

/** Seconds at normal speed, as a calm reader makes them. */
const SENTENCE_PAUSE = 0.35;
const PARAGRAPH_PAUSE = 0.6;
/** Between two parts of a sentence that was too long, and where the voice changes with the language. */
const INNER_PAUSE = 0.12;

/** Reads a caller's text, plain or SSML. The attributes of `<speak>` are wanted before the plan: they name the voice. */
export function readSpeech(text: string): ReadSpeech {
  const parsed = parseSpeechText(text);
  if (parsed.kind === 'invalid') return refused('InvalidSsml', parsed.message, parsed.at);
  const length = Array.from(plainTextOf(flattenDocument(parsed.document.nodes))).length;
  if (length > SPEECH_TEXT_LIMIT) {
    return refused('TextTooLong', `The text may have ${SPEECH_TEXT_LIMIT} characters, not ${length}.`);
  }
  return { kind: 'read', document: parsed.document, attributes: parsed.document.attributes };
}

/** Cuts a text into what is spoken chunk by chunk, with the pauses between. */
export function planSpeech(
  document: SpeechDocument,
  { language, abilities = [] }: PlanOptions = {},
): PlannedSpeech {
  const atoms = flattenDocument(document.nodes);
  const unsupported = beyondAbilities(document, atoms, abilities);
  if (unsupported !== undefined) return unsupported;
  const text = cleanText(plainTextOf(atoms));
  if (!isSpeakable(text)) {
    return refused('NothingToSay', 'The text holds no letters or digits that could be read out.');
  }
  const context = languageContext(text, language);
  const builder = new PlanBuilder();
  for (const sentence of groupSentences(atoms)) {
    const spoken = speakSentence(sentence, context);
    if (spoken.kind === 'unreadable') return refused('InvalidSsml', spoken.message, spoken.at);
    builder.add(spoken.pieces, sentence.end);
  }
  return { kind: 'planned', plan: builder.plan() };
}

class PlanBuilder {
  readonly #chunks: SpeechChunk[] = [];
  #lead = 0;
  #sentence = 0;

  add(pieces: readonly SentencePiece[], end: Sentence['end']): void {
    let spoke = false;
    for (const piece of pieces) {
      if (piece.kind === 'pause') this.#wait(piece.seconds);
      else {
        const { language, content, spoken } = piece;
        const after = { seconds: INNER_PAUSE, exact: false };
        this.#chunks.push({ sentence: this.#sentence, content, spoken, language, after });
        spoke = true;
      }
    }
    if (!spoke) return;
    this.#sentence += 1;
    this.#end({ seconds: end === 'paragraph' ? PARAGRAPH_PAUSE : SENTENCE_PAUSE, exact: false });
  }

  /** Behind the last word there is only the silence that was asked for. */
  plan(): SpeechPlan {
    this.#end({ seconds: 0, exact: true });
    return { lead: this.#lead, chunks: this.#chunks };
  }

  /** A break takes the place of the pause that would be there; several breaks add up. */
  #wait(seconds: number): void {
    const last = this.#chunks.at(-1);
    if (last === undefined) this.#lead += seconds;
    else this.#setLast(last, { seconds: seconds + (last.after.exact ? last.after.seconds : 0), exact: true });
  }

  #end(after: Pause): void {
    const last = this.#chunks.at(-1);
    if (last !== undefined && !last.after.exact) this.#setLast(last, after);
  }

  #setLast(last: SpeechChunk, after: Pause): void {
    this.#chunks.splice(-1, 1, { ...last, after });
  }
}

/** Nothing that was asked for is left out in silence. */
function beyondAbilities(
  { attributes, nodes }: SpeechDocument,
  atoms: readonly Atom[],
  abilities: readonly SpeechAbility[],
): SpeechFault | undefined {
  const inside = atoms.find((atom) => atom.kind === 'beyond' && !abilities.includes(atom.ability));
  if (inside?.kind === 'beyond') {
    const message =
      inside.ability === 'emotion'
        ? '<emotion> needs a voice with emotions (a name that ends in _emo), and no engine of this server has one.'
        : '<soundEvent> is not supported by this server.';
    return refused('UnsupportedSsml', message, inside.at);
  }
  const at = nodes[0]?.at;
  if (attributes.effect !== undefined && !abilities.includes('effect')) {
    return refused('UnsupportedSsml', `The effect ${attributes.effect} is not supported by this server.`, at);
  }
  if (attributes.bgm !== undefined && !abilities.includes('bgm')) {
    return refused('UnsupportedSsml', 'Background music (bgm) is not supported by this server.', at);
  }
  return undefined;
}

function refused(code: SpeechFaultCode, message: string, at?: Position): SpeechFault {
  const place = at === undefined ? '' : `Line ${at.line}, column ${at.column}: `;
  return { kind: 'refused', code, message: place + message };
}
