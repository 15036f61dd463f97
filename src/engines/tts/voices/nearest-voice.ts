import type { AvailableVoice } from './available-voice.ts';
import {
  ANY_LANGUAGE,
  compareAccents,
  isPlainForm,
  primaryLanguage,
  RELATED_LANGUAGES,
} from './spoken-language.ts';

export type VoiceWish = {
  /** BCP 47. */
  readonly language: string;
  /** Undefined: any. */
  readonly gender: 'Male' | 'Female' | undefined;
  /** Which one of the voices that fit alike, counted around: wishes with neighbouring numbers get different voices. */
  readonly turn: number;
};

export type NearestVoice = {
  readonly voice: AvailableVoice;
  /** The weightiest thing in which it is not as wished. */
  readonly differs: 'language' | 'gender' | 'accent' | 'nothing';
  /** Primary tag of what it speaks: that of the wish, or a related one. */
  readonly language: string;
};

/**
 * The voice that comes nearest: by language, then gender, then quality, where the right accent counts one step of
 * quality and a language that is not the voice's first takes one off. A voice whose gender is not known is not turned
 * down for it: speech servers do not tell, and are better than what else there is. Undefined where no voice speaks the
 * language or a related one. The order of the voices does not matter.
 */
export function nearestVoice(wish: VoiceWish, available: readonly AvailableVoice[]): NearestVoice | undefined {
  const wanted = primaryLanguage(wish.language);
  for (const language of [wanted, ...(RELATED_LANGUAGES[wanted] ?? [])]) {
    const speakers = available.filter((voice) => speaks(voice, language));
    if (speakers.length === 0) continue;
    const voice = bestOf(speakers, wish, language);
    const isRelated = language !== wanted;
    return { voice, language, differs: isRelated ? 'language' : difference(voice, wish, language) };
  }
  return undefined;
}

/** @param language primary tag */
export function speaks(voice: AvailableVoice, language: string): boolean {
  const spoken = spokenBy(voice);
  return spoken.includes(language) || spoken.includes(ANY_LANGUAGE);
}

/** A list of voices asks each of some 250 voices a hundred times, which takes 20 ms where the tags are read each time. */
const spokenLanguages = new WeakMap<AvailableVoice, readonly string[]>();

function spokenBy(voice: AvailableVoice): readonly string[] {
  const known = spokenLanguages.get(voice);
  if (known !== undefined) return known;
  const spoken = voice.languages.map(primaryLanguage);
  spokenLanguages.set(voice, spoken);
  return spoken;
}

function bestOf(speakers: readonly AvailableVoice[], wish: VoiceWish, language: string): AvailableVoice {
  const fitting = speakers.filter((voice) => !isOtherGender(voice, wish));
  const ranked = (fitting.length === 0 ? speakers : fitting).map((voice) => ({
    voice,
    rank: rankOf(voice, wish, language),
  }));
  const highest = Math.max(...ranked.map(({ rank }) => rank));
  const best = ranked.filter(({ rank }) => rank === highest).map(({ voice }) => voice);
  best.sort((a, b) => (a.id < b.id ? -1 : 1));
  return best[wish.turn % best.length] as AvailableVoice;
}

function isOtherGender({ gender }: AvailableVoice, wish: VoiceWish): boolean {
  return wish.gender !== undefined && gender !== 'Unknown' && gender !== wish.gender;
}

/**
 * Where quality with accent and language is even, quality alone decides, then whether the gender is sure, then whether
 * it is the plain form of the language: French as in France, before French as in Belgium.
 */
function rankOf(voice: AvailableVoice, wish: VoiceWish, language: string): number {
  const [first = ''] = spokenBy(voice);
  const isFirst = first === ANY_LANGUAGE || first === language;
  const fitness = voice.quality + (accentOf(voice, wish, language) === 'same' ? 1 : 0) - (isFirst ? 0 : 1);
  const isSure = voice.gender === wish.gender;
  const isPlain = voice.languages.some((tag) => isPlainForm(tag, wish.language));
  return fitness * 1000 + voice.quality * 100 + (isSure ? 10 : 0) + (isPlain ? 1 : 0);
}

function difference(voice: AvailableVoice, wish: VoiceWish, language: string): NearestVoice['differs'] {
  if (isOtherGender(voice, wish)) return 'gender';
  return accentOf(voice, wish, language) === 'other' ? 'accent' : 'nothing';
}

function accentOf(voice: AvailableVoice, wish: VoiceWish, language: string): 'same' | 'other' | 'unsaid' {
  const tags = voice.languages.filter((tag) => primaryLanguage(tag) === language);
  const accents = new Set(tags.map((tag) => compareAccents(wish.language, tag)));
  if (accents.has('same')) return 'same';
  return accents.has('other') && !accents.has('unsaid') ? 'other' : 'unsaid';
}
