import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SpokenPiece } from '../plan/speech-plan.ts';
import type { TtsOutcome, TtsRequest } from '../tts-engine.ts';
import { espeakText } from './espeak-text.ts';
import { readEspeakVoices } from './espeak-voices.ts';
import { espeakNg } from './espeak-ng.ts';

let scratch = '';
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'espeak-'));
});
afterAll(async () => await rm(scratch, { recursive: true }));

const engine = espeakNg();
const said = (text: string): SpokenPiece[] => [{ kind: 'text', text }];

function speak(text: string, more: Partial<TtsRequest> = {}, speaker = engine): Promise<TtsOutcome> {
  const signal = new AbortController().signal;
  const wavPath = join(scratch, 'out.wav');
  const request = {
    spoken: said(text),
    voice: 'espeak-ng:en-us',
    language: 'en',
    rate: 1,
    wavPath,
    scratch,
    signal,
  };
  return speaker.synthesize({ ...request, ...more });
}

function seconds(outcome: TtsOutcome): number {
  return outcome.kind === 'synthesized' ? outcome.seconds : Number.NaN;
}

/** The phonemes that the voice of an id makes of a text, without its stress and tone marks. */
function phonemes(argument: string, spoken: readonly SpokenPiece[], language: string): string {
  const text = espeakText(spoken, language);
  if (text.kind !== 'text') throw new Error(text.message);
  const out = execFileSync('espeak-ng', ['-v', argument, '-q', '-x', '--stdin'], { input: text.text });
  return out.toString().replaceAll(/[\s',_|0-9]/g, '');
}

describe('speaking', () => {
  test.each([
    ['espeak-ng:en-us', 'en', 'Hello world'],
    ['espeak-ng:cmn', 'zh', '你好，世界'],
    ['espeak-ng:cmn+f2', 'zh', '你好，世界'],
    ['espeak-ng:yue', 'yue', '你好，世界'],
    ['espeak-ng:es', 'es', 'Hola mundo'],
    ['espeak-ng:fr-fr', 'fr', 'Bonjour le monde'],
    ['espeak-ng:ru', 'ru', 'Привет, мир'],
    ['espeak-ng:ar', 'ar', 'مرحبا بالعالم'],
    ['espeak-ng:hi', 'hi', 'नमस्ते दुनिया'],
    ['espeak-ng:ko', 'ko', '안녕하세요 세계'],
    ['espeak-ng:ja', 'ja', 'こんにちは せかい'],
  ])('%s says hello in %s', async (voice, language, text) => {
    const outcome = await speak(text, { voice, language });
    expect(outcome).toMatchObject({ kind: 'synthesized', sampleRate: 22_050 });
    expect(seconds(outcome)).toBeGreaterThan(0.5);
    expect(seconds(outcome)).toBeLessThan(3);
  });

  test('the rate makes it shorter and longer', async () => {
    const [slow, usual, fast] = [
      await speak('One two three four five', { rate: 0.5 }),
      await speak('One two three four five'),
      await speak('One two three four five', { rate: 2 }),
    ].map(seconds);
    expect(slow! / usual!).toBeGreaterThan(1.6);
    expect(fast! / usual!).toBeLessThan(0.7);
  });

  test.each(['--help', '-v fr -w gone.wav', '<speak>a', '[[', "[[h@l'oU]] [[[x", '$(id)', '\\n'])(
    'the text %j is a text and nothing else',
    async (text) => {
      expect((await speak(text)).kind).toMatch(/synthesized|failed/);
    },
  );
});

describe('Mandarin', () => {
  test('characters are read as characters', () => {
    expect(phonemes('cmn-latn-pinyin', said('你好'), 'zh')).toBe('niXAu');
    expect(phonemes('cmn-latn-pinyin', said('世界'), 'zh')).toBe('s.i.tS;iE');
  });

  test('pinyin decides how a character is read', () => {
    const pinyin = (text: string, ...syllables: string[]): SpokenPiece => ({ kind: 'pinyin', text, syllables });
    const by = (...pieces: SpokenPiece[]): string => phonemes('cmn-latn-pinyin', pieces, 'zh');
    expect(by(pinyin('长', 'chang2'))).toBe(by({ kind: 'text', text: 'chang2' }));
    expect(by(pinyin('长', 'chang2'))).not.toBe(by(pinyin('长', 'zhang3')));
    const among = [...said('去'), pinyin('重庆', 'chong2', 'qing4'), ...said('吧')];
    expect(by(...among)).toBe(by(...said('去')) + by(pinyin('重庆', 'chong2', 'qing4')) + by(...said('吧')));
    expect(by(pinyin('绿', 'lv4'))).toBe('ly');
  });
});

describe('its voices', () => {
  test('are a man and a woman for each language, with the tags that callers use', async () => {
    const voices = await engine.voices();
    const mandarin = voices.filter(({ languages }) => languages.includes('zh'));
    expect(mandarin.map(({ id, gender }) => [id, gender])).toEqual([
      ['espeak-ng:cmn', 'Male'],
      ['espeak-ng:cmn+f2', 'Female'],
    ]);
    expect(voices.find(({ id }) => id === 'espeak-ng:en-us')?.languages).toEqual(['en-US']);
    expect(new Set(voices.map(({ id }) => id)).size).toBe(voices.length);
    expect(voices.length).toBeGreaterThan(200);
  });

  test('an espeak-ng without the voice for pinyin has the plain one', () => {
    const table =
      'Pty Language  Age/Gender VoiceName File Other\n 5  cmn  --/M  Chinese_(Mandarin,_x) sit/cmn (zh 5)\n';
    expect(readEspeakVoices(table).map(({ argument }) => argument)).toEqual(['cmn', 'cmn+f2']);
    expect(readEspeakVoices('nonsense')).toEqual([]);
  });
});

describe('what it cannot do', () => {
  test('kanji and foreign pinyin are unsupported by name', async () => {
    const kanji = await speak('漢字', { voice: 'espeak-ng:ja', language: 'ja' });
    expect(kanji).toMatchObject({ kind: 'unsupported', message: expect.stringContaining('kana alone') });
    const pinyin: SpokenPiece[] = [{ kind: 'pinyin', syllables: ['ni3'], text: '你' }];
    expect(await speak('', { spoken: pinyin })).toMatchObject({ kind: 'unsupported' });
  });

  test('an unknown voice and a missing program are named', async () => {
    expect(await speak('a', { voice: 'espeak-ng:xx' })).toMatchObject({
      ...{ kind: 'unavailable', message: "espeak-ng has no voice 'espeak-ng:xx'." },
    });
    const missing = espeakNg({ program: '/nowhere/espeak-ng' });
    const message = expect.stringContaining('apt-get install espeak-ng') as string;
    expect(await speak('a', {}, missing)).toMatchObject({ kind: 'unavailable', message });
    expect(await missing.voices()).toEqual([]);
    expect(await missing.availability(scratch)).toMatchObject({ kind: 'missing', remedy: message });
    expect(await engine.availability(scratch)).toMatchObject({ kind: 'ready' });
  });
});
