import type { AvailableVoice } from './available-voice.ts';
import { chooseVoice } from './choose-voice.ts';
import type { CloudVoice, VoiceType } from './cloud-voice.ts';
import { CLOUD_VOICE_GROUPS } from './cloud-voices.ts';
import { ANY_LANGUAGE, languageName, primaryLanguage } from './spoken-language.ts';

export type ListedVoice = {
  /** What EditingConfig.voice takes. */
  readonly id: string;
  readonly name: string;
  readonly type: VoiceType | undefined;
  readonly description: string;
  readonly tag: string;
  readonly remark: string;
  /** Hz, the highest that is worth asking for. */
  readonly sampleRate: number;
  /** The AvailableVoice that speaks. */
  readonly spokenBy: string;
  /** What it is for, primary tags: the first language of a voice of the cloud, all those of our own. */
  readonly languages: readonly string[];
};

export type ListedVoiceGroup = { readonly type: string; readonly voices: readonly ListedVoice[] };

export type ListOptions = {
  readonly model: CloudVoice['model'];
  /** Only voices that are for this language: BCP 47. */
  readonly language?: string | undefined;
};

/**
 * What a caller can name here: the voices of one of the cloud's two lists for which something of the same language
 * speaks, in the cloud's groups, then this server's own voices, one group for each engine.
 */
export function listVoices(
  available: readonly AvailableVoice[],
  { model, language }: ListOptions,
): ListedVoiceGroup[] {
  const all = wholeList(available)[model];
  if (language === undefined) return [...all];
  const wanted = primaryLanguage(language);
  const isFor = ({ languages }: ListedVoice): boolean =>
    languages.includes(wanted) || languages.includes(ANY_LANGUAGE);
  return all
    .map(({ type, voices }) => ({ type, voices: voices.filter(isFor) }))
    .filter(({ voices }) => voices.length > 0);
}

type WholeList = Readonly<Record<CloudVoice['model'], readonly ListedVoiceGroup[]>>;

/** Made once for each list of voices that an engine gives: with those of espeak-ng it takes 12 ms. */
const wholeLists = new WeakMap<readonly AvailableVoice[], WholeList>();

function wholeList(available: readonly AvailableVoice[]): WholeList {
  const known = wholeLists.get(available);
  if (known !== undefined) return known;
  const own = ownGroups(available);
  const whole = {
    small: [...cloudGroups(available, 'small'), ...own],
    CosyVoice: [...cloudGroups(available, 'CosyVoice'), ...own],
  };
  wholeLists.set(available, whole);
  return whole;
}

function cloudGroups(available: readonly AvailableVoice[], model: CloudVoice['model']): ListedVoiceGroup[] {
  return CLOUD_VOICE_GROUPS.map(({ type, voices }) => ({
    type,
    voices: voices.filter((voice) => voice.model === model).flatMap((voice) => listedCloud(voice, available)),
  })).filter(({ voices }) => voices.length > 0);
}

function ownGroups(available: readonly AvailableVoice[]): ListedVoiceGroup[] {
  const engines = [...new Set(available.map(({ engine }) => engine))];
  return engines.map((engine) => ({
    type: `This server: ${engine}`,
    voices: available.filter((voice) => voice.engine === engine).map(listedOwn),
  }));
}

function listedCloud(cloud: CloudVoice, available: readonly AvailableVoice[]): ListedVoice[] {
  const choice = chooseVoice(cloud.id, available);
  if (choice.kind !== 'voice' || choice.standsIn?.differs === 'language') return [];
  const { voice, standsIn } = choice;
  const spoken = standsIn?.remark ?? `Spoken here by ${voice.name} (${voice.id}).`;
  return [
    {
      ...cloud,
      remark: `${textsOf(cloud.languages)}. ${spoken}`,
      sampleRate: Math.max(0, ...cloud.sampleRates) || voice.sampleRate,
      spokenBy: voice.id,
      languages: cloud.languages.slice(0, 1).map(primaryLanguage),
    },
  ];
}

/** In the words of the documented example. */
function textsOf(languages: readonly string[]): string {
  const [first = '', ...others] = languages.map((tag) => languageName(primaryLanguage(tag)));
  return [first, ...others.map((other) => `mixed ${first}-${other}`)].join(' and ');
}

function listedOwn(voice: AvailableVoice): ListedVoice {
  return {
    id: voice.id,
    name: voice.name,
    type: voice.gender === 'Unknown' ? undefined : voice.gender,
    description: `${voice.languages.map(languageName).join(', ')}, by ${voice.engine}`,
    tag: 'This server',
    remark: `Speaks ${voice.languages.join(', ')}.`,
    sampleRate: voice.sampleRate,
    spokenBy: voice.id,
    languages: voice.languages.map(primaryLanguage),
  };
}
