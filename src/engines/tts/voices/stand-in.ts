import type { NearestVoice, VoiceWish } from './nearest-voice.ts';
import { languageName, primaryLanguage } from './spoken-language.ts';

/** One sentence for people: who speaks, and what is not as it was asked for. */
export function describeStandIn({ voice, differs, language }: NearestVoice, wish: VoiceWish): string {
  const speaker = `Spoken here by ${voice.name} (${voice.id})`;
  const wanted = languageName(primaryLanguage(wish.language));
  switch (differs) {
    case 'nothing':
      return voice.gender === 'Unknown' ? `${speaker}; whether a man or a woman is not known.` : `${speaker}.`;
    case 'accent':
      return `${speaker}; no voice with the accent of ${languageName(wish.language)} fits better.`;
    case 'gender':
      return `${speaker}; no ${wish.gender === 'Female' ? 'female' : 'male'} voice speaks ${wanted} here.`;
    case 'language':
      return `${speaker}; nearest: ${languageName(language)}, since no voice speaks ${wanted} here.`;
  }
}
