import { describe, expect, test } from 'vitest';
import { planSpeech, readSpeech, type PlanOptions } from './plan-speech.ts';
import type { SpeechFault, SpeechPlan } from './speech-plan.ts';

function planOf(text: string, options: PlanOptions = {}): SpeechPlan | SpeechFault {
  const read = readSpeech(text);
  if (read.kind === 'refused') return read;
  const planned = planSpeech(read.document, options);
  return planned.kind === 'planned' ? planned.plan : planned;
}

function plan(text: string, options: PlanOptions = {}): SpeechPlan {
  const outcome = planOf(text, options);
  if ('kind' in outcome) throw new Error(outcome.message);
  return outcome;
}

/** Each chunk as `sentence language text pause`, with `!` behind a pause that is exact. */
function lines(text: string, options: PlanOptions = {}): string[] {
  return plan(text, options).chunks.map(({ sentence, language, spoken, after }) => {
    const said = spoken
      .map((piece) => (piece.kind === 'text' ? piece.text : `[${piece.syllables.join(' ')}]`))
      .join('');
    return `${sentence} ${language} ${said} ${after.seconds}${after.exact ? '!' : ''}`;
  });
}

describe('sentences and pauses', () => {
  test('a sentence, a paragraph, the end', () => {
    expect(lines('One. Two!\n\nThree')).toEqual(['0 en One. 0.35', '1 en Two! 0.6', '2 en Three 0!']);
  });

  test('a break takes the place of a pause, breaks add up, and those at the ends stay', () => {
    const ssml =
      '<speak><break time="2s"/>One<break time="50ms"/>two.<break/><break time="500ms"/>Three.<break/></speak>';
    expect(plan(ssml).lead).toBe(2);
    expect(lines(ssml)).toEqual(['0 en One 0.05!', '0 en two. 1.5!', '1 en Three. 1!']);
  });

  test('<s> is a sentence with or without a full stop', () => {
    expect(lines('<speak><s>One</s><s>Two</s>three</speak>')).toEqual([
      '0 en One 0.35',
      '1 en Two 0.35',
      '2 en three 0!',
    ]);
  });

  test('a sentence goes on through tags', () => {
    expect(
      lines('<speak>Call <say-as interpret-as="digits">12</say-as> <sub alias="right now">asap</sub>.</speak>'),
    ).toEqual(['0 en Call one two right now. 0!']);
  });

  test('the result shows what was written, the engine gets what is read', () => {
    const [chunk] = plan(
      '<speak>Pay <say-as interpret-as="currency">$5</say-as> to <sub alias="World">W</sub></speak>',
    ).chunks;
    expect(chunk?.content).toBe('Pay $5 to W');
    expect(chunk?.spoken).toEqual([{ kind: 'text', text: 'Pay five dollars to World' }]);
  });

  test('long sentences are cut, short ones are not', () => {
    const long = plan(`${'很长的句子，'.repeat(40)}完。`).chunks;
    expect(long.length).toBeGreaterThan(2);
    expect(new Set(long.map(({ sentence }) => sentence))).toEqual(new Set([0]));
    expect(plan('short, and with commas, still one').chunks).toHaveLength(1);
  });
});

describe('languages', () => {
  test('English among Chinese has its own voice, numbers do not', () => {
    expect(lines('我买了2个iPhone，很贵。')).toEqual([
      '0 zh 我买了两个 0.12',
      '0 en iPhone， 0.12',
      '0 zh 很贵。 0!',
    ]);
  });

  test('pinyin and word edges reach the engine', () => {
    const ssml = '<speak>在<phoneme alphabet="py" ph="chong2 qing4">重庆</phoneme>的<w>长江</w><w>大桥</w></speak>';
    expect(lines(ssml)).toEqual(['0 zh 在[chong2 qing4]的 长江 大桥 0!']);
    expect(plan(ssml).chunks[0]?.content).toBe('在重庆的长江大桥');
  });

  test('a number is read in the language that stands before it, alone in that of the voice', () => {
    const ssml = '<speak><say-as interpret-as="cardinal">12</say-as></speak>';
    expect(lines(ssml)).toEqual(['0 en twelve 0!']);
    expect(lines(ssml, { language: 'zh' })).toEqual(['0 zh 十二 0!']);
    expect(lines('<speak>共<say-as interpret-as="cardinal">12</say-as></speak>')).toEqual(['0 zh 共 十二 0!']);
  });
});

describe('what cannot be spoken is refused by name', () => {
  const refusals: readonly (readonly [text: string, code: string, message: string])[] = [
    ['', 'NothingToSay', 'no letters or digits'],
    ['😀😀 … !', 'NothingToSay', 'no letters or digits'],
    ['<speak><break/></speak>', 'NothingToSay', 'no letters or digits'],
    ['a'.repeat(10_001), 'TextTooLong', 'The text may have 10000 characters, not 10001.'],
    [`<speak>${'<break/>汉'.repeat(10_001)}</speak>`, 'TextTooLong', 'not 10001'],
    ['<speak>a<b/></speak>', 'InvalidSsml', 'Line 1, column 9: <b> is not supported.'],
    [
      '<speak>on <say-as interpret-as="date">soon</say-as></speak>',
      'InvalidSsml',
      "Line 1, column 11: 'soon' is no date",
    ],
    [
      '<speak>\n<emotion category="sad">a</emotion></speak>',
      'UnsupportedSsml',
      'Line 2, column 1: <emotion> needs a voice',
    ],
    ['<speak>a<soundEvent src="http://h/a.wav"/></speak>', 'UnsupportedSsml', '<soundEvent> is not supported'],
    ['<speak effect="robot">a</speak>', 'UnsupportedSsml', 'The effect robot is not supported'],
    ['<speak bgm="http://h/a.wav">a</speak>', 'UnsupportedSsml', 'Background music (bgm) is not supported'],
  ];

  test.each(refusals.map(([text, code, message]) => [code, message, text]))('%s: %s', (code, message, text) => {
    expect(planOf(text)).toMatchObject({ kind: 'refused', code, message: expect.stringContaining(message) });
  });

  test('what somebody can do is not refused', () => {
    expect(planOf('<speak effect="robot">a</speak>', { abilities: ['effect'] })).toHaveProperty('chunks');
  });
});

describe('hostile text', () => {
  const strange: readonly (readonly [string, string])[] = [
    ['options', '-v en --flags -f /etc/passwd; $(reboot) `id` %s %n'],
    ['emoji by the thousand', `${'😀👨‍👩‍👧🏽🇨🇳'.repeat(1000)}ok`],
    ['right to left, and marks that turn it', 'abc \u202Eשלום\u202C مرحبا \u2066x\u2069 def'],
    ['controls', `a\u0000b\u0007c\u001B[31md\u007Fe\uFEFFf\u0085g`],
    ['halves of pairs', 'a\uD800b\uDFFFc'],
    ['marks without end', `e${'\u0301'.repeat(5000)} z${'\u0335'.repeat(4000)}`],
    ['a word without end', 'a'.repeat(10_000)],
    ['a number without end', '9'.repeat(10_000)],
    ['dots', `${'.'.repeat(9000)}a`],
    ['brackets', `${'[['.repeat(3000)}a${']]'.repeat(1000)}`],
    ['line ends', 'a\n'.repeat(5000)],
    ['commas', '1,'.repeat(5000)],
    ['dashes and digits', '1-'.repeat(5000)],
    ['one sentence of many languages', '我a한ب'.repeat(2500)],
    ['spaces', `${' '.repeat(9990)}a`],
    ['money', '$'.repeat(9000) + '1'],
  ];

  test.each(strange)('%s: in time, in chunks that engines take, nothing invisible in them', (_what, text) => {
    const start = performance.now();
    const { chunks } = plan(text);
    expect(performance.now() - start).toBeLessThan(3000);
    for (const { spoken } of chunks) {
      const said = spoken.map((piece) => piece.text).join('');
      expect(Array.from(said).length).toBeLessThan(1500);
      expect(said).not.toMatch(/[\p{Cc}\p{Cs}\p{Co}\u202A-\u202E\u2066-\u2069]|\p{M}{5}/u);
      expect(said.split(/\s/).every((word) => Array.from(word).length <= 240)).toBe(true);
    }
  });

  test('the same text gives the same plan', () => {
    for (const [, text] of strange) expect(plan(text)).toEqual(plan(text));
  });
});
