import { cloudVoiceGroup, type CloudVoiceGroup } from './cloud-voice.ts';

// Ids and groups are those of the media service's voice catalogue; descriptions, languages and sample rates those of
// the speech service's own voice lists, which speak with the same voices.

const BOTH = ['zh-CN', 'en'];
const CHINESE = { languages: ['zh-CN'] };
const TO_16K = [8000, 16_000];
const TO_24K = [8000, 16_000, 24_000];
const TO_48K = [8000, 16_000, 24_000, 48_000];
const RATES_24K = { sampleRates: TO_24K };

/** First, as in the documented example: its first voice is the one that speaks where none is named. */
const ULTRA_HD = cloudVoiceGroup('Ultra HD', { languages: BOTH, tag: 'General', sampleRates: [48_000] }, [
  ['zhitian', 'Zhi Tian', 'Female', 'sweet female voice'],
  ['zhiqing', 'Zhi Qing', 'Female', 'female voice with a Taiwan accent', { languages: ['zh-TW'], sampleRates: [] }],
  ['zhichu', 'Zhi Chu', 'Male', 'food documentary male voice', { tag: 'News' }],
  ['zhide', 'Zhi De', 'Male', 'news male voice', { tag: 'News' }],
  ['zhifei', 'Zhi Fei', 'Male', 'rousing narrator', { tag: 'Narration', sampleRates: TO_16K }],
  ['zhijia', 'Zhi Jia', 'Female', 'standard female voice', { tag: 'News' }],
  ['zhilun', 'Zhi Lun', 'Male', 'suspense narrator', { tag: 'Narration', sampleRates: TO_16K }],
  ['zhinan', 'Zhi Nan', 'Male', 'advertising male voice'],
  ['zhiqi', 'Zhi Qi', 'Female', 'gentle female voice'],
  ['zhiqian', 'Zhi Qian', 'Female', 'information female voice', { tag: 'Narration, news' }],
  ['zhiru', 'Zhi Ru', 'Female', 'news female voice', { tag: 'News' }],
  ['zhiwei', 'Zhi Wei', 'Female', 'girlish female voice', { tag: 'Product descriptions' }],
  ['zhixiang', 'Zhi Xiang', 'Male', 'magnetic male voice', { tag: 'Narration' }],
]);

const MULTI_EMOTION = cloudVoiceGroup('Multi-emotion', { languages: BOTH, tag: 'General', sampleRates: TO_16K }, [
  ['zhimiao_emo', 'Zhi Miao (multi-emotion)', 'Female', 'female voice of many emotions'],
  ['zhimi_emo', 'Zhi Mi (multi-emotion)', 'Female', 'female voice of many emotions'],
  ['zhibei_emo', 'Zhi Bei (multi-emotion)', 'Boy', 'child voice of many emotions'],
  ['zhiyan_emo', 'Zhi Yan (multi-emotion)', 'Female', 'female voice of many emotions'],
  ['zhitian_emo', 'Zhi Tian (multi-emotion)', 'Female', 'female voice of many emotions'],
]);

const DIGITAL_HUMAN = cloudVoiceGroup(
  'Digital human',
  { languages: BOTH, tag: 'Digital human', sampleRates: TO_48K },
  [
    ['abin', 'A Bin', 'Male', 'male voice with a Cantonese accent'],
    ['zhixiaobai', 'Zhi Xiao Bai', 'Female', 'Mandarin female voice'],
    ['zhixiaoxia', 'Zhi Xiao Xia', 'Female', 'Mandarin female voice'],
  ],
);

const CUSTOMER_SERVICE = cloudVoiceGroup(
  'Customer service',
  { languages: BOTH, tag: 'Customer service', sampleRates: TO_16K },
  [
    ['zhiya', 'Zhi Ya', 'Female', 'stern female voice'],
    ['aixia', 'Ai Xia', 'Female', 'amiable female voice'],
    ['aiyue', 'Ai Yue', 'Female', 'gentle female voice'],
    ['aiya', 'Ai Ya', 'Female', 'stern female voice'],
    ['aijing', 'Ai Jing', 'Female', 'stern female voice'],
    ['aimei', 'Ai Mei', 'Female', 'sweet female voice'],
    ['siyue', 'Si Yue', 'Female', 'gentle female voice', RATES_24K],
    ['aina', 'Ai Na', 'Female', 'female voice with a Zhejiang accent', CHINESE],
    ['aishuo', 'Ai Shuo', 'Male', 'natural male voice'],
    ['aiyu', 'Ai Yu', 'Female', 'natural female voice'],
    ['xiaomei', 'Xiao Mei', 'Female', 'sweet female voice', RATES_24K],
    ['yina', 'Yi Na', 'Female', 'female voice with a Zhejiang accent', { ...CHINESE, ...RATES_24K }],
    ['sijing', 'Si Jing', 'Female', 'stern female voice', { ...CHINESE, ...RATES_24K }],
  ],
);

const GENERAL = cloudVoiceGroup('General', { languages: BOTH, tag: 'General', sampleRates: TO_16K }, [
  ['zhiyuan', 'Zhi Yuan', 'Female', 'understanding female voice'],
  ['zhiyue', 'Zhi Yue', 'Female', 'gentle female voice'],
  ['zhistella', 'Zhi Sha', 'Female', 'intellectual female voice'],
  ['zhigui', 'Zhi Gui', 'Female', 'live commerce female voice'],
  ['zhishuo', 'Zhi Shuo', 'Male', 'natural male voice'],
  ['zhida', 'Zhi Da', 'Male', 'standard male voice'],
  ['aiqi', 'Ai Qi', 'Female', 'gentle female voice'],
  ['aicheng', 'Ai Cheng', 'Male', 'standard male voice'],
  ['aijia', 'Ai Jia', 'Female', 'standard female voice'],
  ['siqi', 'Si Qi', 'Female', 'gentle female voice', RATES_24K],
  ['sijia', 'Si Jia', 'Female', 'standard female voice', RATES_24K],
  ['mashu', 'Ma Shu', 'Male', "male voice for children's plays"],
  ['yuer', "Yue'er", 'Female', "female voice for children's plays", CHINESE],
  ['ruoxi', 'Ruo Xi', 'Female', 'gentle female voice', RATES_24K],
  ['aida', 'Ai Da', 'Male', 'standard male voice'],
  ['sicheng', 'Si Cheng', 'Male', 'standard male voice', RATES_24K],
  ['ninger', "Ning'er", 'Female', 'standard female voice', { ...CHINESE, ...RATES_24K }],
  ['xiaoyun', 'Xiao Yun', 'Female', 'standard female voice'],
  ['xiaogang', 'Xiao Gang', 'Male', 'standard male voice'],
  ['ruilin', 'Rui Lin', 'Female', 'standard female voice', { ...CHINESE, ...RATES_24K }],
]);

const LIVE_COMMERCE = cloudVoiceGroup(
  'Live commerce',
  { languages: BOTH, tag: 'Live commerce', sampleRates: TO_16K },
  [
    ['zhimao', 'Zhi Mao', 'Female', 'live commerce female voice'],
    ['laomei', 'Lao Mei', 'Female', 'hawking female voice', CHINESE],
    ['laotie', 'Lao Tie', 'Male', 'hearty male voice with a Northeastern accent', CHINESE],
    ['xiaoxian', 'Xiao Xian', 'Female', 'cordial female voice'],
    ['guijie', 'Gui Jie', 'Female', 'cordial female voice'],
    ['stella', 'Stella', 'Female', 'intellectual female voice'],
    ['maoxiaomei', 'Mao Xiao Mei', 'Female', 'lively female voice'],
    ['qiaowei', 'Qiao Wei', 'Female', 'shop announcer'],
    ['ailun', 'Ai Lun', 'Male', 'suspense narrator'],
    ['aifei', 'Ai Fei', 'Male', 'rousing narrator'],
    ['yaqun', 'Ya Qun', undefined, 'shop announcer'],
    ['stanley', 'Stanley', 'Male', 'composed male voice'],
    ['kenny', 'Kenny', 'Male', 'warm male voice'],
    ['rosa', 'Rosa', 'Female', 'natural female voice'],
  ],
);

const CHILDREN = cloudVoiceGroup('Children', { ...CHINESE, tag: 'Children', sampleRates: TO_16K }, [
  ['aitong', 'Ai Tong', 'Girl', 'child voice'],
  ['aiwei', 'Ai Wei', 'Girl', 'girlish voice'],
  ['jielidou', 'Jie Li Dou', 'Boy', 'soothing child voice'],
  ['xiaobei', 'Xiao Bei', 'Girl', 'girlish voice', RATES_24K],
  ['sitong', 'Si Tong', 'Girl', 'child voice', RATES_24K],
  ['aibao', 'Ai Bao', 'Girl', 'girlish voice'],
]);

export const MANDARIN_CLOUD_VOICES: readonly CloudVoiceGroup[] = [
  ULTRA_HD,
  MULTI_EMOTION,
  DIGITAL_HUMAN,
  CUSTOMER_SERVICE,
  GENERAL,
  LIVE_COMMERCE,
  CHILDREN,
];
