import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_MACHINE } from '../engines/tts/voices/test-voices.ts';
import { openTestGateway, type TestGateway } from './test-gateway.ts';

let gateway: TestGateway;
const askedFor: string[] = [];
beforeAll(() => {
  gateway = openTestGateway({
    voices: async () => DEFAULT_MACHINE,
    voiceSamples: {
      urlOf: async (account, voiceId) => {
        askedFor.push(voiceId);
        return voiceId.startsWith('flite:') ? `https://samples/${account}/${voiceId}.mp3` : '';
      },
    },
  });
});
afterAll(() => gateway.close());

type Voice = Readonly<Record<string, string>>;
type Groups = readonly { readonly Type: string; readonly VoiceList: readonly Voice[] }[];

async function list(parameters: Record<string, string> = {}, from = gateway): Promise<Groups> {
  const { status, text, body } = await from.call('ListSmartVoiceGroups', parameters);
  expect(status, text).toBe(200);
  return body.VoiceGroups as Groups;
}

const voicesOf = (groups: Groups): Voice[] => groups.flatMap(({ VoiceList }) => VoiceList);

describe('ListSmartVoiceGroups', () => {
  test('answers every documented field as a string', async () => {
    const [first] = await list();
    expect(first).toMatchObject({ Type: 'Ultra HD' });
    expect(first!.VoiceList[0]).toEqual({
      Name: 'Zhi Tian',
      VoiceType: 'Female',
      Voice: 'zhitian',
      Desc: 'sweet female voice',
      Tag: 'General',
      Remark: 'Chinese and mixed Chinese-English. Spoken here by Chinese (Mandarin) (espeak-ng:cmn+f2).',
      VoiceUrl: '',
      SupportSampleRate: '48000',
      VoiceSource: 'espeak-ng:cmn+f2',
    });
    for (const voice of voicesOf(await list())) {
      expect(Object.keys(voice)).toHaveLength(9);
      expect(Object.values(voice).map((value) => typeof value)).toEqual(Array.from({ length: 9 }, () => 'string'));
      expect(['Male', 'Female', 'Boy', 'Girl', '']).toContain(voice.VoiceType);
    }
  });

  test('gives the URL of the voice that speaks, and asks for it once', async () => {
    askedFor.length = 0;
    const voices = voicesOf(await list({ Language: 'en' }));
    const url = `https://samples/${gateway.account}/flite:slt.mp3`;
    expect(voices.find(({ Voice: id }) => id === 'abby')).toMatchObject({ VoiceUrl: url });
    expect(voices.find(({ Voice: id }) => id === 'flite:slt')).toMatchObject({ VoiceUrl: url });
    expect(askedFor.toSorted()).toEqual([...new Set(askedFor)].toSorted());
    expect(askedFor).toContain('flite:slt');
  });

  test.each(['CosyVoice', 'Cosyvoice', 'cosyvoice'])('lists large models for %s', async (VoiceType) => {
    const types = (await list({ VoiceType })).map(({ Type }) => Type);
    expect(types.slice(0, 2)).toEqual(['CosyVoice v1', 'CosyVoice v2']);
    expect(types).not.toContain('Ultra HD');
  });

  test('lists the voices of one language', async () => {
    const ids = voicesOf(await list({ Language: 'ru' })).map(({ Voice: id }) => id);
    expect(ids).toEqual(['masha', 'espeak-ng:ru', 'espeak-ng:ru+f2']);
  });

  test('refuses another type', async () => {
    const { status, body } = await gateway.call('ListSmartVoiceGroups', { VoiceType: 'Small' });
    expect([status, body]).toMatchObject([
      400,
      {
        Code: 'InvalidParameter',
        Message: "'VoiceType' is invalid, input: Small, value range: CosyVoice, or leave it out",
      },
    ]);
  });

  test('lists nothing where nothing speaks', async () => {
    const silent = openTestGateway();
    expect(await list({}, silent)).toEqual([]);
    await silent.close();
  });

  test('answers in XML, each group and voice an element named like its array', async () => {
    const { text } = await gateway.call('ListSmartVoiceGroups', { Format: 'XML', Language: 'ja' });
    expect(text).toContain('<VoiceGroups><Type>Other languages</Type><VoiceList><Name>Tomoka</Name>');
    expect(text.match(/<VoiceGroups>/g)).toHaveLength(2);
    expect(text.match(/<VoiceList>/g)).toHaveLength(4);
  });
});
