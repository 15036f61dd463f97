import { describe, expect, test } from 'vitest';
import { CLOUD_VOICE_GROUPS, CLOUD_VOICES, findCloudVoice } from './cloud-voices.ts';
import { turnOf } from './voice-turn.ts';

describe('the catalogue of the cloud', () => {
  test('has each id once, in lower case', () => {
    const ids = CLOUD_VOICES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z]+(_emo|_v2)?$/.test(id))).toEqual([]);
  });

  test('has as many voices in each group as the public pages name', () => {
    expect(CLOUD_VOICE_GROUPS.map(({ type, voices }) => `${type}: ${voices.length}`)).toEqual([
      'Ultra HD: 13',
      'Multi-emotion: 5',
      'Digital human: 3',
      'Customer service: 13',
      'General: 20',
      'Live commerce: 14',
      'Children: 6',
      'Other languages: 10',
      'English: 13',
      'Dialects: 10',
      'CosyVoice v1: 20',
      'CosyVoice v2: 7',
    ]);
  });

  test('says of every voice what it speaks, and its sample rates in ascending order', () => {
    for (const { id, languages, sampleRates, description } of CLOUD_VOICES) {
      expect([id, languages.length > 0, description !== '']).toEqual([id, true, true]);
      expect(sampleRates).toEqual(sampleRates.toSorted((a, b) => a - b));
    }
  });

  test('finds an id in upper and lower case, as the pages write them', () => {
    expect(findCloudVoice('Siqi')?.name).toBe('Si Qi');
    expect(findCloudVoice('LONGXIAOCHUN_V2')?.model).toBe('CosyVoice');
    expect(findCloudVoice('zhitian ')).toBeUndefined();
    expect(findCloudVoice('constructor')).toBeUndefined();
  });
});

test('versions of one voice have one turn, voices of one kind otherwise turns of their own', () => {
  const turn = (id: string): number => turnOf(findCloudVoice(id)!);
  expect([turn('longwan_v2'), turn('zhitian_emo')]).toEqual([turn('longwan'), turn('zhitian')]);
  const men = CLOUD_VOICES.filter(({ type, languages, id }) => {
    return type === 'Male' && languages[0] === 'zh-CN' && !id.endsWith('_v2');
  });
  expect(men.length).toBeGreaterThan(20);
  expect(men.map(turnOf)).toEqual(men.map((_voice, index) => index));
});
