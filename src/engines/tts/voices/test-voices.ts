import { readEspeakVoices } from '../espeak/espeak-voices.ts';
import type { AvailableVoice } from './available-voice.ts';

/** Lines that `espeak-ng --voices` 1.51 prints: the languages of the cloud's voices, and two others. */
const ESPEAK_TABLE = `Pty Language       Age/Gender VoiceName          File                 Other Languages
 5  cmn             --/M      Chinese_(Mandarin,_latin_as_English) sit/cmn              (zh-cmn 5)(zh 5)
 5  cmn-latn-pinyin --/M      Chinese_(Mandarin,_latin_as_Pinyin) sit/cmn-Latn-pinyin  (zh-cmn 5)(zh 5)
 2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)
 5  en-gb-scotland  --/M      English_(Scotland) gmw/en-GB-scotland   (en 4)
 2  en-us           --/M      English_(America)  gmw/en-US            (en 3)
 5  es              --/M      Spanish_(Spain)    roa/es               
 5  fr-fr           --/M      French_(France)    roa/fr               (fr 5)
 5  id              --/M      Indonesian         poz/id               
 5  it              --/M      Italian            roa/it               
 5  ja              --/M      Japanese           jpx/ja               
 5  ko              --/M      Korean             ko                   
 5  ms              --/M      Malay              poz/ms               
 5  ru              --/M      Russian            zle/ru               
 5  uk              --/M      Ukrainian          zle/uk               
 5  vi              --/M      Vietnamese_(Northern) aav/vi               
 5  yue             --/M      Chinese_(Cantonese) sit/yue              (zh-yue 5)(zh 8)
`;

export const ESPEAK_VOICES: readonly AvailableVoice[] = readEspeakVoices(ESPEAK_TABLE).map(({ voice }) => voice);

function flite(
  name: string,
  { gender, languages, quality }: Pick<AvailableVoice, 'gender' | 'languages' | 'quality'>,
): AvailableVoice {
  return {
    id: `flite:${name}`,
    engine: 'flite',
    name: name.toUpperCase(),
    languages,
    gender,
    quality,
    sampleRate: 16_000,
  };
}

export const FLITE_VOICES: readonly AvailableVoice[] = [
  flite('slt', { gender: 'Female', languages: ['en-US'], quality: 3 }),
  flite('rms', { gender: 'Male', languages: ['en-US'], quality: 3 }),
  flite('awb', { gender: 'Male', languages: ['en-GB'], quality: 3 }),
  flite('kal16', { gender: 'Male', languages: ['en-US'], quality: 2 }),
];

/** What set-up brings to a machine that has nothing else: flite and espeak-ng. */
export const DEFAULT_MACHINE: readonly AvailableVoice[] = [...FLITE_VOICES, ...ESPEAK_VOICES];

/** Speakers as of a Kokoro model: named by language and gender, as `zf_xiaobei`. */
export function kokoro(...speakers: readonly string[]): AvailableVoice[] {
  return speakers.map((speaker) => ({
    id: `kokoro:${speaker}`,
    engine: 'sherpa-onnx',
    name: `Kokoro ${speaker}`,
    languages: KOKORO_LANGUAGES[speaker[0] as keyof typeof KOKORO_LANGUAGES],
    gender: speaker[1] === 'f' ? 'Female' : 'Male',
    sampleRate: 24_000,
    quality: 5,
  }));
}

const KOKORO_LANGUAGES = { a: ['en-US', 'zh'], b: ['en-GB', 'zh'], z: ['zh', 'en'] } as const;
