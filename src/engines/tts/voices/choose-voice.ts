import type { AvailableVoice } from './available-voice.ts';
import type { CloudVoice } from './cloud-voice.ts';
import { CLOUD_VOICES, findCloudVoice } from './cloud-voices.ts';
import { closeNames } from './close-names.ts';
import { nearestVoice, speaks, type NearestVoice, type VoiceWish } from './nearest-voice.ts';
import { languageName, primaryLanguage, readsLettersOf } from './spoken-language.ts';
import { describeStandIn } from './stand-in.ts';
import { turnOf } from './voice-turn.ts';

export type VoiceChoice =
  | ChosenVoice
  /** Nobody knows the id; the message names what comes close, the closest first, and how to see all. */
  | { readonly kind: 'unknown-voice'; readonly message: string; readonly close: readonly string[] }
  /** Nothing here speaks the language; the message names the remedy. */
  | { readonly kind: 'no-voice'; readonly message: string };

export type ChosenVoice = {
  readonly kind: 'voice';
  readonly voice: AvailableVoice;
  /** Times the voice's own pitch: above 1 where an adult speaks for a child. Comes on top of the caller's pitch_rate. */
  readonly pitchFactor: number;
  /** Absent where the voice was named by its own id, or none was named. */
  readonly standsIn?: StandIn;
};

export type StandIn = {
  /** The id that was named, as it is listed. */
  readonly for: string;
  readonly differs: NearestVoice['differs'];
  /** For people: who speaks, and what is not as it was asked for. */
  readonly remark: string;
};

export type ChooseOptions = {
  /** The language of the text, or of the part of it that is to be spoken, where it is known: BCP 47. */
  readonly language?: string | undefined;
};

/**
 * The voice that speaks where a caller names one: an id of this server itself; an id of the cloud by what comes
 * nearest; none by the first voice listed for the language. A voice that cannot read the letters of the text hands
 * over to one that can, of the same gender. Which language is written in these letters is left to the voice, since
 * short texts are taken for another easily.
 */
export function chooseVoice(
  wanted: string,
  available: readonly AvailableVoice[],
  { language }: ChooseOptions = {},
): VoiceChoice {
  const name = wanted.trim();
  if (name === '') return defaultVoice(available, language);
  const own = findOwnVoice(name, available);
  if (own !== undefined) return ownVoice(own, available, language);
  const cloud = findCloudVoice(name);
  return cloud === undefined ? unknownVoice(name, available) : standIn(cloud, available, language);
}

/** By its id, or by the part behind the colon, as in `slt` for `flite:slt`; the best where several have that name. */
function findOwnVoice(name: string, available: readonly AvailableVoice[]): AvailableVoice | undefined {
  const wanted = name.toLowerCase();
  const whole = available.find(({ id }) => id.toLowerCase() === wanted);
  if (whole !== undefined) return whole;
  const named = available.filter(({ id }) => shortName(id).toLowerCase() === wanted);
  return named.toSorted((a, b) => b.quality - a.quality || (a.id < b.id ? -1 : 1))[0];
}

function shortName(id: string): string {
  return id.slice(id.indexOf(':') + 1);
}

function ownVoice(
  voice: AvailableVoice,
  available: readonly AvailableVoice[],
  language: string | undefined,
): VoiceChoice {
  const spoken = spokenLanguage(voice.languages, language);
  if (spoken === undefined || speaks(voice, primaryLanguage(spoken)))
    return { kind: 'voice', voice, pitchFactor: 1 };
  const gender = voice.gender === 'Unknown' ? undefined : voice.gender;
  return nearest(voice.id, { language: spoken, gender, turn: 0 }, available);
}

function standIn(
  cloud: CloudVoice,
  available: readonly AvailableVoice[],
  language: string | undefined,
): VoiceChoice {
  // Boys too: those who dub them are mostly women, whose voices need less changing.
  const gender = cloud.type === 'Male' || cloud.type === undefined ? cloud.type : 'Female';
  const spoken = spokenLanguage(cloud.languages, language) ?? '';
  const choice = nearest(cloud.id, { language: spoken, gender, turn: turnOf(cloud) }, available);
  if (choice.kind !== 'voice' || (cloud.type !== 'Boy' && cloud.type !== 'Girl')) return choice;
  return { ...choice, pitchFactor: CHILD_PITCH[choice.voice.gender] };
}

/** Children speak at some 250 to 300 Hz, women at 200, men at 120; a man's voice is not stretched all the way. */
const CHILD_PITCH = { Female: 1.25, Unknown: 1.4, Male: 1.6 } as const;

/** Which of a voice's languages is asked of it; another one where it cannot read the letters of the text. */
function spokenLanguage(languages: readonly string[], text: string | undefined): string | undefined {
  const [first] = languages;
  if (text === undefined || first === undefined) return first;
  const wanted = primaryLanguage(text);
  const same = languages.find((tag) => primaryLanguage(tag) === wanted);
  if (same !== undefined) return same;
  return readsLettersOf(primaryLanguage(first), wanted) ? first : text;
}

function nearest(id: string, wish: VoiceWish, available: readonly AvailableVoice[]): VoiceChoice {
  const found = nearestVoice(wish, available);
  if (found === undefined) return noVoice(wish.language);
  const remark = describeStandIn(found, wish);
  return {
    kind: 'voice',
    voice: found.voice,
    pitchFactor: 1,
    standsIn: { for: id, differs: found.differs, remark },
  };
}

/** The one behind the first voice that is listed for the language, so that the list shows who speaks. */
function defaultVoice(available: readonly AvailableVoice[], language: string | undefined): VoiceChoice {
  const spoken = language === undefined ? undefined : primaryLanguage(language);
  for (const cloud of CLOUD_VOICES) {
    if (spoken !== undefined && primaryLanguage(cloud.languages[0] ?? '') !== spoken) continue;
    const choice = standIn(cloud, available, undefined);
    if (choice.kind === 'voice' && choice.standsIn?.differs !== 'language') {
      return { kind: 'voice', voice: choice.voice, pitchFactor: 1 };
    }
  }
  const wish = { language: language ?? available[0]?.languages[0] ?? '', gender: undefined, turn: 0 };
  const found = nearestVoice(wish, available);
  return found === undefined ? noVoice(language) : { kind: 'voice', voice: found.voice, pitchFactor: 1 };
}

const LISTED = 'ListSmartVoiceGroups and `smartjobs voices` list the voices of this server.';

function noVoice(language: string | undefined): VoiceChoice {
  const isAny = language === undefined || language === '';
  const missing = isAny ? 'This server has no voice.' : `No voice of this server speaks ${languageName(language)}.`;
  const remedy = 'Install espeak-ng (over a hundred languages) or a speech model, or name a speech server.';
  return { kind: 'no-voice', message: `${missing} ${remedy} ${LISTED}` };
}

const LONGEST_SHOWN = 64;

function unknownVoice(name: string, available: readonly AvailableVoice[]): VoiceChoice {
  const own = available.map(({ id }) => (name.includes(':') ? id : shortName(id)));
  const close = closeNames(name, [...new Set([...CLOUD_VOICES.map(({ id }) => id), ...own])]);
  const shown = name.length > LONGEST_SHOWN ? `${name.slice(0, LONGEST_SHOWN)}…` : name;
  const guess = close.length === 0 ? '' : ` Did you mean ${close.join(' or ')}?`;
  return { kind: 'unknown-voice', message: `There is no voice '${shown}'.${guess} ${LISTED}`, close };
}
