import { Agent, fetch, FormData, type Response } from 'undici';

export type SpeechServerSettings = {
  /** SMARTJOBS_ASR_URL: with or without `/v1` at its end. The operator's own, so any address is allowed. */
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey?: string;
};

export type SpeechServerAnswer =
  | { readonly kind: 'answered'; readonly json: unknown }
  | { readonly kind: 'unavailable'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

export type TranscriptionRequest = {
  readonly wav: Buffer<ArrayBuffer>;
  /** Seconds of audio in it. */
  readonly seconds: number;
  /** ISO 639-1; absent = the server finds out. */
  readonly language?: string;
  readonly signal: AbortSignal;
};

/** Our own time limit decides, not undici's default of 300 s: a slow server on CPU may think longer. */
const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
const ANSWER_LIMIT = 32 * 1024 * 1024;

/** `{base}/v1/audio/transcriptions`, whether or not the base ends in a slash or in /v1. */
export function transcriptionsUrl(baseUrl: string): string {
  const url = new URL(baseUrl);
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '');
  return `${url.origin}${path}/v1/audio/transcriptions`;
}

/**
 * Sends a recording to a server that speaks the OpenAI convention. Asked for words and segments with times; a server
 * that refuses that form (older vLLM does) is asked once more for the text alone.
 * Throws the signal's reason when aborted.
 */
export async function transcribe(
  request: TranscriptionRequest,
  settings: SpeechServerSettings,
): Promise<SpeechServerAnswer> {
  const first = await post(request, settings, 'verbose_json');
  request.signal.throwIfAborted();
  const refusedForm = first.kind === 'status' && (first.status === 400 || first.status === 422);
  const last = refusedForm ? await post(request, settings, 'json') : first;
  request.signal.throwIfAborted();
  return last.kind === 'status' ? judgeStatus(last.status, last.body, settings) : last;
}

type Posted = SpeechServerAnswer | { readonly kind: 'status'; readonly status: number; readonly body: string };

async function post(
  { wav, seconds, language, signal }: TranscriptionRequest,
  settings: SpeechServerSettings,
  format: 'verbose_json' | 'json',
): Promise<Posted> {
  const form = new FormData();
  form.set('file', new Blob([wav], { type: 'audio/wav' }), 'audio.wav');
  form.set('model', settings.model);
  form.set('response_format', format);
  if (language !== undefined) form.set('language', language);
  if (format === 'verbose_json') {
    form.append('timestamp_granularities[]', 'word');
    form.append('timestamp_granularities[]', 'segment');
  }
  const limit = Math.ceil(60 + 10 * seconds);
  try {
    const response = await fetch(transcriptionsUrl(settings.baseUrl), {
      method: 'POST',
      body: form,
      headers: settings.apiKey ? { authorization: `Bearer ${settings.apiKey}` } : {},
      signal: AbortSignal.any([signal, AbortSignal.timeout(limit * 1000)]),
      dispatcher: agent,
    });
    const body = withoutKey(await readBounded(response), settings.apiKey);
    if (!response.ok) return { kind: 'status', status: response.status, body: body.slice(0, 500) };
    return readJson(body, settings);
  } catch (error) {
    return unreachable(error, limit, settings);
  }
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).length;
    if (size > ANSWER_LIMIT) throw new Error('the answer is larger than 32 MiB');
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readJson(body: string, settings: SpeechServerSettings): SpeechServerAnswer {
  try {
    return { kind: 'answered', json: JSON.parse(body) };
  } catch {
    const message = `${nameOf(settings)} answered something that is not JSON. Is SMARTJOBS_ASR_URL right?`;
    return { kind: 'failed', message, detail: body.slice(0, 500) };
  }
}

function judgeStatus(status: number, detail: string, settings: SpeechServerSettings): SpeechServerAnswer {
  const server = nameOf(settings);
  if (status === 401 || status === 403) {
    return {
      kind: 'unavailable',
      message: `${server} refused the API key (${status}). Set SMARTJOBS_ASR_API_KEY.`,
    };
  }
  if (status === 404 || status === 405) {
    const message =
      `${server} answered ${status} to POST /v1/audio/transcriptions. Check SMARTJOBS_ASR_URL and ` +
      'SMARTJOBS_ASR_MODEL; whisper.cpp wants --inference-path /v1/audio/transcriptions.';
    return { kind: 'unavailable', message };
  }
  if (status === 429 || status >= 500) {
    const message = `${server} answered ${status}. Retry the job when that server is well again.`;
    return { kind: 'failed', message, detail };
  }
  const message = `${server} refused the recording (${status}). Check SMARTJOBS_ASR_MODEL and the Language.`;
  return { kind: 'failed', message, detail };
}

function unreachable(error: unknown, limit: number, settings: SpeechServerSettings): SpeechServerAnswer {
  const server = nameOf(settings);
  if (error instanceof Error && error.name === 'TimeoutError') {
    return { kind: 'failed', message: `${server} gave no answer in ${limit} seconds.`, detail: error.message };
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  const why = code === undefined ? '' : ` (${code})`;
  return {
    kind: 'unavailable',
    message: `${server} could not be reached${why}. Start it, or correct SMARTJOBS_ASR_URL.`,
  };
}

/** Some servers tell back the key that they refuse; parts of an answer go into logs. No word is a key of 8. */
function withoutKey(body: string, apiKey: string | undefined): string {
  return apiKey === undefined || apiKey.length < 8 ? body : body.replaceAll(apiKey, '***');
}

/** Without path, user name or password. */
function nameOf({ baseUrl }: SpeechServerSettings): string {
  return `The speech server ${new URL(baseUrl).host}`;
}
