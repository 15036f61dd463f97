import type { AvailableVoice } from './available-voice.ts';
import { compareAccents, primaryLanguage, RELATED_LANGUAGES } from './spoken-language.ts';

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
 * quality and a language that is not the voice's first takes one off. Undefined where no voice speaks the language or
 * a related one. The order of the voices does not matter.
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
  return voice.languages.some((tag) => primaryLanguage(tag) === language);
}

function bestOf(speakers: readonly AvailableVoice[], wish: VoiceWish, language: string): AvailableVoice {
  const strangeness = Math.min(...speakers.map((voice) => genderDistance(voice, wish)));
  const alike = speakers.filter((voice) => genderDistance(voice, wish) === strangeness);
  const fitness = Math.max(...alike.map((voice) => fitnessOf(voice, wish, language)));
  const best = alike.filter((voice) => fitnessOf(voice, wish, language) === fitness);
  best.sort((a, b) => (a.id < b.id ? -1 : 1));
  return best[wish.turn % best.length] as AvailableVoice;
}

function genderDistance({ gender }: AvailableVoice, wish: VoiceWish): number {
  if (wish.gender === undefined || gender === wish.gender) return 0;
  return gender === 'Unknown' ? 1 : 2;
}

function fitnessOf(voice: AvailableVoice, wish: VoiceWish, language: string): number {
  const isFirst = primaryLanguage(voice.languages[0] ?? '') === language;
  return voice.quality + (accentOf(voice, wish, language) === 'same' ? 1 : 0) - (isFirst ? 0 : 1);
}

function difference(voice: AvailableVoice, wish: VoiceWish, language: string): NearestVoice['differs'] {
  if (genderDistance(voice, wish) === 2) return 'gender';
  return accentOf(voice, wish, language) === 'other' ? 'accent' : 'nothing';
}

function accentOf(voice: AvailableVoice, wish: VoiceWish, language: string): 'same' | 'other' | 'unsaid' {
  const tags = voice.languages.filter((tag) => primaryLanguage(tag) === language);
  const accents = new Set(tags.map((tag) => compareAccents(wish.language, tag)));
  if (accents.has('same')) return 'same';
  return accents.has('unsaid') ? 'unsaid' : 'other';
}
