import { languageOfScript } from './writing-system.ts';

/** The commonest short words of each language, as they tell it from its neighbours. */
const WORDS: Readonly<Record<string, string>> = {
  en: 'a an i the and of to is are was were in that it you he she we they this with for on not have has be will your my what',
  fr: 'le la les de des en à tous et très suis mais ou on ne se ses tout bien est un une du dans que qui pour pas sur avec ce cette vous nous je il elle au aux sont être plus',
  es: 'me días hay el la los las de que y en un una es por con para no se del lo como más pero su al está son muy yo mi',
  pt: 'o a os as de que e em um uma é por com para não se do da no na mais mas seu ao está são muito eu você dos',
  it: 'il lo la gli le di che e un una è per con non si del della nel sono come più ma questo al da ho anche',
  de: 'der die das und ist ein eine zu den von mit nicht sich auf für im dem auch es wir ich sie wird sind an war aber',
  nl: 'de het een en van is dat niet op te zijn met voor er aan ik je maar ook bij wordt naar heeft deze wij',
  sv: 'och att det som en är på av för med inte den till jag har de ett om han men var vi sig så kan från',
  da: 'og at det som en er på af for med ikke den til jeg har de et om han men var vi sig så kan fra hvad gerne nu meget noget hvor løber koldt',
  nb: 'og at det som en er på av for med ikke den til jeg har de et om han men var vi seg så kan fra hva gjerne nå mye noe hvor',
  fi: 'ja on ei se että en hän mutta oli kun niin ovat tämä joka myös minä sinä ole vain kuin mitä me',
  pl: 'i w nie na się z do to jest że jak ale o po za od tak był czy dla przez są tylko już co ja',
  cs: 'a je v se na že to s z do o jsem jak ale za po by tak jsou který nebo jeho pro byl už co',
  ro: 'și în de la cu nu este o pe un că din mai sunt ce să pentru care au fost dar sau prin',
  hu: 'jó két a az és hogy nem is egy van ez de meg csak volt mint már el még vagy lehet én ki',
  tr: 've bir bu için ile de da çok ne var olarak gibi daha en kadar ama ben sen o değil mi olan',
  vi: 'và là của có không được cho trong một người này với các đã những tôi anh để ở khi',
  id: 'dan yang di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena ada adalah kami mereka',
};

/** Letters that few languages have. */
const LETTERS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/ß/g, ['de']],
  [/yy|ää|öö/g, ['fi']],
  [/[äöü]/g, ['de', 'sv', 'fi', 'hu', 'tr']],
  [/[ñ¿¡]/g, ['es']],
  [/[ãõ]/g, ['pt', 'vi']],
  [/[œêîûëè]/g, ['fr']],
  [/ç/g, ['fr', 'pt', 'tr']],
  [/[àèìòù]/g, ['it', 'fr', 'pt', 'vi']],
  [/[áéíóú]/g, ['es', 'pt', 'hu', 'cs', 'vi']],
  [/[øæ]/g, ['da', 'nb']],
  [/å/g, ['sv', 'da', 'nb']],
  [/[łżąęśćń]/g, ['pl']],
  [/[řůěčšž]/g, ['cs']],
  [/[őű]/g, ['hu']],
  [/[șțăţş]/g, ['ro', 'tr']],
  [/[ğı]/g, ['tr']],
  [/[ơưđạảấầẩậắằặẹẻẽếềểệỉịọỏốồổộớờởợụủứừửựỳỵỷỹ]/g, ['vi']],
];

/** Letters of other scripts that tell a language from the one its script stands for, first hit wins. */
const NEIGHBOURS: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  Cyrillic: [
    [/[їєґ]/i, 'uk'],
    [/ў/i, 'be'],
    [/[ѓќѕ]/i, 'mk'],
    [/[ђћџљњј]/i, 'sr'],
    [/[әғқңөұүһ]/i, 'kk'],
    [/[ыэё]/i, 'ru'],
    [/і/i, 'uk'],
    [/ъ(?![яюеё])/i, 'bg'],
  ],
  Arabic: [
    [/[ٹڈڑںےہھ]/, 'ur'],
    [/[پچژگ]/, 'fa'],
  ],
  Devanagari: [[/ळ/, 'mr']],
  Bengali: [[/[ৰৱ]/, 'as']],
};

const STOP_WORDS = new Map(Object.entries(WORDS).map(([language, words]) => [language, new Set(words.split(' '))]));
const LEAST_SCORE = 2;

/**
 * The language of text in Latin letters by its small words and its letters, or undefined where they do not tell.
 * Sentences of six words and more are told right; for one or two words it mostly says nothing.
 */
export function detectLatinLanguage(text: string): string | undefined {
  const lower = text.toLowerCase();
  const words = lower.match(/[\p{L}\p{M}]+/gu) ?? [];
  if (words.length < 2) return undefined;
  const scores = [...STOP_WORDS].map(([language, known]) => {
    const small = words.filter((word) => known.has(word)).length;
    const letters = LETTERS.filter(([, users]) => users.includes(language));
    const seen = letters.reduce((sum, [pattern]) => sum + Math.min(3, lower.match(pattern)?.length ?? 0), 0);
    return { language, score: small + seen };
  });
  const [best, second] = scores.toSorted((a, b) => b.score - a.score);
  if (best === undefined || best.score < LEAST_SCORE || best.score === second?.score) return undefined;
  return best.language;
}

/** The language of text in another script: its letters decide between neighbours. */
export function detectScriptLanguage(script: string, text: string): string | undefined {
  const found = NEIGHBOURS[script]?.find(([pattern]) => pattern.test(text));
  return found?.[1] ?? languageOfScript(script);
}
