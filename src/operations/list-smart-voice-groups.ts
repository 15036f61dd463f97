import type { ListedVoice } from '../engines/tts/voices/list-voices.ts';
import { listVoices } from '../engines/tts/voices/list-voices.ts';
import { refuseValue } from '../gateway/api-error.ts';
import { answer, type AnswerObject } from '../gateway/operation.ts';
import type { AccountId } from '../jobs/account.ts';
import { operation, type OperationServices } from './services.ts';

const LARGE_MODEL = 'CosyVoice';

/** The voices that can be named in a speech job: the cloud's ids for which something here speaks, and our own. */
export const listSmartVoiceGroups = operation({
  product: 'ice',
  action: 'ListSmartVoiceGroups',
  summary: 'Lists the voices that speak here, in groups.',
  ramAction: 'ice:ListSmartVoiceGroups',
  parameters: {
    VoiceType: {
      kind: 'text',
      description: `\`${LARGE_MODEL}\` (in any case of letters): the cloud's ids of large models; else those of small models.`,
    },
    Language: {
      kind: 'text',
      maxBytes: 64,
      additive: true,
      description: 'Only voices for this language, such as en or zh-CN.',
    },
  },
  answers: [
    {
      name: 'VoiceGroups',
      type: 'array',
      description: "The cloud's groups, then one for each engine of this server.",
    },
    { name: 'VoiceGroups[].Type', type: 'string', description: 'The name of the group.' },
    { name: 'VoiceGroups[].VoiceList', type: 'array', description: 'Its voices.' },
    { name: 'VoiceGroups[].VoiceList[].Voice', type: 'string', description: 'What EditingConfig.voice takes.' },
    { name: 'VoiceGroups[].VoiceList[].Name', type: 'string', description: 'The name for people.' },
    {
      name: 'VoiceGroups[].VoiceList[].VoiceType',
      type: 'string',
      description: 'Male, Female, Boy or Girl; empty where it is not known.',
    },
    { name: 'VoiceGroups[].VoiceList[].Desc', type: 'string', description: 'How it sounds in the cloud.' },
    { name: 'VoiceGroups[].VoiceList[].Tag', type: 'string', description: 'What it is meant for.' },
    {
      name: 'VoiceGroups[].VoiceList[].Remark',
      type: 'string',
      description: 'The texts it is for, and which voice of this server really speaks.',
    },
    {
      name: 'VoiceGroups[].VoiceList[].VoiceUrl',
      type: 'string',
      description: 'A recording of the voice that really speaks, signed; empty while there is none.',
    },
    {
      name: 'VoiceGroups[].VoiceList[].SupportSampleRate',
      type: 'string',
      description: 'Hz: the highest that is worth asking for. Every documented rate can be asked for.',
    },
    {
      name: 'VoiceGroups[].VoiceList[].VoiceSource',
      type: 'string',
      description: 'The id of the voice of this server that really speaks; EditingConfig.voice takes it too.',
    },
  ],
  // The pages name the elements of each array like the array.
  xmlItems: { VoiceGroups: 'VoiceGroups', VoiceList: 'VoiceList' },

  async handle({ caller: { account }, values: { VoiceType, Language } }, { voices, voiceSamples }) {
    const isLarge = VoiceType.toLowerCase() === LARGE_MODEL.toLowerCase();
    if (VoiceType !== '' && !isLarge) return refuseValue('VoiceType', VoiceType, `${LARGE_MODEL}, or leave it out`);
    const groups = listVoices((await voices?.()) ?? [], {
      model: isLarge ? 'CosyVoice' : 'small',
      language: Language === '' ? undefined : Language,
    });
    const spokenBy = new Set(groups.flatMap((group) => group.voices.map((voice) => voice.spokenBy)));
    const urls = await sampleUrls(account, [...spokenBy], voiceSamples);
    return answer({
      VoiceGroups: groups.map(({ type, voices: list }) => ({
        Type: type,
        VoiceList: list.map((voice) => shownVoice(voice, urls)),
      })),
    });
  },
});

/** Each voice is asked for once, however many stand before it. */
async function sampleUrls(
  account: AccountId,
  voiceIds: readonly string[],
  samples: OperationServices['voiceSamples'],
): Promise<ReadonlyMap<string, string>> {
  if (samples === undefined) return new Map();
  const pairs = voiceIds.map(async (id) => [id, await samples.urlOf(account, id)] as const);
  return new Map(await Promise.all(pairs));
}

function shownVoice(voice: ListedVoice, urls: ReadonlyMap<string, string>): AnswerObject {
  return {
    Name: voice.name,
    VoiceType: voice.type ?? '',
    Voice: voice.id,
    Desc: voice.description,
    Tag: voice.tag,
    Remark: voice.remark,
    VoiceUrl: urls.get(voice.spokenBy) ?? '',
    SupportSampleRate: String(voice.sampleRate),
    VoiceSource: voice.spokenBy,
  };
}
