const INITIALS = 'b p m f d t n l g k h j q x zh ch sh r z c s'.split(' ');

/** Which finals follow an initial in Standard Chinese; `v` is ü, as keyboards write it. */
const FINALS: Readonly<Record<string, string>> = {
  '': 'a ai an ang ao e ei en eng er o ou yi ya yao ye you yan yin yang ying yong yo wu wa wo wai wei wan wen wang weng yu yue yuan yun',
  b: 'a o ai ei ao an en ang eng i ie iao ian in ing u',
  p: 'a o ai ei ao ou an en ang eng i ie iao ian in ing u',
  m: 'a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u',
  f: 'a o ei ou an en ang eng u',
  d: 'a e ai ei ao ou an en ang eng ong i ia ie iao iu ian ing u uo ui uan un',
  t: 'a e ai ei ao ou an ang eng ong i ie iao ian ing u uo ui uan un',
  n: 'a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan v ve',
  l: 'a o e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un v ve',
  g: 'a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang',
  k: 'a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang',
  h: 'a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang',
  j: 'i ia ie iao iu ian in iang ing iong u ue uan un',
  q: 'i ia ie iao iu ian in iang ing iong u ue uan un',
  x: 'i ia ie iao iu ian in iang ing iong u ue uan un',
  zh: 'a e i ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang',
  ch: 'a e i ai ao ou an en ang eng ong u ua uo uai ui uan un uang',
  sh: 'a e i ai ei ao ou an en ang eng u ua uo uai ui uan un uang',
  r: 'e i ao ou an en ang eng ong u ua uo ui uan un',
  z: 'a e i ai ei ao ou an en ang eng ong u uo ui uan un',
  c: 'a e i ai ao ou an en ang eng ong u uo ui uan un',
  s: 'a e i ai ao ou an en ang eng ong u uo ui uan un',
};

const SYLLABLES = new Set(
  ['', ...INITIALS].flatMap((initial) => (FINALS[initial] ?? '').split(' ').map((final) => initial + final)),
);

/**
 * A syllable with its tone as the engines take it (`lv4`), or undefined where Standard Chinese has no such syllable.
 * @param written `zhong1`, in either case; ü as `ü`, `v` or `u:`; tones 1 to 5, 5 is the neutral one
 */
export function readPinyin(written: string): string | undefined {
  const [, letters, tone] = /^([a-zü:]+)([1-5])$/.exec(written.toLowerCase().normalize('NFC')) ?? [];
  if (letters === undefined || tone === undefined) return undefined;
  const plain = letters.replace('u:', 'v').replace('ü', 'v');
  return SYLLABLES.has(plain) ? plain + tone : undefined;
}
