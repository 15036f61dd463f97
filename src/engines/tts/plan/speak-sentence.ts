import { breakEndlessWords, cleanText, isSpeakable, shownText, WORD_EDGE } from '../text/clean-text.ts';
import { languageRuns, type LanguageContext } from '../text/language-runs.ts';
import { readableEnglish } from '../text/readable-english.ts';
import { readableMandarin } from '../text/readable-mandarin.ts';
import { readSayAs } from '../text/say-as.ts';
import { splitLong } from '../text/split-sentences.ts';
import type { Position } from '../ssml/ssml-tree.ts';
import type { Sentence, SentenceAtom } from './group-sentences.ts';
import type { SpokenPiece } from './speech-plan.ts';

/** A run of one language between two pauses. */
export type Utterance = {
  readonly language: string;
  readonly content: string;
  readonly spoken: readonly SpokenPiece[];
};

export type SentencePiece =
  ({ readonly kind: 'utterance' } & Utterance) | { readonly kind: 'pause'; readonly seconds: number };

export type SpokenSentence =
  | { readonly kind: 'spoken'; readonly pieces: readonly SentencePiece[] }
  | { readonly kind: 'unreadable'; readonly message: string; readonly at: Position };

type Draft = { language: string; content: string; spoken: SpokenPiece[] };

/** What is said of a sentence, in what language, and where it halts. */
export function speakSentence(sentence: Sentence, context: LanguageContext): SpokenSentence {
  const languages = runLanguages(sentence, context);
  const pieces: ({ kind: 'draft'; draft: Draft } | { kind: 'pause'; seconds: number })[] = [];
  const add = (language: string, content: string, spoken: readonly SpokenPiece[]): void => {
    const last = pieces.at(-1);
    if (last?.kind === 'draft' && last.draft.language === language) {
      last.draft.content += content;
      last.draft.spoken.push(...spoken);
    } else pieces.push({ kind: 'draft', draft: { language, content, spoken: [...spoken] } });
  };
  for (const atom of sentence.atoms) {
    if (atom.kind === 'pause') pieces.push({ kind: 'pause', seconds: atom.seconds });
    else if (atom.kind === 'pinyin') {
      add('zh', atom.text, [{ kind: 'pinyin', syllables: atom.syllables, text: cleanText(atom.text) }]);
    } else if (atom.kind === 'say-as') {
      const language = languages.around(atom);
      const reading = readSayAs(atom.as, cleanText(atom.text), language);
      if (reading.kind === 'unreadable') return { kind: 'unreadable', message: reading.message, at: atom.at };
      // Read already: what it says must not be taken for a date or an amount once more.
      add(language, atom.text, [{ kind: 'text', text: ` ${reading.text} ` }]);
    } else {
      for (const [index, run] of languages.of(atom).entries()) {
        const shown = atom.kind === 'text' ? run.text : index === 0 ? atom.shown : '';
        add(run.language, shown, [{ kind: 'text', text: readable(run.text, run.language) }]);
      }
    }
  }
  return {
    kind: 'spoken',
    pieces: pieces.flatMap((piece) => (piece.kind === 'pause' ? [piece] : finish(piece.draft))),
  };
}

/** The language runs of each text of a sentence; the sentence is looked at as a whole, its tags taken out. */
function runLanguages(
  sentence: Sentence,
  context: LanguageContext,
): {
  of(atom: SentenceAtom & { text: string }): { language: string; text: string }[];
  around(atom: SentenceAtom): string;
} {
  const texts = sentence.atoms.filter((atom) => atom.kind === 'text' || atom.kind === 'sub');
  const whole = languageRuns(texts.map(({ text }) => text).join(''), context);
  const main = whole.toSorted((a, b) => b.text.length - a.text.length)[0]?.language ?? context.main;
  const local: LanguageContext = { ...context, main, latin: latinOf(whole, context) };
  const of = (atom: SentenceAtom & { text: string }): { language: string; text: string }[] =>
    languageRuns(cleanText(atom.text), local);
  return {
    of,
    around(atom) {
      const before = sentence.atoms.slice(0, sentence.atoms.indexOf(atom)).toReversed();
      const near = before.find(
        (other) => (other.kind === 'text' || other.kind === 'sub') && isSpeakable(other.text),
      );
      return near !== undefined && 'text' in near ? (of(near).at(-1)?.language ?? main) : main;
    },
  };
}

function latinOf(runs: readonly { language: string }[], context: LanguageContext): string {
  const others = new Set(['zh', 'ja', 'yue', 'ko']);
  return runs.find(({ language }) => !others.has(language))?.language ?? context.latin;
}

function readable(text: string, language: string): string {
  const tame = breakEndlessWords(text);
  if (language === 'zh' || language === 'yue') return readableMandarin(tame);
  return (language === 'en' ? readableEnglish(tame) : tame).replaceAll(WORD_EDGE, '');
}

/** Cuts what is too long; only text can be, pinyin is as long as its characters. */
function finish({ language, content, spoken }: Draft): SentencePiece[] {
  const onlyText = spoken.every((piece) => piece.kind === 'text');
  const text = spoken.map((piece) => piece.text).join('');
  if (!isSpeakable(text)) return [];
  if (!onlyText) return [{ kind: 'utterance', language, content: shownText(content), spoken: joined(spoken) }];
  // What is left out here are hundreds of marks in a row.
  const parts = splitLong(text).filter(isSpeakable);
  return parts.map((part, index) => ({
    kind: 'utterance',
    language,
    // Words change in length when they are made readable, so the first part shows all that is said.
    content: index === 0 ? shownText(content) : '',
    spoken: [{ kind: 'text', text: tidy(part) }],
  }));
}

/** Neighbouring texts as one, without the spaces that tags have left. */
function joined(spoken: readonly SpokenPiece[]): SpokenPiece[] {
  const out: SpokenPiece[] = [];
  for (const piece of spoken) {
    const last = out.at(-1);
    if (piece.kind === 'text' && last?.kind === 'text') {
      out.splice(-1, 1, { kind: 'text', text: last.text + piece.text });
    } else out.push(piece);
  }
  return out.map((piece) => (piece.kind === 'text' ? { kind: 'text', text: tidy(piece.text) } : piece));
}

function tidy(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
