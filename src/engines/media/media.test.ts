import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeSpeech, type DecodeOutcome, type DecodeRequest } from './decode-speech.ts';
import { mediaAvailability } from './media-tools.ts';
import { probeMedia } from './probe.ts';
import { SPEECH_WAV_HEADER, writeSpeechWav } from './speech-wav.ts';

let folder = '';
const signal = new AbortController().signal;
const file = (name: string): string => join(folder, name);

function ffmpeg(...args: string[]): void {
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...args], { cwd: folder });
}

/** Ten seconds of silence with one loud tenth of a second at 6.0. */
function click(): number[] {
  return Array.from({ length: 160_000 }, (_, at) =>
    at >= 96_000 && at < 97_600 ? 0.8 * Math.sin((2 * Math.PI * 1000 * at) / 16_000) : 0,
  );
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'media-'));
  await writeSpeechWav(file('click.wav'), click());
  ffmpeg('-i', 'click.wav', '-c:a', 'libmp3lame', '-q:a', '4', 'click.mp3');
  ffmpeg('-i', 'click.wav', '-c:a', 'aac', 'click.m4a');
  ffmpeg('-i', 'click.wav', '-c:a', 'aac', '-f', 'adts', 'click.aac');
  ffmpeg('-i', 'click.wav', '-c:a', 'libopus', '-ar', '48000', 'click.webm');
  ffmpeg('-f', 'lavfi', '-i', 'color=black:s=64x64:r=5:d=2', '-c:v', 'libx264', 'silent.mp4');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function decode(name: string, range: Partial<DecodeRequest> = {}): Promise<DecodeOutcome> {
  const wavPath = file('out.wav');
  const onProgress = (): void => undefined;
  rmSync(wavPath, { force: true });
  return decodeSpeech(
    {
      path: file(name),
      wavPath,
      start: 0,
      expected: 10,
      maxSeconds: 60,
      scratch: folder,
      signal,
      onProgress,
      ...range,
    },
    {},
  );
}

/** Seconds at which the decoded WAV first gets loud. */
async function loudAt(): Promise<number> {
  const samples = (await readFile(file('out.wav'))).subarray(SPEECH_WAV_HEADER);
  for (let at = 0; at + 1 < samples.length; at += 2) {
    if (Math.abs(samples.readInt16LE(at)) > 8000) return at / 32_000;
  }
  return Number.NaN;
}

describe('decoding', () => {
  test.each(['click.wav', 'click.mp3', 'click.m4a', 'click.aac', 'click.webm'])(
    'a start in the middle of %s is met to a tenth of a second',
    async (name) => {
      const outcome = await decode(name, { start: 5, maxSeconds: 3 });
      expect(outcome.kind === 'decoded' && Math.abs(outcome.seconds - 3) < 0.05).toBe(true);
      expect(Math.abs((await loudAt()) - 1)).toBeLessThan(0.1);
    },
  );

  test('an audio track that begins late keeps its place in time', async () => {
    const video = ['-f', 'lavfi', '-i', 'color=black:s=64x64:r=5:d=14'];
    ffmpeg(...video, '-itsoffset', '3', '-i', 'click.wav', '-c:v', 'libx264', '-c:a', 'aac', 'late.mp4');
    expect((await decode('late.mp4')).kind).toBe('decoded');
    expect(Math.abs((await loudAt()) - 9)).toBeLessThan(0.1);
  });

  test('a start behind the end is told from a broken file', async () => {
    expect(await decode('click.wav', { start: 11 })).toEqual({ kind: 'empty-range' });
  });

  test('a video without sound has no audio', async () => {
    expect(await decode('silent.mp4')).toEqual({ kind: 'no-audio' });
  });

  test('an abort throws its reason', async () => {
    await expect(decode('click.wav', { signal: AbortSignal.abort('gone') })).rejects.toBe('gone');
  });
});

describe('probing', () => {
  const probe = (name: string): ReturnType<typeof probeMedia> =>
    probeMedia(file(name), {}, { scratch: folder, signal });

  test('finds length and audio', async () => {
    expect(await probe('click.wav')).toEqual({ kind: 'probed', hasAudio: true, seconds: 10 });
    expect(await probe('silent.mp4')).toMatchObject({ kind: 'probed', hasAudio: false });
  });

  test.each([
    ['an HLS playlist', '#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nclick.wav\n#EXT-X-ENDLIST\n'],
    ['a list of files', 'ffconcat version 1.0\nfile click.wav\n'],
    [
      'a session description',
      'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n',
    ],
    ['text', 'Nothing to hear here.\n'],
    ['nothing', ''],
  ])('refuses %s, and names no path', async (_what, content) => {
    writeFileSync(file('strange'), content);
    const outcome = await probe('strange');
    expect(outcome.kind).toBe('unreadable');
    expect(JSON.stringify(outcome)).not.toContain(folder);
    expect((await decode('strange')).kind).toBe('unreadable');
  });

  test('an MP4 that was cut short is named as such', async () => {
    const whole = await readFile(file('click.m4a'));
    writeFileSync(file('cut.m4a'), whole.subarray(0, whole.length / 3));
    const outcome = await probe('cut.m4a');
    expect(outcome).toMatchObject({ kind: 'unreadable', reason: expect.stringContaining('cut short') as string });
  });

  test('a missing ffmpeg is named with its remedy', async () => {
    const tools = { ffmpegPath: '/nowhere/ffmpeg' };
    const outcome = await probeMedia(file('click.wav'), tools, { scratch: folder, signal });
    expect(outcome).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('FFMPEG_PATH') as string,
    });
    expect(await mediaAvailability(tools, folder)).toMatchObject({ kind: 'missing' });
    expect(await mediaAvailability({}, folder)).toMatchObject({ kind: 'ready' });
  });
});
