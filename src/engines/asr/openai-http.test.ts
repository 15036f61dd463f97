import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { assetPath } from '../asset-path.ts';
import type { AsrOutcome, AsrRequest } from './asr-engine.ts';
import { openAiHttp } from './openai-http.ts';
import { transcriptionsUrl } from './speech-server.ts';

type Seen = { readonly url: string; readonly authorization: string | undefined; readonly form: FormData };
type Answer = { readonly status?: number; readonly json?: unknown; readonly text?: string };

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

/** A real server that parses the multipart body and answers as the test says. */
async function speechServer(answerTo: (seen: Seen) => Answer): Promise<{ baseUrl: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    // oxlint-disable-next-line typescript/no-deprecated -- bodies of our own making, a few kilobytes
    const form = await new Response(Readable.toWeb(request) as ReadableStream, { headers }).formData();
    const one = { url: request.url ?? '', authorization: request.headers.authorization, form };
    seen.push(one);
    const { status = 200, json, text } = answerTo(one);
    response.writeHead(status).end(text ?? JSON.stringify(json));
  };
  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

function recognize(baseUrl: string, more: Partial<AsrRequest> = {}, apiKey?: string): Promise<AsrOutcome> {
  return openAiHttp({ baseUrl, model: 'small', ...(apiKey !== undefined && { apiKey }) }).recognize({
    wavPath: assetPath('speech/sense_and_sensibility_01_austen_64kb-0930.wav'),
    speech: [{ from: 0.5, to: 2.5 }],
    scratch: '/',
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...more,
  });
}

describe('what is sent', () => {
  test('the speech as 16 kHz WAV, the model, the language, the form with word times, the key', async () => {
    const { baseUrl, seen } = await speechServer(() => ({ json: { text: '' } }));
    await recognize(`${baseUrl}/v1/`, { language: 'zh-Hans-CN' }, 'sesame');
    const [{ url, authorization, form }] = seen as [Seen];
    expect([url, authorization]).toEqual(['/v1/audio/transcriptions', 'Bearer sesame']);
    expect([form.get('model'), form.get('language'), form.get('response_format')]).toEqual([
      'small',
      'zh',
      'verbose_json',
    ]);
    expect(form.getAll('timestamp_granularities[]')).toEqual(['word', 'segment']);
    const file = form.get('file') as File;
    const wav = Buffer.from(await file.arrayBuffer());
    expect([file.name, file.type, wav.length]).toEqual(['audio.wav', 'audio/wav', 44 + 64_000]);
    expect(wav.readUInt32LE(24)).toBe(16_000);
  });

  test('without language and key, neither is sent', async () => {
    const { baseUrl, seen } = await speechServer(() => ({ json: { text: '' } }));
    await recognize(baseUrl);
    expect(seen[0]?.authorization).toBeUndefined();
    expect(seen[0]?.form.has('language')).toBe(false);
  });

  test.each([
    ['http://host:9000', 'http://host:9000/v1/audio/transcriptions'],
    ['http://host:9000/', 'http://host:9000/v1/audio/transcriptions'],
    ['http://host:9000/v1', 'http://host:9000/v1/audio/transcriptions'],
    ['https://host/openai/v1//', 'https://host/openai/v1/audio/transcriptions'],
  ])('%s leads to %s', (base, url) => {
    expect(transcriptionsUrl(base)).toBe(url);
  });
});

describe('what is understood', () => {
  const heard = async (json: unknown): Promise<unknown> => {
    const { baseUrl } = await speechServer(() => ({ json }));
    const outcome = await recognize(baseUrl);
    return outcome.kind === 'recognized' ? outcome.words.map(({ text, from, to }) => [text, from, to]) : outcome;
  };

  test('words with times, moved into the recording, with the punctuation of the text', async () => {
    const words = [
      { word: 'he', start: 0, end: 0.5 },
      { word: ' might', start: 0.5, end: 1 },
    ];
    expect(await heard({ text: 'He might.', words })).toEqual([
      ['He', 0.5, 1],
      ['might.', 1, 1.5],
    ]);
  });

  test('words inside the segments', async () => {
    const words = [{ word: ' He', start: 0, end: 0.5 }];
    expect(await heard({ text: 'He', segments: [{ text: 'He', start: 0, end: 1, words }] })).toEqual([
      ['He', 0.5, 1],
    ]);
  });

  test('segments alone, even with words null, and times behind the end', async () => {
    const segments = [{ text: ' ab cd', start: 1, end: 99, id: 0 }];
    expect(await heard({ text: 'ab cd', words: null, segments })).toEqual([
      ['ab', 1.5, 2],
      ['cd', 2, 2.5],
    ]);
  });

  test('the text alone, spread over the speech', async () => {
    expect(await heard({ text: 'ab cd' })).toEqual([
      ['ab', 0.5, 1.5],
      ['cd', 1.5, 2.5],
    ]);
  });

  test('no text as no words', async () => {
    expect(await heard({ text: '' })).toEqual([]);
  });

  test('JSON of another kind as a failure', async () => {
    expect(await heard({ hello: 'world' })).toMatchObject({ kind: 'failed' });
  });
});

describe('when it goes wrong', () => {
  test('a server that refuses verbose_json is asked for the text alone', async () => {
    const { baseUrl, seen } = await speechServer(({ form }) =>
      form.get('response_format') === 'json' ? { json: { text: 'fine' } } : { status: 400, json: { error: 'no' } },
    );
    expect(await recognize(baseUrl)).toMatchObject({ kind: 'recognized', words: [{ text: 'fine' }] });
    expect(seen.map(({ form }) => form.get('response_format'))).toEqual(['verbose_json', 'json']);
  });

  test.each([
    [401, 'unavailable', 'SMARTJOBS_ASR_API_KEY'],
    [404, 'unavailable', '--inference-path'],
    [413, 'failed', '413'],
    [503, 'failed', 'Retry'],
  ])('status %i is %s and names %s', async (status, kind, hint) => {
    const { baseUrl } = await speechServer(() => ({ status, text: 'inner words' }));
    const outcome = await recognize(baseUrl, {}, 'sesame');
    expect(outcome).toMatchObject({ kind, message: expect.stringContaining(hint) as string });
    expect(JSON.stringify(outcome)).not.toContain('sesame');
  });

  test('an answer that is no JSON is a failure', async () => {
    const { baseUrl } = await speechServer(() => ({ text: '<html>' }));
    expect(await recognize(baseUrl)).toMatchObject({ kind: 'failed', detail: '<html>' });
  });

  test('nobody there is named with the setting to correct', async () => {
    const { baseUrl } = await speechServer(() => ({}));
    closers.splice(0).forEach((close) => close());
    const message = expect.stringMatching(/could not be reached \(ECONNREFUSED\).*SMARTJOBS_ASR_URL/) as string;
    expect(await recognize(baseUrl)).toEqual({ kind: 'unavailable', message });
    expect(await openAiHttp({ baseUrl, model: 'small' }).availability('/')).toMatchObject({ kind: 'missing' });
  });

  test('an abort ends the request and throws its reason', async () => {
    const control = new AbortController();
    const { baseUrl } = await speechServer(() => {
      control.abort('gone');
      return { json: { text: 'late' } };
    });
    await expect(recognize(baseUrl, { signal: control.signal })).rejects.toBe('gone');
  });
});
