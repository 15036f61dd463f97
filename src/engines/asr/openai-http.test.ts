import { describe, expect, test } from 'vitest';
import { assetPath } from '../asset-path.ts';
import type { AsrRequest } from './asr-engine.ts';
import { openAiHttp } from './openai-http.ts';
import { transcriptionsUrl } from './speech-server.ts';
import { recognize, secondsSent, speechServer, type Seen } from './test-speech-server.ts';

const SAMPLE = assetPath('samples/sense-and-sensibility.wav');

describe('what is sent', () => {
  test('the speech as 16 kHz WAV, the model, the language, the form with word times, the key', async () => {
    const { baseUrl, seen } = await speechServer(() => ({ json: { text: '' } }));
    await recognize(`${baseUrl}/v1/`, { language: 'zh-Hans-CN', settings: { apiKey: 'sesame' } });
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

  test('without language, key and hotwords, none of them is sent', async () => {
    const { baseUrl, seen } = await speechServer(() => ({ json: { text: '' } }));
    await recognize(baseUrl);
    expect(seen[0]?.authorization).toBeUndefined();
    expect(['language', 'prompt'].map((name) => seen[0]?.form.has(name))).toEqual([false, false]);
  });

  test('hotwords as the prompt, heaviest last', async () => {
    const { baseUrl, seen } = await speechServer(() => ({ json: { text: '' } }));
    const hotwords = [
      { text: 'Dashwood', weight: 5 },
      { text: 'Norland', weight: 1 },
    ];
    expect(openAiHttp({ baseUrl, model: 'm' }).takesHotwords).toBe(true);
    await recognize(baseUrl, { hotwords });
    expect(seen[0]?.form.get('prompt')).toBe('Norland, Dashwood.');
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

describe('how much is sent at once', () => {
  const long: Partial<AsrRequest> = { speech: [{ from: 0, to: 3.2 }] };
  /** As if it were said again and again: where the file has ended, nothing is cut from it. */
  const hours = Array.from({ length: 60 }, (_, index) => ({ from: index * 30, to: index * 30 + 29 }));

  test('no request is over the limit of the server', async () => {
    const { baseUrl, seen } = await speechServer(() => ({ json: { text: 'word' } }));
    await recognize(baseUrl, { ...long, settings: { maxUploadBytes: 65_536 + 2 * 32_000 } });
    expect(seen.map(secondsSent)).toEqual([3.2]);
    const outcome = await recognize(baseUrl, { speech: hours, settings: { maxUploadBytes: 65_536 + 3_200_000 } });
    expect(seen.length - 1).toBe(20);
    expect(outcome).toMatchObject({ kind: 'recognized' });
  });

  test.each([
    [413, '<html>nginx</html>'],
    [400, '{"error":{"message":"Maximum content size limit (26214400) exceeded (28000000 bytes read)"}}'],
    [400, '{"error":{"message":"audio duration 1500 seconds is longer than 1400 seconds"}}'],
    [422, 'File is too large'],
  ])('one that refuses %i (%s) is sent halves, and learns nothing twice', async (status, text) => {
    const answers = await speechServer(({ form }) =>
      secondsSent({ form } as Seen) > 8 ? { status, text } : { json: { text: 'word' } },
    );
    const engine = openAiHttp({ baseUrl: answers.baseUrl, model: 'small' });
    const progress: number[] = [];
    const request: AsrRequest = {
      wavPath: SAMPLE,
      speech: [
        { from: 0, to: 12 },
        { from: 12, to: 26 },
      ],
      scratch: '/',
      signal: new AbortController().signal,
      onProgress: (fraction) => progress.push(fraction),
    };
    const outcome = await engine.recognize(request);
    const words = outcome.kind === 'recognized' ? outcome.words : [];
    const sent = answers.seen.map(secondsSent);
    expect(sent.slice(0, 2)).toEqual([26, 12]);
    expect(sent.slice(2).reduce((sum, seconds) => sum + seconds, 0)).toBeCloseTo(26, 1);
    expect(words.map(({ text: word }) => word)).toEqual(sent.slice(2).map(() => 'word'));
    expect(words.map(({ from }) => from)).toEqual(words.map(({ from }) => from).toSorted((a, b) => a - b));
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    const before = answers.seen.length;
    await engine.recognize(request);
    expect(Math.max(...answers.seen.slice(before).map(secondsSent))).toBeLessThanOrEqual(8);
  });

  test('one that refuses every size fails the job, and says what to change', async () => {
    const { baseUrl, seen } = await speechServer(() => ({ status: 413, text: '' }));
    expect(await recognize(baseUrl)).toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(/even 2\.0 seconds.*too large/) as string,
    });
    expect(seen).toHaveLength(1);
  });
});

describe('the language', () => {
  test('that was heard is told, by its code or its name; of two, the longer one', async () => {
    const answers = [
      { text: 'eins', language: 'german' },
      { text: 'two', language: 'english' },
    ];
    const { baseUrl } = await speechServer((_, count) => ({ json: answers[(count - 1) % 2] }));
    const speech = [
      { from: 0, to: 1 },
      { from: 10, to: 12 },
    ];
    expect(await recognize(baseUrl, { speech, wavPath: SAMPLE })).toMatchObject({ language: 'en' });
    expect(await recognize(baseUrl)).toMatchObject({ language: 'de' });
  });

  test('Cantonese is asked for by its own name first, then as Chinese', async () => {
    const { baseUrl, seen } = await speechServer(({ form }) =>
      form.get('language') === 'yue'
        ? { status: 400, json: { error: "Language 'yue' is not supported" } }
        : { json: { text: '你好', language: 'zh' } },
    );
    expect(await recognize(baseUrl, { language: 'zh-yue' })).toMatchObject({ kind: 'recognized', language: 'zh' });
    expect(seen.map(({ form }) => [form.get('language'), form.get('response_format')])).toEqual([
      ['yue', 'verbose_json'],
      ['zh', 'verbose_json'],
    ]);
  });
});
