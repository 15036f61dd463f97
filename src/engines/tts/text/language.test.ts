import { describe, expect, test } from 'vitest';
import { detectLatinLanguage } from './detect-language.ts';
import { languageContext, languageRuns } from './language-runs.ts';

/** The runs of a sentence as `language:text`. */
function runs(sentence: string, voice?: string): string[] {
  return languageRuns(sentence, languageContext(sentence, voice)).map(
    ({ language, text }) => `${language}:${text}`,
  );
}

describe('the language of Latin letters', () => {
  // The first article of the Universal Declaration of Human Rights, which no word list here was made from.
  test.each([
    ['en', 'All human beings are born free and equal in dignity and rights.'],
    ['fr', 'Tous les êtres humains naissent libres et égaux en dignité et en droits.'],
    ['es', 'Todos los seres humanos nacen libres e iguales en dignidad y derechos.'],
    ['pt', 'Todos os seres humanos nascem livres e iguais em dignidade e em direitos.'],
    ['it', 'Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti.'],
    ['de', 'Alle Menschen sind frei und gleich an Würde und Rechten geboren.'],
    ['nl', 'Alle mensen worden vrij en gelijk in waardigheid en rechten geboren. Zij zijn begiftigd met verstand.'],
    ['sv', 'Alla människor är födda fria och lika i värde och rättigheter. De har utrustats med förnuft.'],
    ['da', 'Alle mennesker er født frie og lige i værdighed og rettigheder. De er udstyret med fornuft af gud.'],
    ['fi', 'Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan.'],
    ['pl', 'Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw.'],
    ['cs', 'Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv.'],
    ['ro', 'Toate ființele umane se nasc libere și egale în demnitate și în drepturi.'],
    ['hu', 'Minden emberi lény szabadon születik és egyenlő méltósága és joga van.'],
    ['tr', 'Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar.'],
    ['vi', 'Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền.'],
    ['id', 'Semua orang dilahirkan merdeka dan mempunyai martabat dan hak-hak yang sama.'],
  ])('%s', (language, sentence) => {
    expect(detectLatinLanguage(sentence)).toBe(language);
  });

  test('too little to tell is not guessed', () => {
    expect(['OK', 'Paris', 'iPhone', 'taxi bus', ''].map(detectLatinLanguage)).toEqual([
      ...[undefined, undefined, undefined, undefined, undefined],
    ]);
  });
});

describe('runs of one language', () => {
  test.each([
    ['我用iPhone 15拍照。', ['zh:我用', 'en:iPhone 15', 'zh:拍照。']],
    ['看NBA比赛', ['zh:看NBA比赛']],
    ['Hello 世界!', ['en:Hello ', 'zh:世界!']],
    ['漢字とカナ', ['ja:漢字とカナ']],
    ['鲜の每日牛奶', ['zh:鲜', 'ja:の', 'zh:每日牛奶']],
    ['한국어 OK', ['ko:한국어 ', 'en:OK']],
    ['Привіт, їжаче', ['uk:Привіт, їжаче']],
    ['سلام، چطوری؟', ['fa:سلام، چطوری؟']],
    ['"1984"', ['en:"1984"']],
    ['สวัสดี', ['th:สวัสดี']],
  ])('%s', (sentence, expected) => {
    expect(runs(sentence)).toEqual(expected);
  });

  test('what the voice speaks is read in its language, the rest in its own', () => {
    expect(runs('Hello amigo 你好', 'es')).toEqual(['es:Hello amigo ', 'zh:你好']);
    expect(runs('你好 hello', 'yue')).toEqual(['yue:你好 ', 'en:hello']);
    expect(runs('12345', 'zh')).toEqual(['zh:12345']);
    expect(runs('日本', 'ja')).toEqual(['ja:日本']);
  });

  test('nothing is lost', () => {
    const text = ' “Hi”，你好 — 안녕 12% (ok) مرحبا… ';
    const all = languageRuns(text, languageContext(text)).map((run) => run.text);
    expect(all.join('')).toBe(text);
  });
});
