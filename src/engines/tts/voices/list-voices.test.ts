import { describe, expect, test } from 'vitest';
import { chooseVoice } from './choose-voice.ts';
import { listVoices, type ListOptions } from './list-voices.ts';
import { DEFAULT_MACHINE, FLITE_VOICES, kokoro } from './test-voices.ts';

const ids = (options: ListOptions, available = DEFAULT_MACHINE): string[] =>
  listVoices(available, options).flatMap(({ voices }) => voices.map(({ id }) => id));

describe('the list of voices', () => {
  test('has the small models or the large ones, then the voices of each engine', () => {
    const types = (model: ListOptions['model']): string[] =>
      listVoices(DEFAULT_MACHINE, { model }).map(({ type }) => type);
    expect(types('CosyVoice')).toEqual([
      'CosyVoice v1',
      'CosyVoice v2',
      'This server: flite',
      'This server: espeak-ng',
    ]);
    expect(types('small')[0]).toBe('Ultra HD');
    expect(types('small').slice(-3)).toEqual(['Dialects', 'This server: flite', 'This server: espeak-ng']);
  });

  test('leaves out what nothing here speaks, and groups without voices', () => {
    expect(ids({ model: 'small' })).not.toContain('tala');
    expect(ids({ model: 'CosyVoice' }, FLITE_VOICES)).toEqual(FLITE_VOICES.map(({ id }) => id));
    expect(listVoices([], { model: 'small' })).toEqual([]);
  });

  test('names nothing that cannot be asked for, and says who speaks', () => {
    for (const model of ['small', 'CosyVoice'] as const) {
      for (const { voices } of listVoices(DEFAULT_MACHINE, { model })) {
        for (const { id, spokenBy, remark } of voices) {
          expect(chooseVoice(id, DEFAULT_MACHINE)).toMatchObject({ kind: 'voice', voice: { id: spokenBy } });
          expect([id, remark.includes(spokenBy) || id === spokenBy]).toEqual([id, true]);
        }
      }
    }
  });

  test('of a language begins with the voice that speaks where none is named', () => {
    const available = [...DEFAULT_MACHINE, ...kokoro('zf_a', 'zf_b', 'af_a', 'bm_a')];
    for (const language of ['zh', 'en', 'it', 'es', 'ru', 'ko', 'vi', 'ja', 'id', 'ms', 'yue']) {
      const first = listVoices(available, { model: 'small', language })[0]!.voices[0]!;
      expect(chooseVoice('', available, { language })).toMatchObject({ voice: { id: first.spokenBy } });
    }
  });

  test('says what the documented example says of a voice, and the highest rate of several', () => {
    const [group] = listVoices(DEFAULT_MACHINE, { model: 'small' });
    expect(group!.voices[0]).toMatchObject({
      id: 'zhitian',
      name: 'Zhi Tian',
      type: 'Female',
      description: 'sweet female voice',
      tag: 'General',
      remark: 'Chinese and mixed Chinese-English. Spoken here by Chinese (Mandarin) (espeak-ng:cmn+f2).',
      sampleRate: 48_000,
    });
    const [cosy] = listVoices(DEFAULT_MACHINE, { model: 'CosyVoice' });
    expect(cosy!.voices.find(({ id }) => id === 'longxiaochun')?.sampleRate).toBe(22_050);
    const siqi = listVoices(DEFAULT_MACHINE, { model: 'small' }).flatMap(({ voices }) => voices);
    expect(siqi.find(({ id }) => id === 'siqi')?.sampleRate).toBe(24_000);
    // Not documented: that of the voice that speaks.
    expect(siqi.find(({ id }) => id === 'zhiqing')?.sampleRate).toBe(22_050);
  });

  test('of one language has only what is for it', () => {
    expect(ids({ model: 'small', language: 'ja' })).toEqual([
      'tomoka',
      'tomoya',
      'espeak-ng:ja',
      'espeak-ng:ja+f2',
    ]);
    expect(ids({ model: 'small', language: 'zh-HK' })).toContain('kelly');
    expect(ids({ model: 'small', language: 'xx' })).toEqual([]);
  });
});
