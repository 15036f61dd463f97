import { cloudVoiceGroup, type CloudVoiceGroup } from './cloud-voice.ts';

const TO_16K = [8000, 16_000];
const TO_24K = { sampleRates: [8000, 16_000, 24_000] };

const US = { languages: ['en-US'] };
const GB = { languages: ['en-GB'] };
const CHINESE = { languages: ['zh-CN'] };
const CANTONESE = { languages: ['yue', 'en'] };

const OTHER_LANGUAGES = cloudVoiceGroup(
  'Other languages',
  { languages: [], tag: 'Other languages', sampleRates: TO_16K },
  [
    ['perla', 'Perla', 'Female', 'Italian female voice', { languages: ['it'] }],
    ['camila', 'Camila', 'Female', 'Spanish female voice', { languages: ['es'] }],
    ['masha', 'Masha', 'Female', 'Russian female voice', { languages: ['ru'] }],
    ['kyong', 'Kyong', 'Female', 'Korean female voice', { languages: ['ko'] }],
    ['tien', 'Tien', 'Female', 'Vietnamese female voice', { languages: ['vi'] }],
    ['tomoka', 'Tomoka', 'Female', 'Japanese female voice', { languages: ['ja'] }],
    ['tomoya', 'Tomoya', 'Male', 'Japanese male voice', { languages: ['ja'] }],
    ['indah', 'Indah', 'Female', 'Indonesian female voice', { languages: ['id'] }],
    ['farah', 'Farah', 'Female', 'Malay female voice', { languages: ['ms'] }],
    ['tala', 'Tala', 'Female', 'Filipino female voice', { languages: ['fil'] }],
  ],
);

const ENGLISH = cloudVoiceGroup('English', { ...GB, tag: 'English', sampleRates: TO_16K }, [
  ['ava', 'Ava', 'Female', 'American female voice', US],
  ['luca', 'Luca', 'Male', 'British male voice'],
  ['luna', 'Luna', 'Female', 'British female voice'],
  ['emily', 'Emily', 'Female', 'British female voice'],
  ['eric', 'Eric', 'Male', 'British male voice'],
  ['annie', 'Annie', 'Female', 'American female voice', US],
  ['andy', 'Andy', 'Male', 'American male voice', US],
  ['william', 'William', 'Male', 'British male voice', TO_24K],
  ['abby', 'Abby', 'Female', 'American female voice', US],
  ['lydia', 'Lydia', 'Female', 'female voice of English and Chinese', { languages: ['en', 'zh-CN'] }],
  ['olivia', 'Olivia', 'Female', 'British female voice', TO_24K],
  ['wendy', 'Wendy', 'Female', 'British female voice', TO_24K],
  ['harry', 'Harry', 'Male', 'British male voice'],
]);

const DIALECTS = cloudVoiceGroup('Dialects', { ...CHINESE, tag: 'Dialects', sampleRates: TO_16K }, [
  ['cuijie', 'Cui Jie', 'Female', 'female voice with a Northeastern accent'],
  ['kelly', 'Kelly', 'Female', 'female voice of Hong Kong Cantonese', { languages: ['yue-HK', 'en'] }],
  ['jiajia', 'Jia Jia', 'Female', 'Cantonese female voice', CANTONESE],
  ['taozi', 'Tao Zi', 'Female', 'Cantonese female voice', CANTONESE],
  ['shanshan', 'Shan Shan', 'Female', 'Cantonese female voice', { ...CANTONESE, ...TO_24K }],
  ['dahu', 'Da Hu', 'Male', 'male voice with a Northeastern accent', { languages: ['zh-CN', 'en'] }],
  ['aikan', 'Ai Kan', 'Male', 'male voice with a Tianjin accent'],
  ['qingqing', 'Qing Qing', 'Female', 'female voice with a Taiwan accent', { languages: ['zh-TW'] }],
  ['xiaoze', 'Xiao Ze', 'Male', 'male voice with a strong Hunan accent'],
  ['chuangirl', 'Xiao Yue', 'Female', 'female voice with a Sichuan accent', { languages: ['zh-CN', 'en'] }],
]);

export const OTHER_CLOUD_VOICES: readonly CloudVoiceGroup[] = [OTHER_LANGUAGES, ENGLISH, DIALECTS];
