import { describe, expect, test } from 'vitest';
import { closeServers, rawServer } from '../http/test-server.ts';
import { openAiHttp } from './openai-http.ts';
import { recognize, speechServer } from './test-speech-server.ts';

const FINE = { json: { text: 'fine' } };
const RECOGNIZED = { kind: 'recognized', words: [{ text: 'fine' }] };
const matching = (pattern: RegExp): string => expect.stringMatching(pattern) as string;

describe('a server that is busy or breaks off', () => {
  const pauses: number[] = [];
  const sleep = (milliseconds: number): Promise<void> => {
    pauses.push(milliseconds);
    return Promise.resolve();
  };

  test.each([408, 429, 500, 502, 503, 504, 529])('is asked again after %i, in growing pauses', async (status) => {
    pauses.length = 0;
    const { baseUrl } = await speechServer((_, count) => (count < 4 ? { status, text: 'busy' } : FINE));
    expect(await recognize(baseUrl, { settings: { sleep } })).toMatchObject(RECOGNIZED);
    expect(pauses).toHaveLength(3);
    for (const [index, pause] of pauses.entries()) {
      expect(pause).toBeGreaterThanOrEqual(500 * 2 ** index);
      expect(pause).toBeLessThanOrEqual(1000 * 2 ** index);
    }
  });

  test('is given up after five tries', async () => {
    const { baseUrl, seen } = await speechServer(() => ({ status: 503, text: 'inner words' }));
    expect(await recognize(baseUrl)).toEqual({
      kind: 'failed',
      message: matching(/answered 503, again and again\. Retry the job/),
      detail: 'inner words',
    });
    expect(seen).toHaveLength(5);
  });

  test('is left alone for as long as it asks, and given up where that is too long', async () => {
    pauses.length = 0;
    const wait = (seconds: string) => ({ status: 429, headers: { 'retry-after': seconds }, text: '' });
    const patient = await speechServer((_, count) => (count === 1 ? wait('17') : FINE));
    expect(await recognize(patient.baseUrl, { settings: { sleep } })).toMatchObject(RECOGNIZED);
    expect(pauses).toEqual([17_000]);
    const { baseUrl, seen } = await speechServer(() => wait('3600'));
    expect(await recognize(baseUrl, { settings: { sleep } })).toMatchObject({ kind: 'failed' });
    expect(seen).toHaveLength(1);
  });

  test.each([
    ['before it answers', (response: { destroy(): void }) => response.destroy()],
    [
      'in the middle of its answer',
      (response: {
        writeHead(status: number, headers: object): void;
        write(text: string, then: () => void): void;
        destroy(): void;
      }) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{"text": "fi', () => response.destroy());
      },
    ],
  ] as const)('is asked again where it breaks off %s', async (_when, breakOff) => {
    let count = 0;
    const baseUrl = await rawServer((request, response) => {
      count += 1;
      request.resume();
      if (count < 3) breakOff(response as never);
      else response.end(JSON.stringify(FINE.json));
    });
    expect(await recognize(baseUrl)).toMatchObject(RECOGNIZED);
    expect(count).toBe(3);
  });

  test('that refuses the size before it has read it is still understood', async () => {
    const baseUrl = await rawServer((request, response) => {
      response.writeHead(413, { connection: 'close' }).end('too large', () => request.socket.destroySoon());
    });
    expect(await recognize(baseUrl)).toMatchObject({ kind: 'failed', message: matching(/too large/) });
  });

  test('is not asked again where asking is of no use', async () => {
    for (const status of [400, 401, 404, 501]) {
      const { baseUrl, seen } = await speechServer(() => ({ status, text: '' }));
      await recognize(baseUrl);
      // 400 is asked once more for the text alone.
      expect([status, seen.length]).toEqual([status, status === 400 ? 2 : 1]);
    }
  });

  test('an abort ends the pause, and throws its reason', async () => {
    const control = new AbortController();
    const { baseUrl, seen } = await speechServer(() => ({ status: 503, text: '' }));
    const aborting = (): Promise<void> => {
      control.abort('gone');
      return Promise.resolve();
    };
    const outcome = recognize(baseUrl, { signal: control.signal, settings: { sleep: aborting } });
    await expect(outcome).rejects.toBe('gone');
    expect(seen).toHaveLength(1);
  });
});

describe('an answer that never ends', () => {
  test.each([
    ['that does not begin', () => undefined],
    [
      'that comes in drips',
      (write: (text: string) => void) => {
        write('{"text": "');
        const drip = setInterval(() => write('a'), 20);
        return () => clearInterval(drip);
      },
    ],
  ])('%s is given up when the time for its audio is over', async (_how, begin) => {
    let stop: (() => void) | undefined;
    const baseUrl = await rawServer((request, response) => {
      request.resume();
      stop = begin((text) => response.write(text));
    });
    const timeLimit = (seconds: number): number => seconds / 10;
    expect(await recognize(baseUrl, { settings: { timeLimit } })).toMatchObject({
      kind: 'failed',
      message: matching(/no answer in 0\.2 seconds/),
    });
    stop?.();
  });

  test('one of more than 32 MiB is not read to its end', async () => {
    let written = 0;
    const baseUrl = await rawServer((request, response) => {
      request.resume();
      const megabyte = 'a'.repeat(1024 * 1024);
      const more = (): void => {
        if (response.destroyed) return;
        written += 1;
        if (written < 200) response.write(megabyte, more);
        else response.end();
      };
      more();
    });
    expect(await recognize(baseUrl)).toMatchObject({ kind: 'failed', message: matching(/more than 32 MiB/) });
    expect(written).toBeLessThan(150);
  });
});

describe('an answer of the wrong kind', () => {
  test.each([301, 302, 303, 307, 308])(
    'a redirect (%i) is not followed: nobody else gets recording or key',
    async (status) => {
      const elsewhere = await speechServer(() => FINE);
      const location = `${elsewhere.baseUrl}/v1/audio/transcriptions?token=inner`;
      const { baseUrl, seen } = await speechServer(() => ({ status, headers: { location }, text: '' }));
      const outcome = await recognize(baseUrl, { settings: { apiKey: 'open-sesame' } });
      expect(outcome).toMatchObject({
        kind: 'unavailable',
        message: matching(/redirect .* to http:\/\/127.*SMARTJOBS_ASR_URL/),
      });
      expect(JSON.stringify(outcome)).not.toContain('inner');
      expect([seen.length, elsewhere.seen.length]).toEqual([1, 0]);
    },
  );

  test('JSON counts under any content type, anything else under none', async () => {
    for (const type of ['text/html', 'text/plain; charset=utf-8', 'application/octet-stream']) {
      const headers = { 'content-type': type };
      const { baseUrl } = await speechServer(() => ({ headers, text: '\uFEFF{"text":"fine"}' }));
      expect(await recognize(baseUrl)).toMatchObject(RECOGNIZED);
    }
    const headers = { 'content-type': 'application/json' };
    const { baseUrl } = await speechServer(() => ({ headers, text: '<html>' }));
    expect(await recognize(baseUrl)).toMatchObject({ kind: 'failed', detail: '<html>' });
  });

  test('NaN and Infinity, which are no JSON, are taken for nothing', async () => {
    const text = '{"text":"a NaN b","segments":[{"text":"a NaN b","start":0,"end":Infinity,"avg_logprob":NaN}]}';
    const { baseUrl } = await speechServer(() => ({ text }));
    expect(await recognize(baseUrl)).toMatchObject({ words: [{ text: 'a' }, { text: 'NaN' }, { text: 'b' }] });
  });

  test.each([{ hello: 'world' }, [], null, 'text', { error: { message: 'no' } }])(
    '%j holds no transcript',
    async (json) => {
      const { baseUrl } = await speechServer(() => ({ json }));
      expect(await recognize(baseUrl)).toMatchObject({ kind: 'failed', message: matching(/no transcript/) });
    },
  );

  test('a server that refuses verbose_json is asked for the text alone, at once the next time', async () => {
    const { baseUrl, seen } = await speechServer(({ form }) =>
      form.get('response_format') === 'json' ? FINE : { status: 400, json: { error: 'no' } },
    );
    const speech = [
      { from: 0.2, to: 0.9 },
      { from: 20, to: 21 },
    ];
    expect(await recognize(baseUrl, { speech })).toMatchObject({ kind: 'recognized' });
    const formats = seen.map(({ form }) => form.get('response_format'));
    expect(formats).toEqual(['verbose_json', 'json', 'json']);
  });

  test.each([
    [401, 'unavailable', 'SMARTJOBS_ASR_API_KEY'],
    [404, 'unavailable', '--inference-path'],
    [400, 'failed', 'SMARTJOBS_ASR_MODEL'],
  ])('status %i is %s and names %s', async (status, kind, hint) => {
    const { baseUrl } = await speechServer(() => ({ status, text: 'inner words' }));
    const message = expect.stringContaining(hint) as string;
    expect(await recognize(baseUrl)).toMatchObject({ kind, message });
  });
});

describe('the key', () => {
  const apiKey = 'open-sesame-123';

  test.each([200, 400, 401, 413, 500])(
    'is in no outcome, also where a server tells it back with %i',
    async (status) => {
      const { baseUrl } = await speechServer(({ authorization }) => ({
        status,
        text: `you sent ${authorization ?? ''}`,
      }));
      const outcome = await recognize(baseUrl, { settings: { apiKey } });
      expect(['failed', 'unavailable']).toContain(outcome.kind);
      expect(JSON.stringify(outcome)).not.toContain('sesame');
    },
  );

  test('is in no outcome where the connection breaks', async () => {
    const baseUrl = await rawServer((request) => void request.destroy());
    expect(JSON.stringify(await recognize(baseUrl, { settings: { apiKey } }))).not.toContain('sesame');
  });
});

test('nobody there is named with the setting to correct', async () => {
  const { baseUrl } = await speechServer(() => ({}));
  closeServers();
  const message = matching(/could not be reached \(ECONNREFUSED\).*SMARTJOBS_ASR_URL/);
  expect(await recognize(baseUrl)).toEqual({ kind: 'unavailable', message });
  expect(await openAiHttp({ baseUrl, model: 'small' }).availability('/')).toMatchObject({ kind: 'missing' });
});

test('a server that is not there is tried for as long as a restart takes', async () => {
  const pauses: number[] = [];
  const sleep = (milliseconds: number): Promise<void> => {
    pauses.push(milliseconds);
    return Promise.resolve();
  };
  const { baseUrl } = await speechServer(() => FINE);
  closeServers();
  await recognize(baseUrl, { settings: { sleep } });
  expect(pauses).toHaveLength(4);
  expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(7000);
});

test('an abort ends the request and throws its reason', async () => {
  const control = new AbortController();
  const { baseUrl } = await speechServer(() => {
    control.abort('gone');
    return { json: { text: 'late' } };
  });
  await expect(recognize(baseUrl, { signal: control.signal })).rejects.toBe('gone');
});
