import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SpokenPiece } from '../plan/speech-plan.ts';
import type { TtsOutcome, TtsRequest } from '../tts-engine.ts';
import { fliteText } from './flite-text.ts';
import { flite } from './flite.ts';

let scratch = '';
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'flite-'));
});
afterAll(async () => await rm(scratch, { recursive: true }));

const said = (text: string): SpokenPiece[] => [{ kind: 'text', text }];

function speak(text: string, more: Partial<TtsRequest> = {}, program?: string): Promise<TtsOutcome> {
  const signal = new AbortController().signal;
  const wavPath = join(scratch, 'out.wav');
  const request = { spoken: said(text), voice: 'flite:slt', language: 'en', rate: 1, wavPath, scratch, signal };
  return flite(program === undefined ? {} : { program }).synthesize({ ...request, ...more });
}

function seconds(outcome: TtsOutcome): number {
  return outcome.kind === 'synthesized' ? outcome.seconds : Number.NaN;
}

describe('speaking', () => {
  test('gives 16 kHz, as long as the text takes, and twice as long at half the rate', async () => {
    const usual = await speak('Hello world, this is a test.');
    expect(usual).toMatchObject({ kind: 'synthesized', sampleRate: 16_000 });
    expect(seconds(usual)).toBeGreaterThan(1.5);
    expect(seconds(usual)).toBeLessThan(3);
    const slow = await speak('Hello world, this is a test.', { rate: 0.5 });
    expect(seconds(slow) / seconds(usual)).toBeCloseTo(2, 1);
  });

  test('each voice that is listed speaks, and differs from the others', async () => {
    const voices = await flite().voices();
    expect(voices.map(({ id }) => id)).toEqual(['flite:slt', 'flite:rms', 'flite:awb', 'flite:kal16']);
    const lengths = await Promise.all(
      voices.map(async ({ id }) => seconds(await speak('Hello world', { voice: id, wavPath: join(scratch, id) }))),
    );
    expect(new Set(lengths).size).toBe(4);
  });

  test.each(['--help', '-voice kal -o x.wav', '/etc/passwd', '$(touch gone)', 'a\u0000b', '%s%n', "'; touch gone"])(
    'the text %j is a text and nothing else',
    async (text) => {
      expect(seconds(await speak(text))).toBeGreaterThan(0.1);
      expect(await readdir(scratch)).not.toContain('gone');
      expect(await readdir(scratch)).not.toContain('x.wav');
    },
  );
});

describe('the text that it is given', () => {
  test.each([
    ['“Café—naïve…”', '"Cafe, naive..."'],
    ['Straße & Æther @ #5', 'Strasse and Aether at number 5'],
    ['你好 ok', 'ok'],
    ['ﬁne ²', 'fine 2'],
    ['a_b=c', 'a b c'],
  ])('%s becomes %s', (text, plain) => {
    expect(fliteText(said(text))).toBe(plain);
  });

  test('nothing is left of other scripts', () => {
    expect(fliteText(said('你好。'))).toBeUndefined();
  });
});

describe('what it cannot do', () => {
  test('another script and pinyin are unsupported', async () => {
    expect(await speak('你好')).toMatchObject({
      kind: 'unsupported',
      message: expect.stringContaining('English alone'),
    });
    const spoken: SpokenPiece[] = [{ kind: 'pinyin', syllables: ['ni3'], text: '你' }];
    expect(await speak('', { spoken })).toMatchObject({
      kind: 'unsupported',
      message: expect.stringContaining('pinyin'),
    });
  });

  test('an unknown voice is named: flite itself would take another one', async () => {
    expect(await speak('a', { voice: 'flite:none' })).toEqual({
      ...{ kind: 'unavailable', message: "flite has no voice 'flite:none'." },
    });
  });

  test('a missing program is named with its remedy, and has no voices', async () => {
    const message = expect.stringContaining('apt-get install flite') as string;
    expect(await speak('a', {}, '/nowhere/flite')).toMatchObject({ kind: 'unavailable', message });
    const missing = flite({ program: '/nowhere/flite' });
    expect(await missing.voices()).toEqual([]);
    expect(await missing.availability(scratch)).toMatchObject({ kind: 'missing', remedy: message });
    expect(await flite().availability(scratch)).toMatchObject({ kind: 'ready', version: '2.2' });
  });

  test('a program that writes no WAV has failed', async () => {
    expect(await speak('a', { wavPath: join(scratch, 'none.wav') }, 'true')).toMatchObject({ kind: 'failed' });
  });

  test('an abort ends it and throws the reason', async () => {
    await expect(speak('word '.repeat(2000), { signal: AbortSignal.timeout(50) })).rejects.toThrow('timeout');
  });
});
