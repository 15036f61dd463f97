import { describe, expect, test } from 'vitest';
import type { SayAsKind } from '../ssml/ssml-tree.ts';
import { readSayAs } from './say-as.ts';

function read(as: SayAsKind, text: string, language: string): string {
  const reading = readSayAs(as, text, language);
  return reading.kind === 'spoken' ? reading.text : `! ${reading.message}`;
}

describe('in English', () => {
  test.each<[SayAsKind, string, string]>([
    ['cardinal', '1,234', 'one thousand two hundred thirty four'],
    ['cardinal', '-5.2', 'minus five point two'],
    ['digits', '1024', 'one zero two four'],
    ['telephone', '+1 555-0123', 'plus one, five five five, zero one two three'],
    ['name', 'Grace Hopper', 'Grace Hopper'],
    ['address', '1310 Villa St., Apt 304', 'thirteen ten Villa Street, Apartment three oh four'],
    ['address', '21 Elm Rd 94043', 'twenty one Elm Road nine four zero four three'],
    ['id', 'aB_9', 'A, B, underscore, nine'],
    ['characters', 'x-1', 'X, dash, one'],
    ['punctuation', 'Why?', 'Why question mark '],
    ['date', '2024-05-01', 'May first, twenty twenty four'],
    ['date', '05/01/2024', 'May first, twenty twenty four'],
    ['date', '31/12/1999', 'December thirty first, nineteen ninety nine'],
    ['date', '2024-05', 'May twenty twenty four'],
    ['date', '1987', 'nineteen eighty seven'],
    ['time', '9:05', 'nine oh five'],
    ['time', '10:00', "ten o'clock"],
    ['time', '21:30:05', 'twenty one thirty and five seconds'],
    ['time', '9:05 p.m.', 'nine oh five P M'],
    ['currency', '$5.20', 'five dollars and twenty cents'],
    ['currency', '1 USD', 'one dollar'],
    ['currency', '£0.01', 'one penny'],
    ['currency', '-€1,200', 'minus one thousand two hundred euros'],
    ['currency', 'HK$3', 'three Hong Kong dollars'],
  ])('%s %s is "%s"', (as, text, spoken) => {
    expect(read(as, text, 'en')).toBe(spoken);
  });
});

describe('in Mandarin', () => {
  test.each<[SayAsKind, string, string]>([
    ['cardinal', '10,000', '一万'],
    ['digits', '123045', '一二三零四五'],
    ['telephone', '114', '幺幺四'],
    ['telephone', '+86-13800138000', '加八六，幺三八，零零幺三，八零零零'],
    ['name', '单雄信', '善雄信'],
    ['name', '曾国藩', '增国藩'],
    ['name', '王小明', '王小明'],
    ['address', '深南大道10000号3单元304', '深南大道幺零零零零号三单元三零四'],
    ['id', 'b888_u', 'B 八 八 八 下划线 U'],
    ['characters', 'ZhA-1', 'Z H A 杠 一'],
    ['punctuation', '你好，', '你好逗号'],
    ['date', '2000-10-10', '二零零零年十月十日'],
    ['date', '2024年5月', '二零二四年五月'],
    ['date', '5月1日', '五月一日'],
    ['time', '12:00', '十二点整'],
    ['time', '2:05', '两点零五分'],
    ['time', '12:30:00', '十二点三十分零秒'],
    ['time', '9:05am', '上午九点零五分'],
    ['currency', '¥13.50', '十三元五角'],
    ['currency', '0.05元', '五分'],
    ['currency', '5.05元', '五元零五分'],
    ['currency', '$5.20', '五点二美元'],
  ])('%s %s is "%s"', (as, text, spoken) => {
    expect(read(as, text, 'zh')).toBe(spoken);
  });
});

describe('what cannot be read is said', () => {
  test.each<[SayAsKind, string, string, string]>([
    ['date', '2024-13-01', 'en', "! '2024-13-01' is no date: write such as 2024-05-01"],
    ['time', '25:00', 'zh', "! '25:00' is no time"],
    ['currency', '12', 'en', "! '12' is no currency"],
    ['cardinal', 'abc', 'zh', "! 'abc' is no cardinal"],
    ['cardinal', '12345678901234', 'en', "! '12345678901234' is no cardinal: write digits with an optional sign"],
    ['telephone', 'none', 'en', "! 'none' is no telephone"],
    ['date', '2024-05-01', 'fr', "! say-as date is read in English and Mandarin, not in 'fr'."],
  ])('%s %s in %s', (as, text, language, start) => {
    expect(read(as, text, language).slice(0, start.length)).toBe(start);
  });

  test('in other languages digits and letters stand apart, for the engine to name', () => {
    expect(read('telephone', '01 23', 'fr')).toBe('0 1 2 3');
    expect(read('characters', 'SNCF', 'fr')).toBe('S N C F');
    expect(read('cardinal', '1,234', 'fr')).toBe('1234');
  });
});
