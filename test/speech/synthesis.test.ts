import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeSound, loudness, pitch, probeSound, silences, voicing } from './measure-sound.ts';
import { speakText } from './speak-text.ts';

const TEXT =
  'The quick brown fox jumps over the lazy dog, and then it sleeps. Nobody knows why he did that. ' +
  'It was a cold morning in the middle of winter.';
const MANDARIN = '你好，世界。今天天气很好，我们去公园散步吧。';

let scratch = '';
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'synthesis-'));
});
afterAll(async () => await rm(scratch, { recursive: true }));

/** A text is spoken up to five times; on a busy machine each takes seconds. */
const LIMIT = { timeout: 90_000 };

describe('speech_rate', LIMIT, () => {
  test.each([
    ['flite:slt', TEXT],
    ['espeak-ng:en-us', TEXT],
    ['espeak-ng:cmn+f2', MANDARIN],
  ])('of %s the duration follows the formula within 5 percent', async (voice, text) => {
    const normal = await speakText(text, { scratch, voice });
    for (const [speechRate, speed] of [
      [-500, 0.5],
      [-125, 0.8],
      [166, 1.2],
      [500, 2],
    ] as const) {
      const { seconds } = await speakText(text, { scratch, voice, speechRate });
      expect(Math.abs(seconds / (normal.seconds / speed) - 1), `${speechRate}`).toBeLessThan(0.05);
    }
  });
});

describe('pitch_rate', LIMIT, () => {
  test.each(['flite:slt', 'flite:rms', 'espeak-ng:en-us'])(
    'of %s: the pitch moves, the duration stays',
    async (voice) => {
      const normal = await speakText(TEXT, { scratch, voice });
      const hertz = pitch(decodeSound(normal.path));
      for (const [pitchRate, factor] of [
        [-300, 0.625],
        [200, 1.25],
        [333, 1.5],
      ] as const) {
        const moved = await speakText(TEXT, { scratch, voice, pitchRate });
        expect(Math.abs(pitch(decodeSound(moved.path)) / (hertz * factor) - 1), `${pitchRate}`).toBeLessThan(0.08);
        expect(Math.abs(moved.seconds / normal.seconds - 1)).toBeLessThan(0.02);
      }
    },
  );

  test('together with speech_rate, each does its own', async () => {
    const normal = await speakText(TEXT, { scratch });
    const both = await speakText(TEXT, { scratch, speechRate: 333, pitchRate: -200 });
    expect(both.seconds / normal.seconds).toBeCloseTo(1 / 1.5, 1);
    expect(pitch(decodeSound(both.path)) / pitch(decodeSound(normal.path))).toBeCloseTo(1 / 1.4, 1);
  });
});

describe('volume', LIMIT, () => {
  test('0 is silent, 25 half, 50 unchanged, 100 nearly twice as loud without clipping', async () => {
    const levels: number[] = [];
    for (const volume of [50, 0, 25, 75, 100]) {
      const pcm = decodeSound((await speakText(TEXT, { scratch, volume })).path);
      levels.push(loudness(pcm));
      expect(pcm.samples.filter((sample) => Math.abs(sample) >= 32_767).length).toBe(0);
    }
    const [normal = 0, ...others] = levels;
    const [silent = 1, half = 0, louder = 0, loudest = 0] = others.map((level) => level / normal);
    expect(silent).toBe(0);
    expect(half).toBeCloseTo(0.5, 2);
    expect(louder).toBeGreaterThan(1.4);
    expect(loudest).toBeGreaterThan(1.75);
    expect(loudest).toBeLessThan(2.05);
  });
});

describe('formats', () => {
  test.each([8000, 16_000, 24_000, 48_000])(
    'MP3, WAV and PCM at %i Hz open in another reader',
    async (sampleRate) => {
      const mp3 = await speakText('One two three.', { scratch, sampleRate, format: 'MP3' });
      const found = probeSound(mp3.path);
      expect(found).toMatchObject({ codec: 'mp3', sampleRate, channels: 1 });
      // Encoders begin and end with a frame or two of silence, 72 ms each at 8 kHz; decoders leave it out.
      expect(Math.abs(found.seconds - mp3.seconds)).toBeLessThan(0.25);
      expect(Math.abs(decodeSound(mp3.path).samples.length / 16_000 - mp3.seconds)).toBeLessThan(0.08);
      const wav = await speakText('One two three.', { scratch, sampleRate, format: 'WAV' });
      expect(probeSound(wav.path)).toMatchObject({ codec: 'pcm_s16le', sampleRate, channels: 1 });
      expect(probeSound(wav.path).seconds).toBeCloseTo(wav.seconds, 3);
      const bytes = await readFile(wav.path);
      expect([bytes.toString('latin1', 0, 4), bytes.readUInt32LE(24), bytes.readUInt32LE(40)]).toEqual([
        ...['RIFF', sampleRate, bytes.length - 44],
      ]);
      const pcm = await speakText('One two three.', { scratch, sampleRate, format: 'PCM' });
      expect((await stat(pcm.path)).size).toBe(Math.round(pcm.seconds * sampleRate) * 2);
    },
  );
});

describe('pauses', () => {
  test.each(['flite:slt', 'flite:kal16', 'espeak-ng:en-us'])(
    'of %s: a break is as long as it says, within 50 ms',
    async (voice) => {
      const wanted = [0.3, 0.5, 1, 2.5];
      const ssml = `<speak>Banana${wanted.map((time) => `<break time="${time}s"/>`).join('banana')} banana</speak>`;
      for (const speechRate of [0, 250]) {
        const { path } = await speakText(ssml, { scratch, voice, speechRate });
        const found = silences(decodeSound(path));
        expect(found).toHaveLength(wanted.length);
        for (const [index, seconds] of found.entries()) {
          expect(Math.abs(seconds - (wanted[index] ?? 0)), `${seconds}`).toBeLessThan(0.05);
        }
      }
    },
  );

  test('the times of sentences are where they are heard', async () => {
    const ssml = '<speak><break time="1s"/>Banana bread. <break time="2s"/>你好世界。<s>Banana bread.</s></speak>';
    const { path, sentences, seconds } = await speakText(ssml, { scratch });
    expect(sentences.map(({ content }) => content)).toEqual(['Banana bread.', '你好世界。', 'Banana bread.']);
    const { samples, sampleRate } = decodeSound(path);
    for (const [index, { from, to }] of sentences.entries()) {
      const at = (second: number): number => Math.round(second * sampleRate);
      const before = samples.subarray(at((sentences[index - 1]?.to ?? 0) + 0.03), at(from - 0.03));
      expect(loudness({ samples: before, sampleRate })).toBeLessThan(0.003);
      expect(loudness({ samples: samples.subarray(at(from), at(to)), sampleRate })).toBeGreaterThan(0.02);
    }
    expect(sentences[0]?.from).toBeCloseTo(1, 1);
    expect(samples.length / sampleRate).toBeCloseTo(seconds, 2);
  });
});

describe('effects', () => {
  test.each([
    'effect="robot"',
    'effect="lolita"',
    'effect="lowpass"',
    'effect="echo"',
    'effect="eq" effectValue="-20 -20 -20 0 0 0 20 20"',
    'effect="lpfilter" effectValue="1000"',
    'effect="hpfilter" effectValue="1000"',
  ])('%s changes the sound and not its length', async (attributes) => {
    const plain = await speakText('One two three four.', { scratch, format: 'PCM' });
    const before = await readFile(plain.path);
    const { path, seconds } = await speakText(`<speak ${attributes}>One two three four.</speak>`, { scratch });
    const pcm = decodeSound(path);
    expect(loudness(pcm)).toBeGreaterThan(0.005);
    expect(Math.abs(pcm.samples.length / 16_000 - seconds)).toBeLessThan(0.3);
    expect(Buffer.from(pcm.samples.buffer).equals(before)).toBe(false);
  });

  test('a frequency above half the sample rate is refused by name', async () => {
    const ssml = '<speak effect="lpfilter" effectValue="9000">One</speak>';
    await expect(speakText(ssml, { scratch })).rejects.toThrow('effectValue of lpfilter may be 8000');
  });
});

describe('hostile text is spoken like any other', () => {
  test.each([
    ['a word without end', 'a'.repeat(1500)],
    ['a number without end', '9'.repeat(200)],
    ['options and markup of engines', '--voice=x -f /etc/passwd [[h@l]] <sub> $(id) %s \\n ok'],
    ['emoji, controls, halves of pairs', `${'😀'.repeat(3000)}a\u0000\u0007\uD800b`],
    ['right to left among left to right', 'abc שלום def مرحبا \u202Eghi'],
    ['marks without end', `e${'\u0301'.repeat(3000)} ok`],
    ['every script', 'Hi 你好 안녕 Привет नमस्ते สวัสดี γειά'],
  ])(
    '%s',
    async (_what, text) => {
      for (const voice of ['flite:slt', 'espeak-ng:en-us']) {
        const { seconds, path } = await speakText(text, { scratch, voice });
        expect(seconds).toBeGreaterThan(0.1);
        expect(loudness(decodeSound(path))).toBeGreaterThan(0.01);
      }
    },
    90_000,
  );
});

describe('Mandarin', () => {
  test('is voiced like speech, at three to six characters a second', async () => {
    const { path, seconds, sentences } = await speakText(MANDARIN, { scratch });
    const characters = MANDARIN.replaceAll(/[，。]/g, '').length;
    expect(characters / seconds).toBeGreaterThan(3);
    expect(characters / seconds).toBeLessThan(6);
    expect(voicing(decodeSound(path))).toBeGreaterThan(0.5);
    expect(sentences.map(({ content }) => content)).toEqual(['你好，世界。', '今天天气很好，我们去公园散步吧。']);
  });
});
