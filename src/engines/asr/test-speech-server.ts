import { Readable } from 'node:stream';
import { assetPath } from '../asset-path.ts';
import { rawServer } from '../http/test-server.ts';
import type { AsrOutcome, AsrRequest } from './asr-engine.ts';
import { openAiHttp } from './openai-http.ts';
import type { SpeechServerSettings } from './speech-server.ts';

export type Seen = { readonly url: string; readonly authorization: string | undefined; readonly form: FormData };
export type Answer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
};

/** A real server that parses the multipart body and answers as the test says; `seen` are the calls so far. */
export async function speechServer(
  answerTo: (seen: Seen, count: number) => Answer,
): Promise<{ readonly baseUrl: string; readonly seen: Seen[] }> {
  const seen: Seen[] = [];
  const baseUrl = await rawServer(async (request, response) => {
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    // oxlint-disable-next-line typescript/no-deprecated -- bodies of our own making
    const form = await new Response(Readable.toWeb(request) as ReadableStream, { headers }).formData();
    const one = { url: request.url ?? '', authorization: request.headers.authorization, form };
    seen.push(one);
    const { status = 200, headers: more = {}, json, text } = answerTo(one, seen.length);
    response.writeHead(status, more).end(text ?? JSON.stringify(json));
  });
  return { baseUrl, seen };
}

type Wanted = Partial<AsrRequest> & { readonly settings?: Partial<SpeechServerSettings> };

/** Two seconds of a recording through the engine, whose pauses take no time. */
export function recognize(baseUrl: string, { settings = {}, ...more }: Wanted = {}): Promise<AsrOutcome> {
  const noPause = { sleep: () => Promise.resolve() };
  return openAiHttp({ baseUrl, model: 'small', ...noPause, ...settings }).recognize({
    wavPath: assetPath('speech/sense_and_sensibility_01_austen_64kb-0930.wav'),
    speech: [{ from: 0.5, to: 2.5 }],
    scratch: '/',
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...more,
  });
}

/** Seconds of 16 kHz WAV in the form. */
export function secondsSent({ form }: Seen): number {
  return ((form.get('file') as File).size - 44) / 32_000;
}
