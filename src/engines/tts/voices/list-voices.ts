import type { AvailableVoice } from './available-voice.ts';
import { chooseVoice } from './choose-voice.ts';
import type { CloudVoice, CloudVoiceGroup, VoiceType } from './cloud-voice.ts';
import { CLOUD_VOICE_GROUPS } from './cloud-voices.ts';
import { speaks } from './nearest-voice.ts';
import { languageName, primaryLanguage } from './spoken-language.ts';

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
  const wanted = language === undefined ? undefined : primaryLanguage(language);
  const cloud = CLOUD_VOICE_GROUPS.map((group) => spokenHere(group, available, model, wanted));
  const own = available.filter((voice) => wanted === undefined || speaks(voice, wanted));
  const engines = [...new Set(own.map(({ engine }) => engine))];
  const ownGroups = engines.map((engine) => ({
    type: `This server: ${engine}`,
    voices: own.filter((voice) => voice.engine === engine).map(listedOwn),
  }));
  return [...cloud, ...ownGroups].filter(({ voices }) => voices.length > 0);
}

function spokenHere(
  { type, voices }: CloudVoiceGroup,
  available: readonly AvailableVoice[],
  model: CloudVoice['model'],
  wanted: string | undefined,
): ListedVoiceGroup {
  const asked = voices.filter(
    (voice) =>
      voice.model === model && (wanted === undefined || primaryLanguage(voice.languages[0] ?? '') === wanted),
  );
  return { type, voices: asked.flatMap((voice) => listedCloud(voice, available)) };
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
  };
}
