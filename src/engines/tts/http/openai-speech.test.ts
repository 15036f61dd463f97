import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as bodyText } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { pcmWav } from '../audio/pcm-wav.ts';
import type { TtsOutcome, TtsRequest } from '../tts-engine.ts';
import { openAiSpeech } from './openai-speech.ts';
import { speechUrl, type SpeechApiSettings } from './speech-answer.ts';

type Seen = {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: Record<string, unknown>;
};
type Answer = (seen: Seen, response: ServerResponse) => void;

let scratch = '';
const closers: (() => void)[] = [];
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'openai-speech-'));
});
afterAll(async () => await rm(scratch, { recursive: true }));
afterEach(() => closers.splice(0).forEach((close) => close()));

/** Half a second of sound at 24 kHz. */
const SOUND = pcmWav({
  sampleRate: 24_000,
  samples: Int16Array.from({ length: 12_000 }, (_, at) => 9000 * Math.sin(at / 20)),
});

async function speechServer(answer: Answer): Promise<{ baseUrl: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = JSON.parse((await bodyText(request)) || '{}') as Record<string, unknown>;
    const one = { url: request.url ?? '', authorization: request.headers.authorization, body };
    seen.push(one);
    answer(one, response);
  };
  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const sound: Answer = (_, response) => response.writeHead(200, { 'content-type': 'audio/wav' }).end(SOUND);

function speak(
  baseUrl: string,
  more: Partial<TtsRequest> = {},
  settings: Partial<SpeechApiSettings> = {},
): Promise<TtsOutcome> {
  const all = { baseUrl, model: 'kokoro', voices: ['alloy'], retryDelays: [1, 1], ...settings };
  return openAiSpeech(all, {}).synthesize({
    ...{ spoken: [{ kind: 'text', text: 'Hi 你好' }], voice: 'http:alloy', language: 'en', rate: 1 },
    ...{ wavPath: join(scratch, 'out.wav'), scratch, signal: new AbortController().signal },
    ...more,
  });
}

describe('what is sent and understood', () => {
  test('text, voice, model and WAV; the key; the sound comes back as a mono WAV', async () => {
    const { baseUrl, seen } = await speechServer(sound);
    const outcome = await speak(`${baseUrl}/v1/`, {}, { apiKey: 'sesame-1' });
    expect(outcome).toMatchObject({ kind: 'synthesized', sampleRate: 24_000, seconds: 0.5 });
    const body = { model: 'kokoro', input: 'Hi 你好', voice: 'alloy', response_format: 'wav' };
    expect(seen).toEqual([{ url: '/v1/audio/speech', authorization: 'Bearer sesame-1', body }]);
  });

  test('a WAV with the unknown length of a stream', async () => {
    const stream = Buffer.from(SOUND);
    stream.writeUInt32LE(0xffff_ffff, 4);
    stream.writeUInt32LE(0xffff_ffff, 40);
    const { baseUrl } = await speechServer((_, response) => response.writeHead(200).end(stream));
    expect(await speak(baseUrl)).toMatchObject({ kind: 'synthesized', seconds: 0.5 });
  });

  test('a server without WAV is asked for MP3', async () => {
    const { baseUrl, seen } = await speechServer((one, response) => {
      if (one.body['response_format'] === 'mp3') response.writeHead(200).end(SOUND);
      else response.writeHead(400).end('unsupported response_format');
    });
    expect((await speak(baseUrl)).kind).toBe('synthesized');
    expect(seen.map(({ body }) => body['response_format'])).toEqual(['wav', 'mp3']);
  });

  test.each([
    ['http://host:9', 'http://host:9/v1/audio/speech'],
    ['https://host/api/v1//', 'https://host/api/v1/audio/speech'],
  ])('%s leads to %s', (base, url) => {
    expect(speechUrl(base)).toBe(url);
  });

  test('its voices are those of the settings', async () => {
    const engine = openAiSpeech({ baseUrl: 'http://h', model: 'm', voices: ['a', 'b'] }, {});
    expect((await engine.voices()).map(({ id, languages }) => [id, languages])).toEqual([
      ['http:a', ['mul']],
      ['http:b', ['mul']],
    ]);
  });
});

describe('when it goes wrong', () => {
  test('what passes by itself is tried three times', async () => {
    let calls = 0;
    const { baseUrl } = await speechServer((one, response) => {
      calls += 1;
      if (calls === 1) response.writeHead(503).end();
      else if (calls === 2) response.destroy();
      else sound(one, response);
    });
    expect((await speak(baseUrl)).kind).toBe('synthesized');
    expect(calls).toBe(3);
  });

  test.each([
    [500, 'failed', 'answered 500', 3],
    [429, 'failed', 'answered 429', 3],
    [401, 'unavailable', 'SMARTJOBS_TTS_API_KEY', 1],
    [404, 'unavailable', 'SMARTJOBS_TTS_URL', 1],
    [400, 'failed', 'SMARTJOBS_TTS_VOICES', 1],
  ])('status %i is %s, after %4$i calls', async (status, kind, hint, calls) => {
    const { baseUrl, seen } = await speechServer((_, response) =>
      response.writeHead(status).end('key sesame-1 bad'),
    );
    const outcome = await speak(baseUrl, {}, { apiKey: 'sesame-1' });
    expect(outcome).toMatchObject({ kind, message: expect.stringContaining(hint) });
    expect(JSON.stringify(outcome)).not.toContain('sesame');
    expect(seen).toHaveLength(calls);
  });

  test.each([
    ['text', { 'content-type': 'text/html' }, '<html>', 'answered text and no audio'],
    ['nothing', { 'content-type': 'audio/wav' }, '', 'sent no audio'],
    ['noise', { 'content-type': 'audio/wav' }, 'x'.repeat(5000), 'is no sound'],
    ['a playlist', { 'content-type': 'audio/mpeg' }, '#EXTM3U\nfile:///etc/passwd\n', 'is no sound'],
  ])('%s in place of sound is a failure', async (_what, headers, body, hint) => {
    const { baseUrl } = await speechServer((_, response) => response.writeHead(200, headers).end(body));
    const outcome = await speak(baseUrl, { wavPath: join(scratch, `${hint}.wav`) });
    expect(outcome).toMatchObject({ kind: 'failed', message: expect.stringContaining(hint) });
  });

  test('more sound than a sentence can have is not kept', async () => {
    const { baseUrl } = await speechServer((_, response) => {
      response.writeHead(200, { 'content-type': 'audio/wav' });
      const block = Buffer.alloc(4 * 1024 * 1024);
      const more = (): void => {
        while (!response.destroyed && response.write(block));
        response.once('drain', more);
      };
      more();
    });
    expect(await speak(baseUrl)).toMatchObject({ kind: 'failed', message: expect.stringContaining('36 MiB') });
  });

  test('nobody there is named with the setting to correct', async () => {
    const { baseUrl } = await speechServer(sound);
    closers.splice(0).forEach((close) => close());
    const message = expect.stringMatching(/could not be reached \(ECONNREFUSED\).*SMARTJOBS_TTS_URL/) as string;
    expect(await speak(baseUrl)).toEqual({ kind: 'unavailable', message });
    const engine = openAiSpeech({ baseUrl, model: 'm', voices: [] }, {});
    expect(await engine.availability('/')).toMatchObject({ kind: 'missing' });
  });

  test('an unknown voice and pinyin are refused without a call', async () => {
    const { baseUrl, seen } = await speechServer(sound);
    expect(await speak(baseUrl, { voice: 'http:nobody' })).toMatchObject({ kind: 'unavailable' });
    const spoken = [{ kind: 'pinyin', syllables: ['ni3'], text: '你' }] as const;
    expect(await speak(baseUrl, { spoken })).toMatchObject({ kind: 'unsupported' });
    expect(seen).toEqual([]);
  });

  test('an abort ends the wait for another try and throws its reason', async () => {
    const control = new AbortController();
    const { baseUrl } = await speechServer((_, response) => {
      response.writeHead(503).end();
      setImmediate(() => control.abort(new Error('gone')));
    });
    await expect(speak(baseUrl, { signal: control.signal }, { retryDelays: [20_000] })).rejects.toThrow(
      /gone|aborted/,
    );
  });
});
