import { describe, expect, test } from 'vitest';
import type { AvailableVoice } from './available-voice.ts';
import { chooseVoice, type ChooseOptions, type ChosenVoice } from './choose-voice.ts';
import { CLOUD_VOICES } from './cloud-voices.ts';
import { primaryLanguage } from './spoken-language.ts';
import { DEFAULT_MACHINE, ESPEAK_VOICES, FLITE_VOICES, kokoro } from './test-voices.ts';

function chosen(wanted: string, available: readonly AvailableVoice[], options?: ChooseOptions): ChosenVoice {
  const choice = chooseVoice(wanted, available, options);
  if (choice.kind !== 'voice') throw new Error(choice.message);
  return choice;
}

const spoken = (wanted: string, available = DEFAULT_MACHINE, options?: ChooseOptions): string =>
  chosen(wanted, available, options).voice.id;

describe('an id of the cloud', () => {
  test('is spoken in its language wherever flite and espeak-ng are; Filipino, which neither has, by Malay', () => {
    for (const { id, languages } of CLOUD_VOICES) {
      const { voice, standsIn } = chosen(id, DEFAULT_MACHINE);
      const wanted = id === 'tala' ? 'ms' : primaryLanguage(languages[0]!);
      expect([id, voice.languages.map(primaryLanguage)]).toEqual([id, expect.arrayContaining([wanted])]);
      expect([id, standsIn?.for, standsIn?.differs === 'language']).toEqual([id, id, id === 'tala']);
    }
  });

  test('is spoken by its gender where there is such a voice', () => {
    const off = CLOUD_VOICES.filter(({ id, type }) => {
      const { gender } = chosen(id, DEFAULT_MACHINE).voice;
      return type !== undefined && gender !== (type === 'Male' ? 'Male' : 'Female');
    });
    expect(off).toEqual([]);
    expect(chosen('zhitian', DEFAULT_MACHINE).standsIn).toEqual({
      for: 'zhitian',
      differs: 'nothing',
      remark: 'Spoken here by Chinese (Mandarin) (espeak-ng:cmn+f2).',
    });
  });

  test('is said to be spoken by another gender where there is no such voice', () => {
    const men = DEFAULT_MACHINE.filter(({ gender }) => gender === 'Male');
    expect(chosen('abby', men)).toMatchObject({
      voice: { id: 'flite:rms' },
      standsIn: { differs: 'gender', remark: expect.stringContaining('no female voice speaks English here') },
    });
  });

  test('prefers quality, then the accent', () => {
    expect([spoken('harry'), spoken('andy'), spoken('abby')]).toEqual(['flite:awb', 'flite:rms', 'flite:slt']);
    expect(chosen('emily', DEFAULT_MACHINE)).toMatchObject({
      voice: { id: 'flite:slt' },
      standsIn: { differs: 'accent', remark: expect.stringContaining('British English') },
    });
    expect(spoken('emily', [...DEFAULT_MACHINE, ...kokoro('af_bella', 'bf_emma')])).toBe('kokoro:bf_emma');
  });

  test('prefers a voice whose first language it is', () => {
    expect(spoken('zhitian', kokoro('af_bella', 'zf_xiaobei'))).toBe('kokoro:zf_xiaobei');
    expect(spoken('zhitian', kokoro('af_bella'))).toBe('kokoro:af_bella');
  });

  test('is spoken by a speech server, of which neither languages nor gender are known, unless another is better', () => {
    const server = ['alloy', 'nova'].map((name): AvailableVoice => ({
      id: `http:${name}`,
      engine: 'speech server',
      name,
      languages: ['mul'],
      gender: 'Unknown',
      sampleRate: 24_000,
      quality: 4,
    }));
    const available = [...DEFAULT_MACHINE, ...server];
    for (const id of ['zhitian', 'siqi', 'abby', 'harry', 'tala']) expect(spoken(id, available)).toMatch(/^http:/);
    expect(spoken('zhitian', available)).not.toBe(spoken('siqi', available));
    expect(chosen('zhitian', available).standsIn).toMatchObject({
      differs: 'nothing',
      remark: expect.stringContaining('is not known'),
    });
    expect(spoken('nova', available, { language: 'zh' })).toBe('http:nova');
    expect(spoken('zhitian', [...available, ...kokoro('zf_a')])).toBe('kokoro:zf_a');
    const [better] = kokoro('zf_a');
    expect(spoken('zhitian', [...available, { ...better!, quality: 4 }])).toBe('kokoro:zf_a');
  });

  test('counts in any case of letters and with spaces around it', () => {
    for (const { id } of CLOUD_VOICES) expect(spoken(` ${id.toUpperCase()}\n`)).toBe(spoken(id));
  });

  test('always gives the same voice, in whatever order the voices come', () => {
    const many = [...DEFAULT_MACHINE, ...kokoro('zf_xiaobei', 'zf_xiaoni', 'zm_yunjian', 'zm_yunxi', 'af_bella')];
    const turned = many.toReversed();
    for (const { id } of CLOUD_VOICES) expect(chosen(id, turned)).toEqual(chosen(id, many));
  });

  test('is spoken by the voice of a server that has one of this very name', () => {
    const [voice] = kokoro('zf_xiaobei');
    const named = { ...voice!, id: 'http:Xiaoyun', gender: 'Unknown' as const };
    expect(chosen('xiaoyun', [...DEFAULT_MACHINE, named])).toEqual({ kind: 'voice', voice: named, pitchFactor: 1 });
  });
});

describe('several ids of the cloud', () => {
  const women = ['zf_a', 'zf_b', 'zf_c', 'zf_d', 'zf_e'];

  test('of one gender are spread evenly over the voices that fit alike', () => {
    for (const count of [2, 3, 5]) {
      const available = [...DEFAULT_MACHINE, ...kokoro(...women.slice(0, count))];
      const people = CLOUD_VOICES.filter(({ languages, type, id }) => {
        return languages[0] === 'zh-CN' && (type === 'Female' || type === 'Girl') && !/_(emo|v2)$/.test(id);
      });
      const heard = new Map<string, number>();
      for (const { id } of people) heard.set(spoken(id, available), (heard.get(spoken(id, available)) ?? 0) + 1);
      const even = people.length / count;
      expect(heard.size).toBe(count);
      for (const times of heard.values()) expect(Math.abs(times - even)).toBeLessThan(even * 0.35);
    }
  });

  test('make a dialogue of two voices', () => {
    const two = kokoro('zf_a', 'zf_b', 'zm_a', 'zm_b');
    expect(spoken('zhitian', two)).not.toBe(spoken('siqi', two));
    expect(spoken('xiaogang', two)).not.toBe(spoken('sicheng', two));
    expect(spoken('longwan_v2', two)).toBe(spoken('longwan', two));
  });
});

describe('a child of the cloud', () => {
  test('is spoken by a woman, higher; by a man, higher still', () => {
    expect(chosen('aitong', DEFAULT_MACHINE)).toMatchObject({ voice: { gender: 'Female' }, pitchFactor: 1.25 });
    expect(chosen('jielidou', DEFAULT_MACHINE)).toMatchObject({ voice: { gender: 'Female' }, pitchFactor: 1.25 });
    expect(chosen('longhua', kokoro('zm_yunxi'))).toMatchObject({ voice: { gender: 'Male' }, pitchFactor: 1.6 });
    expect(chosen('zhitian', DEFAULT_MACHINE).pitchFactor).toBe(1);
  });
});

describe('the language of the text', () => {
  test('chooses among the languages of a voice', () => {
    expect(spoken('zhitian', DEFAULT_MACHINE, { language: 'zh' })).toBe('espeak-ng:cmn+f2');
    expect(spoken('zhitian', DEFAULT_MACHINE, { language: 'en' })).toBe('flite:slt');
    expect(spoken('abby', DEFAULT_MACHINE, { language: 'en-GB' })).toBe('flite:slt');
  });

  test('is not believed against a voice that reads the same letters', () => {
    expect(spoken('perla', DEFAULT_MACHINE, { language: 'en' })).toBe('espeak-ng:it+f2');
    expect(spoken('tomoka', DEFAULT_MACHINE, { language: 'zh' })).toBe('espeak-ng:ja+f2');
    expect(spoken('masha', DEFAULT_MACHINE, { language: 'uk' })).toBe('espeak-ng:ru+f2');
    expect(spoken('espeak-ng:fr-fr', DEFAULT_MACHINE, { language: 'en' })).toBe('espeak-ng:fr-fr');
  });

  test('hands over to a voice of the same gender that can read its letters', () => {
    expect(spoken('abby', DEFAULT_MACHINE, { language: 'zh' })).toBe('espeak-ng:cmn+f2');
    expect(spoken('zhitian', DEFAULT_MACHINE, { language: 'ja' })).toBe('espeak-ng:ja+f2');
    expect(spoken('zhitian', DEFAULT_MACHINE, { language: 'ko' })).toBe('espeak-ng:ko+f2');
    expect(chosen('flite:rms', DEFAULT_MACHINE, { language: 'zh' })).toMatchObject({
      voice: { id: 'espeak-ng:cmn' },
      standsIn: { for: 'flite:rms' },
    });
  });

  test('that nobody speaks is an error with a remedy', () => {
    expect(chooseVoice('zhitian', FLITE_VOICES)).toEqual({
      kind: 'no-voice',
      message: expect.stringMatching(/^No voice of this server speaks Chinese.*espeak-ng.*ListSmartVoiceGroups/),
    });
    expect(chooseVoice('', FLITE_VOICES, { language: 'fr' })).toMatchObject({ kind: 'no-voice' });
    expect(chooseVoice('', [])).toMatchObject({ message: expect.stringContaining('This server has no voice.') });
  });
});

describe('an id of this server', () => {
  test('is itself, by the whole id or its last part', () => {
    for (const voice of DEFAULT_MACHINE) {
      expect(chosen(voice.id, DEFAULT_MACHINE)).toEqual({ kind: 'voice', voice, pitchFactor: 1 });
    }
    expect(spoken('FLITE:SLT')).toBe('flite:slt');
    expect(spoken('slt')).toBe('flite:slt');
    expect(spoken('zf_xiaobei', kokoro('zf_xiaobei'))).toBe('kokoro:zf_xiaobei');
  });

  test('of two engines that have a voice of the name is the better one', () => {
    const better = { ...FLITE_VOICES[0]!, id: 'piper:slt', quality: 4 as const };
    expect(spoken('slt', [...FLITE_VOICES, better])).toBe('piper:slt');
  });
});

describe('no id', () => {
  test('is the voice behind the first that is listed for the language', () => {
    expect(spoken('')).toBe('espeak-ng:cmn+f2');
    expect(spoken('  ', DEFAULT_MACHINE, { language: 'en' })).toBe('flite:slt');
    expect(chosen('', DEFAULT_MACHINE, { language: 'ru' })).not.toHaveProperty('standsIn');
  });

  test('is the best voice of a language for which the cloud has none', () => {
    expect(spoken('', DEFAULT_MACHINE, { language: 'uk' })).toBe('espeak-ng:uk');
  });

  test('is the plain form of a language rather than another', () => {
    const french = ESPEAK_VOICES.find(({ id }) => id === 'espeak-ng:fr-fr');
    const belgian = { ...french!, id: 'espeak-ng:fr-be', languages: ['fr-BE'] };
    expect(spoken('', [belgian, french!], { language: 'fr' })).toBe('espeak-ng:fr-fr');
    expect(spoken('', [belgian, french!], { language: 'fr-BE' })).toBe('espeak-ng:fr-be');
  });

  test('and no language is what there is', () => {
    expect(spoken('', FLITE_VOICES)).toBe('flite:slt');
    expect(
      spoken(
        '',
        ESPEAK_VOICES.filter(({ id }) => id === 'espeak-ng:fr-fr'),
      ),
    ).toBe('espeak-ng:fr-fr');
  });
});

describe('an id that nobody knows', () => {
  test('is an error that names what comes close and how to see all', () => {
    const choice = chooseVoice('zhitain', DEFAULT_MACHINE);
    expect(choice).toMatchObject({ kind: 'unknown-voice', close: expect.arrayContaining(['zhitian']) });
    expect(choice).toMatchObject({
      message: expect.stringMatching(/^There is no voice 'zhitain'\. Did you mean zhitian.*`smartjobs voices`/),
    });
    const own = chooseVoice('flite:stl', DEFAULT_MACHINE);
    expect(own.kind === 'unknown-voice' && own.close[0]).toBe('flite:slt');
  });

  test('is shown cut where it is long, and is close to nothing', () => {
    const choice = chooseVoice('x'.repeat(100_000), DEFAULT_MACHINE);
    expect(choice).toMatchObject({ close: [], message: expect.stringMatching(/^There is no voice 'x{64}…'/) });
  });
});
