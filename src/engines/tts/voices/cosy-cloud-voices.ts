import { cloudVoiceGroup, type CloudVoiceGroup } from './cloud-voice.ts';

const BOTH = { languages: ['zh-CN', 'en'] };
const ASSISTANT = { tag: 'Voice assistant, navigation, digital human' };
const SERVICE = { tag: 'Voice assistant, navigation, news, customer service' };
const READING = { tag: 'Audiobooks, voice assistant, digital human' };

const VERSION_1 = cloudVoiceGroup(
  'CosyVoice v1',
  // The rate of its output where none is asked for.
  { model: 'CosyVoice', languages: ['zh-CN'], tag: '', sampleRates: [22_050] },
  [
    ['longwan', 'Long Wan', 'Female', 'soft and delicate female voice', ASSISTANT],
    ['longcheng', 'Long Cheng', 'Male', 'wise young male voice', ASSISTANT],
    ['longhua', 'Long Hua', 'Girl', 'lively girl', ASSISTANT],
    ['longxiaochun', 'Long Xiao Chun', 'Female', 'gentle elder sister', { ...BOTH, ...ASSISTANT }],
    ['longxiaoxia', 'Long Xiao Xia', 'Female', 'calm female voice with authority', ASSISTANT],
    ['longxiaocheng', 'Long Xiao Cheng', 'Male', 'magnetic deep male voice', { ...BOTH, ...ASSISTANT }],
    ['longxiaobai', 'Long Xiao Bai', 'Female', 'calm female announcer', READING],
    ['longlaotie', 'Long Lao Tie', 'Male', 'straightforward male voice with a Northeastern accent', SERVICE],
    ['longshu', 'Long Shu', 'Male', 'composed young male voice', { tag: 'Audiobooks, news, customer service' }],
    ['longshuo', 'Long Shuo', 'Male', 'erudite and capable male voice', SERVICE],
    ['longjing', 'Long Jing', 'Female', 'typical female announcer', SERVICE],
    ['longmiao', 'Long Miao', 'Female', 'female voice with marked cadence', SERVICE],
    ['longyue', 'Long Yue', 'Female', 'warm and magnetic female voice', { tag: 'Poetry, audiobooks, news' }],
    ['longyuan', 'Long Yuan', 'Female', 'warm and healing female voice', READING],
    ['longfei', 'Long Fei', 'Male', 'ardent and magnetic male voice', { tag: 'Conferences, news, audiobooks' }],
    ['longjielidou', 'Long Jie Li Dou', 'Boy', 'sunny and naughty boy', { ...BOTH, tag: 'News, audiobooks, chat' }],
    ['longtong', 'Long Tong', 'Female', 'lively female voice', READING],
    ['longxiang', 'Long Xiang', 'Male', 'composed male voice', { tag: 'News, audiobooks, navigation' }],
    ['loongstella', 'Stella', 'Female', 'brisk female voice', { ...BOTH, tag: 'Voice assistant, live commerce' }],
    ['loongbella', 'Bella', 'Female', 'precise and capable female voice', SERVICE],
  ],
);

const CHAT = { tag: 'Customer service, news, chat, audiobooks' };

const VERSION_2 = cloudVoiceGroup(
  'CosyVoice v2',
  { model: 'CosyVoice', ...BOTH, ...CHAT, sampleRates: [8000, 16_000, 24_000] },
  [
    ['longcheng_v2', 'Long Cheng', 'Male', 'sunny male voice'],
    ['longhua_v2', 'Long Hua', 'Girl', 'lively girl'],
    ['longshu_v2', 'Long Shu', 'Male', 'news male voice', { tag: 'News, audiobooks' }],
    ['loongbella_v2', 'Bella 2.0', 'Female', 'news female voice'],
    ['longwan_v2', 'Long Wan', 'Female', 'Mandarin female voice'],
    ['longxiaochun_v2', 'Long Xiao Chun', 'Female', 'gentle elder sister'],
    ['longxiaoxia_v2', 'Long Xiao Xia', 'Female', 'gentle female voice'],
  ],
);

export const COSY_CLOUD_VOICES: readonly CloudVoiceGroup[] = [VERSION_1, VERSION_2];
