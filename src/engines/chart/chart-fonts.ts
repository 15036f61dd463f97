import { GlobalFonts } from '@napi-rs/canvas';
import { assetPath } from '../asset-path.ts';

type Face = {
  /** In assets/fonts/, before -regular.woff2 and -bold.woff2. */
  readonly file: string;
  readonly family: string;
  readonly weights: readonly ('regular' | 'bold')[];
  /** A text that it is needed for; reading the two Chinese faces takes a third of a second. */
  readonly needed: RegExp;
};

const BOTH = ['regular', 'bold'] as const;
/** Chinese and Japanese; and arrows, signs of mathematics, numbers in circles and shapes, which only these faces have. */
const HAN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef\u2190-\u22ff\u2460-\u26ff]/u;

/** In the order in which they are asked for a character. */
const FACES: readonly Face[] = [
  { file: 'noto-sans', family: 'Chart Sans', weights: BOTH, needed: /^/ },
  { file: 'noto-sans-sc', family: 'Chart Sans SC', weights: BOTH, needed: HAN },
  { file: 'noto-sans-kr', family: 'Chart Sans KR', weights: BOTH, needed: /\p{Script=Hangul}/u },
  { file: 'noto-sans-cjk-rest', family: 'Chart Sans CJK', weights: BOTH, needed: HAN },
  { file: 'noto-sans-arabic', family: 'Chart Sans Arabic', weights: BOTH, needed: /\p{Script=Arabic}/u },
  { file: 'noto-sans-hebrew', family: 'Chart Sans Hebrew', weights: BOTH, needed: /\p{Script=Hebrew}/u },
  { file: 'noto-sans-thai', family: 'Chart Sans Thai', weights: BOTH, needed: /\p{Script=Thai}/u },
  {
    file: 'noto-sans-devanagari',
    family: 'Chart Sans Devanagari',
    weights: BOTH,
    needed: /\p{Script=Devanagari}/u,
  },
  { file: 'noto-emoji', family: 'Chart Emoji', weights: ['regular'], needed: /\p{Extended_Pictographic}/u },
];

/** Fonts of the system that have what ours lack, asked last; colour emoji are asked first where they are there. */
const SYSTEM_LAST = ['Noto Sans CJK SC', 'Source Han Sans SC', 'WenQuanYi Zen Hei', 'Noto Sans', 'DejaVu Sans'];
const SYSTEM_EMOJI = ['Noto Color Emoji', 'Apple Color Emoji', 'Segoe UI Emoji'];
const SYSTEM_SERIF = ['Noto Serif CJK SC', 'Source Han Serif SC', 'SimSun', 'Songti SC', 'AR PL UMing CN'];
const SYSTEM_KAI = ['KaiTi', 'Kaiti SC', 'AR PL UKai CN', 'LXGW WenKai'];

/** Names of the cloud's font list that are not sans-serif; every other unknown name is drawn in ours. */
const SERIF_NAME = /song|ming|serif(?<!sans[ -]?serif)|^sim ?sun|fangsong|times|georgia/i;
const KAI_NAME = /kai/i;

let stack: string[] = [];

/** Makes the faces known that these texts need. Once for each process, before anything is measured. */
export function registerFonts(texts: readonly string[]): void {
  const all = texts.join(' ');
  const ours = FACES.filter(({ needed }) => needed.test(all));
  for (const { file, family, weights } of ours) {
    if (GlobalFonts.has(family)) continue;
    for (const weight of weights) GlobalFonts.registerFromPath(assetPath(`fonts/${file}-${weight}.woff2`), family);
  }
  const families = ours.map(({ family }) => family);
  const colour = families.includes('Chart Emoji') ? SYSTEM_EMOJI.filter((name) => GlobalFonts.has(name)) : [];
  const plain = families.filter((family) => family !== 'Chart Emoji');
  const emoji = families.filter((family) => family === 'Chart Emoji');
  stack = [...plain, ...colour, ...emoji, ...SYSTEM_LAST.filter((name) => GlobalFonts.has(name))];
}

/**
 * The families to draw a text in, as CSS writes them.
 * @param fontFile the name that the caller gave; it comes first where the system has it, and a serif or brush name is
 *   replaced by a face of that kind where there is one
 */
export function fontFamilies(fontFile?: string): string {
  return [...asked(fontFile), ...stack].map((family) => `"${family}"`).join(', ');
}

function asked(fontFile: string | undefined): string[] {
  const name = fontFile?.trim() ?? '';
  if (name === '' || /["\\]/.test(name)) return [];
  if (GlobalFonts.has(name)) return [name];
  if (KAI_NAME.test(name)) return SYSTEM_KAI.filter((family) => GlobalFonts.has(family)).slice(0, 1);
  return SERIF_NAME.test(name) ? SYSTEM_SERIF.filter((family) => GlobalFonts.has(family)).slice(0, 1) : [];
}
