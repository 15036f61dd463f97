import { XMLParser } from 'fast-xml-parser';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBench, type Bench } from '../../src/cli/test-bench.ts';
import { DEFAULT_MACHINE } from '../../src/engines/tts/voices/test-voices.ts';
import {
  OFFICIAL_MODES,
  officialClient,
  type Credentials,
  type OfficialClient,
} from '../support/official-clients.ts';
import { rawCall } from '../support/raw-call.ts';

let bench: Bench;
let credentials: Credentials;

beforeAll(async () => {
  bench = await startBench({
    voices: async () => DEFAULT_MACHINE,
    voiceSamples: {
      urlOf: async (account, voice) => `http://samples/${account}/${voice}.mp3?Signature=a%2Bb&Expires=1`,
    },
  });
  const key = JSON.parse(await readFile(join(bench.folder, 'credentials.json'), 'utf8')) as Credentials;
  credentials = { ...key, host: bench.endpoint.replace('http://', '') };
});
afterAll(() => bench.stop());

type Groups = { readonly VoiceGroups: readonly { readonly Type: string; readonly VoiceList: readonly object[] }[] };

describe.each(OFFICIAL_MODES)('%s', (mode) => {
  const call: OfficialClient['call'] = (...request) => officialClient(credentials, mode).call(...request);

  test('reads groups and voices, the URLs of their samples unchanged', async () => {
    const { VoiceGroups: groups } = (await call('ListSmartVoiceGroups', {}, 'GET')) as unknown as Groups;
    expect(groups[0]?.Type).toBe('Ultra HD');
    expect(groups[0]?.VoiceList[0]).toEqual({
      Name: 'Zhi Tian',
      VoiceType: 'Female',
      Voice: 'zhitian',
      Desc: 'sweet female voice',
      Tag: 'General',
      Remark: 'Chinese and mixed Chinese-English. Spoken here by Chinese (Mandarin) (espeak-ng:cmn+f2).',
      VoiceUrl: `http://samples/${bench.account}/espeak-ng:cmn+f2.mp3?Signature=a%2Bb&Expires=1`,
      SupportSampleRate: '48000',
      VoiceSource: 'espeak-ng:cmn+f2',
    });
    const large = (await call('ListSmartVoiceGroups', { VoiceType: 'CosyVoice' }, 'GET')) as unknown as Groups;
    expect(large.VoiceGroups[0]?.Type).toBe('CosyVoice v1');
  });

  test('sees a wrong type as an error', async () => {
    await expect(call('ListSmartVoiceGroups', { VoiceType: 'Tiny' }, 'GET')).rejects.toMatchObject({
      code: 'InvalidParameter',
    });
  });
});

test('XML says the same as JSON', async () => {
  const { text } = await rawCall(credentials, 'ListSmartVoiceGroups', { Format: 'XML' });
  const parsed = new XMLParser({ parseTagValue: false }).parse(text) as { ListSmartVoiceGroupsResponse: Groups };
  const { VoiceGroups } = JSON.parse((await rawCall(credentials, 'ListSmartVoiceGroups')).text) as Groups;
  expect(parsed.ListSmartVoiceGroupsResponse.VoiceGroups).toEqual(VoiceGroups);
});
