import { describe, expect, test } from 'vitest';
import { parseSpeechText } from './parse-speech-text.ts';
import type { SpeechDocument } from './ssml-tree.ts';

function parsed(source: string): SpeechDocument {
  const outcome = parseSpeechText(source);
  if (outcome.kind === 'invalid') throw new Error(`${outcome.at.line}:${outcome.at.column} ${outcome.message}`);
  return outcome.document;
}

/** Line, column and message of what is wrong. */
function fault(source: string): string {
  const outcome = parseSpeechText(source);
  return outcome.kind === 'parsed' ? 'nothing' : `${outcome.at.line}:${outcome.at.column} ${outcome.message}`;
}

describe('plain text', () => {
  test.each(['', 'Hello & <goodbye>', '1 < 2', 'a speak b', '<speaker>x</speaker>'])(
    '%j is taken as it stands',
    (text) => {
      const nodes = parsed(text).nodes.map((node) => (node.kind === 'text' ? node.text : node.kind));
      expect(nodes.join('')).toBe(text);
    },
  );
});

describe('a document', () => {
  test('has every attribute of <speak>, each with its type', () => {
    const { attributes } = parsed(
      `<speak voice="siqi" encodeType="mp3" sampleRate="16000" rate="-500" pitch="+12" volume="0" effect="EQ"
        effectValue="1 -20 20 0 0 0 0.5 1" bgm="https://host/a.wav" backgroundMusicVolume="30" xml:lang="zh">x</speak>`,
    );
    expect(attributes).toEqual({
      ...{ voice: 'siqi', encodeType: 'MP3', sampleRate: 16_000, rate: -500, pitch: 12, volume: 0 },
      ...{ effect: 'eq', effectValue: [1, -20, 20, 0, 0, 0, 0.5, 1] },
      ...{ bgm: 'https://host/a.wav', backgroundMusicVolume: 30 },
    });
  });

  test('has every tag as a node', () => {
    const { nodes } = parsed(
      '<speak>a<break time="50ms"/><break time="10s"></break><break/><s>b<w>c</w></s><sub alias=" d ">e</sub>' +
        '<phoneme alphabet="py" ph="Zhong4 lü4">重率</phoneme><say-as interpret-as="digits"> 12 </say-as>' +
        '<emotion category="happy" intensity="0.5">f</emotion><soundEvent src="http://h/x.wav"/></speak>',
    );
    const at = expect.anything() as unknown;
    const text = (content: string): unknown => ({ kind: 'text', text: content, at });
    expect(nodes).toEqual([
      text('a'),
      { kind: 'break', seconds: 0.05, at },
      { kind: 'break', seconds: 10, at },
      { kind: 'break', seconds: 1, at },
      { kind: 'sentence', children: [text('b'), { kind: 'word', children: [text('c')], at }], at },
      { kind: 'sub', text: 'e', alias: 'd', at },
      { kind: 'phoneme', text: '重率', syllables: ['zhong4', 'lv4'], at },
      { kind: 'say-as', text: '12', as: 'digits', at },
      { kind: 'emotion', category: 'happy', intensity: 0.5, children: [text('f')], at },
      { kind: 'sound', src: 'http://h/x.wav', at },
    ]);
  });

  test('may have a header, comments, CDATA, references, and single quotes', () => {
    const source = `<?xml version="1.0"?>\n<speak voice='a'>&lt;&#x4F60;&#22909;<!-- <b> -->&amp;<![CDATA[<raw>]]></speak>`;
    const text = parsed(source).nodes.map((node) => (node.kind === 'text' ? node.text : ''));
    expect(text.join('')).toBe('<你好&<raw>');
  });

  test('may stand between plain text, several times', () => {
    const { nodes, attributes } = parsed('Q & A <speak rate="5">one</speak> & <speak volume="9">two</speak>.');
    expect(nodes.map((node) => (node.kind === 'text' ? node.text : ''))).toEqual([
      'Q & A ',
      'one',
      ' & ',
      'two',
      '.',
    ]);
    expect(attributes).toEqual({ rate: 5, volume: 9 });
    expect(nodes[4]?.at).toEqual({ line: 1, column: 66 });
  });
});

describe('what is wrong is named with its place', () => {
  test.each([
    ['<speak>a\n b<x/></speak>', '2:3 <x> is not supported. The tags are <speak>, <emotion>, <s>,'],
    ['<speak>你好</b></speak>', '1:10 </b> closes nothing: <speak> is open.'],
    ['<speak>a', '1:1 <speak> is not closed.'],
    ['<speak><s>a</speak>', '1:12 </speak> closes nothing: <s> is open.'],
    ['<speak', '1:7 The tag <speak is not well-formed here'],
    ['<speak voice=x>a</speak>', '1:7 The tag <speak is not well-formed here'],
    ['<speak voice="a" voice="b">a</speak>', '1:17 <speak> has the attribute voice twice.'],
    ['<speak speed="1">a</speak>', '1:15 <speak> has no attribute speed. Its attributes: voice, encodeType'],
    [
      '<speak rate="501">a</speak>',
      "1:14 The attribute rate has to be a whole number from -500 to 500, not '501'.",
    ],
    ['<speak volume="1.5">a</speak>', '1:16 The attribute volume has to be a whole number from 0 to 100'],
    [
      '<speak sampleRate="44100">a</speak>',
      '1:20 The attribute sampleRate has to be one of 8000, 16000, 24000, 48000',
    ],
    ['<speak encodeType="OGG">a</speak>', '1:20 The attribute encodeType has to be one of PCM, WAV, MP3'],
    ['<speak effect="alien">a</speak>', '1:16 The attribute effect has to be one of robot, lolita,'],
    ['<speak effect="eq" effectValue="1 2">a</speak>', '1:33 The attribute effectValue has to be eight gains'],
    ['<speak effect="lpfilter">a</speak>', '1:16 The attribute effectValue has to be one frequency above 0'],
    [
      '<speak effectValue="1">a</speak>',
      '1:21 The attribute effectValue has to be absent where there is no effect',
    ],
    ['<speak bgm="file:///etc/passwd">a</speak>', '1:13 The attribute bgm has to be an http, https or oss address'],
    [
      '<speak><break time="11s"/></speak>',
      "1:21 The time of <break> has to be 50ms to 10000ms or 0.05s to 10s, not '11s'.",
    ],
    ['<speak><break time="49ms"/></speak>', '1:21 The time of <break> has to be'],
    ['<speak><break>x</break></speak>', '1:15 <break> is empty: write <break/>.'],
    ['<speak><sub>x</sub></speak>', '1:8 <sub> needs the attribute alias.'],
    ['<speak><sub alias="a"><s>x</s></sub></speak>', '1:23 <sub> holds text alone'],
    ['<speak><s><s>x</s></s></speak>', '1:11 <s> may not stand in <s>, only <break>, <sub>'],
    ['<speak><speak>x</speak></speak>', '1:8 <speak> may not stand in <speak>'],
    [
      '<speak><phoneme alphabet="ipa" ph="a">x</phoneme></speak>',
      "1:27 The alphabet of <phoneme> has to be py, not 'ipa'.",
    ],
    [
      '<speak><phoneme alphabet="py" ph="hao3">你好</phoneme></speak>',
      '1:35 <phoneme> has 2 characters and 1 syllables',
    ],
    ['<speak><phoneme alphabet="py" ph="xyz3">你</phoneme></speak>', "1:35 'xyz3' is no pinyin syllable"],
    ['<speak><phoneme alphabet="py" ph="ni6">你</phoneme></speak>', "1:35 'ni6' is no pinyin syllable"],
    [
      '<speak><say-as interpret-as="ordinal">1</say-as></speak>',
      '1:30 interpret-as has to be one of cardinal, digits',
    ],
    [
      '<speak><say-as interpret-as="digits">123456789012345678901</say-as></speak>',
      '1:8 say-as digits takes at most 20',
    ],
    ['<speak><emotion category="happy" intensity="3">x</emotion></speak>', '1:45 The intensity of <emotion>'],
    ['<speak><soundEvent src="ftp://x/y"/></speak>', '1:25 <soundEvent> needs the attribute src'],
    ['<speak>a & b</speak>', "1:10 '&' is no character: write & as &amp;"],
    ['<speak>&nbsp;</speak>', "1:8 '&nbsp;' is no character"],
    ['<speak>&#0;</speak>', "1:8 '&#0;' is no character"],
    ['<speak>a < b</speak>', '1:10 A < that begins no tag has to be written &lt;.'],
    ['<speak><!-- x</speak>', '1:8 A comment is not closed by -->.'],
    [
      '<speak>a</speak><speak rate="1">b</speak><speak rate="2">c</speak>',
      '1:42 Every <speak> of one text has to have the same rate.',
    ],
    ['<speak>😀<x/></speak>', '1:9 <x> is not supported.'],
  ])('%s', (source, start) => {
    expect(fault(source).slice(0, start.length)).toBe(start);
  });
});

describe('hostile documents', () => {
  test('entities of their own making are refused, so none can grow', () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>';
    expect(fault(`<speak>${bomb}&b;</speak>`)).toContain('Document types, entity definitions');
    expect(fault(`<speak><?php evil ?></speak>`)).toContain('processing instructions');
    expect(fault('<speak>&a;</speak>')).toContain("'&a;' is no character");
  });

  test('names of Object.prototype are no tags and no references', () => {
    expect(fault('<speak><constructor/></speak>')).toContain('<constructor> is not supported');
    expect(fault('<speak><__proto__/></speak>')).toContain('<__proto__> is not supported');
    expect(fault('<speak>&constructor;</speak>')).toContain("'&constructor;' is no character");
  });

  test('depth and size have limits', () => {
    const deep = '<emotion category="a"><s>'.repeat(40);
    expect(fault(`<speak>${deep}`)).toContain('nested 16 deep');
    expect(fault(`<speak>${'x'.repeat(400_000)}`)).toContain('may have 400000 characters');
  });

  test.each([
    ['tags without end', '<speak>' + '<s>'.repeat(100_000)],
    ['<speak> without end', '<speak>'.repeat(50_000)],
    ['tags on one line', `<speak>${'<break/>a'.repeat(40_000)}</speak>`],
    ['attributes', `<speak ${'a '.repeat(100_000)}>`],
    ['spaces in a tag', `<speak${' '.repeat(300_000)}`],
    ['references', `<speak>${'&amp;'.repeat(70_000)}</speak>`],
    ['openings', '<'.repeat(300_000)],
    ['quotes', `<speak voice="${'"'.repeat(300_000)}`],
  ])('%s are read in linear time', (_what, source) => {
    const start = performance.now();
    parseSpeechText(source);
    expect(performance.now() - start).toBeLessThan(1500);
  });
});
